import { markStale, put } from '../change.ts'
import type { Role, User } from '../entities.ts'
import type { StaleKey, State } from '../state.ts'
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
    return state.users[user.id] ? { ...state, users: put(state.users, user.id, user) } : state
  },
  user_role_updated: (state, data) => {
    const user = state.users[data.user_id]
    return user ? { ...state, users: put(state.users, user.id, { ...user, roles: data.roles }) } : state
  },
  user_activation_status_change: activationChanged,
  guests_deactivated: activationChanged,
  status_change: (state, data) => ({ ...state, statuses: put(state.statuses, data.user_id, data.status) }),
  role_updated: (state, data) => {
    const role = parse<Role>(data.role)
    return state.roles[role.name] ? { ...state, roles: put(state.roles, role.name, role) } : state
  },
}

/** The event does not say who it is about. Those who are deactivated count no more as members of their channels. */
function activationChanged(state: State): State {
  const stats = Object.keys(state.channelStats).map((id): StaleKey => `channelStats:${id}`)
  return markStale(state, 'users', ...stats)
}
