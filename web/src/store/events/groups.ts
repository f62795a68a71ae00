import { markStale, put, without } from '../change.ts'
import type { ServerGroup } from '../entities.ts'
import { ownGroup } from '../load.ts'
import type { Id, State } from '../state.ts'
import { parse } from './reducer.ts'
import type { Reducers } from './reducer.ts'

export const groupReducers: Reducers<
  | 'received_group'
  | 'received_group_associated_to_team'
  | 'received_group_not_associated_to_team'
  | 'received_group_associated_to_channel'
  | 'received_group_not_associated_to_channel'
  | 'group_member_add'
  | 'group_member_deleted'
> = {
  received_group: (state, data) => {
    const group = ownGroup(parse<ServerGroup>(data.group))
    if (group.delete_at > 0) return archived(state, group.id)
    if (!group.allow_reference) return { ...state, groups: without(state.groups, group.id) }
    // Whether I am in a group that has come back only the server knows; of a new one it tells me.
    const back = !state.groups[group.id] && group.update_at > group.create_at
    const received = { ...state, groups: put(state.groups, group.id, group) }
    return back ? staleGroups(received) : received
  },
  received_group_associated_to_team: staleGroups,
  received_group_not_associated_to_team: staleGroups,
  received_group_associated_to_channel: staleGroups,
  received_group_not_associated_to_channel: staleGroups,
  group_member_add: (state, data) => {
    const { group_id, user_id } = parse<Membership>(data.group_member)
    if (user_id !== state.me || state.myGroups.includes(group_id)) return state
    return { ...state, myGroups: [...state.myGroups, group_id].toSorted() }
  },
  group_member_deleted: (state, data) => {
    const { group_id, user_id } = parse<Membership>(data.group_member)
    return user_id === state.me ? { ...state, myGroups: state.myGroups.filter((id) => id !== group_id) } : state
  },
}

interface Membership {
  readonly group_id: Id
  readonly user_id: Id
}

const archived = (state: State, id: Id): State => ({
  ...state,
  groups: without(state.groups, id),
  myGroups: state.myGroups.filter((one) => one !== id),
})

/** Which groups may be mentioned where follows from which team or channel they belong to. */
function staleGroups(state: State): State {
  return markStale(state, 'groups')
}
