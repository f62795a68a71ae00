import { request } from '../../../client/api.ts'
import { getState, update } from '../../../client/store.ts'
import { currentTeamId } from '../../../shell/place.ts'
import { markStale, needUsers } from '../../../store/change.ts'
import type { Channel, User } from '../../../store/entities.ts'
import { receivedChannels } from '../../../store/load.ts'
import { typed } from '../../../store/match-name.ts'
import { channelName, fullName, nameFormat, nameIn } from '../../../store/names.ts'
import { can } from '../../../store/permissions.ts'
import type { Id, State } from '../../../store/state.ts'

/** Where posts may be sent on to: a channel of mine, or a person. */
export interface Destination {
  readonly key: string
  readonly label: string
  readonly hint: string
  readonly channelId?: Id
  readonly userId?: Id
  readonly type: string
}

const MOST = 50

/** My channels that fit, the one used last first. */
export function findChannels(state: State, query: string): readonly Destination[] {
  const team = currentTeamId()
  const { score } = typed(query)
  const writable = Object.values(state.channels).filter(
    (one) => one.delete_at === 0 && state.channelMembers[one.id] && can(state, 'create_post', { channelId: one.id }),
  )
  const found = writable.flatMap((one): (Destination & { at: number })[] => {
    const label = channelName(state, one.id)
    const hint = one.team_id && one.team_id !== team ? (state.teams[one.team_id]?.display_name ?? '') : ''
    return score(label) || score(one.name)
      ? [{ key: one.id, channelId: one.id, label, hint, type: one.type, at: one.last_post_at }]
      : []
  })
  return found.toSorted((a, b) => b.at - a.at).slice(0, MOST)
}

/** People who fit, asked for at the server. */
export async function findPeople(query: string): Promise<readonly Destination[]> {
  const path = `/users/autocomplete?limit=${MOST}&name=${encodeURIComponent(query.trim())}`
  const { users } = await request<{ users: User[] }>('GET', path)
  const format = nameFormat(getState())
  return users.map((user) => ({
    key: user.id,
    userId: user.id,
    label: nameIn(format, user),
    hint: [`@${user.username}`, fullName(user)].filter(Boolean).join(' '),
    type: 'D',
  }))
}

/** The channel of a destination; with a person it is made if there is none. */
export async function channelOf({ channelId, userId }: Destination): Promise<Id> {
  if (channelId) return channelId
  const { me, channels } = getState()
  const name = [me, userId!].toSorted().join('__')
  const known = Object.values(channels).find((one) => one.type === 'D' && one.name === name)
  if (known) return known.id
  const channel = await request<Channel & { total_msg_count: number; total_msg_count_root: number }>(
    'POST',
    '/channels/direct',
    [me, userId],
  )
  update((state) => markStale(needUsers(receivedChannels(state, [channel]), userId!), `channel:${channel.id}`))
  return channel.id
}
