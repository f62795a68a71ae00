import { markStale, put } from '../change.ts'
import type { Role, User } from '../entities.ts'
import type { Id, StaleKey, State } from '../state.ts'
import { parse } from './reducer.ts'
import type { Reducers } from './reducer.ts'

export const userReducers: Reducers<
  | 'new_user'
  | 'user_updated'
  | 'user_role_updated'
  | 'user_activation_status_change'
  | 'guests_deactivated'
  | 'status_change'
  | 'role_updated'
> = {
  /** Nobody needs the profile before he meets the person. */
  new_user: (state) => state,
  user_updated: (state, data) => {
    const user = data.user as User
    const before = state.users[user.id]
    if (!before) return state
    const updated = { ...state, users: put(state.users, user.id, user) }
    return isGuest(before) === isGuest(user) ? updated : markStale(updated, ...statsOf(state, user.id))
  },
  user_role_updated: (state, data) => {
    const user = state.users[data.user_id]
    if (!user) return state
    const updated = { ...state, users: put(state.users, user.id, { ...user, roles: data.roles }) }
    // How much of a team I see depends on my roles.
    const teams = user.id === state.me ? Object.keys(state.teams) : []
    return markStale(updated, ...teams.map((team): StaleKey => `team:${team}`))
  },
  user_activation_status_change: activationChanged,
  guests_deactivated: activationChanged,
  status_change: (state, data) => ({ ...state, statuses: put(state.statuses, data.user_id, data.status) }),
  role_updated: (state, data) => {
    const role = parse<Role>(data.role)
    return state.roles[role.name] ? { ...state, roles: put(state.roles, role.name, role) } : state
  },
}

const isGuest = (user: User): boolean => user.roles.split(' ').includes('system_guest')

/** Guests are counted apart in the channels they are in. */
function statsOf(state: State, userId: Id): StaleKey[] {
  const channels = Object.keys(state.channelStats).filter((id) => state.channelUsers[id]?.includes(userId) ?? true)
  return channels.map((id): StaleKey => `channelStats:${id}`)
}

/**
 * The event does not say who it is about. Who is deactivated counts no more as a member of his channels, and who is
 * removed for good is none.
 */
function activationChanged(state: State): State {
  const stats = Object.keys(state.channelStats).map((id): StaleKey => `channelStats:${id}`)
  const users = Object.keys(state.channelUsers).map((id): StaleKey => `channelUsers:${id}`)
  return markStale(state, 'users', ...stats, ...users)
}
