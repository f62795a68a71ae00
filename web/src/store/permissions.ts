import type { Id, State } from './state.ts'

/** Where a permission is asked for; nothing means the whole system. A channel implies its team. */
export interface Scope {
  readonly teamId?: Id
  readonly channelId?: Id
}

const holds = (state: State, roles: string | undefined, permission: string): boolean =>
  (roles ?? '').split(' ').some((name) => state.roles[name]?.permissions.includes(permission))

/** Whether I may, as far as the client knows; the server decides. */
export function can(state: State, permission: string, { teamId, channelId }: Scope = {}): boolean {
  if (holds(state, state.users[state.me]?.roles, permission)) return true
  const team = teamId || (channelId && state.channels[channelId]?.team_id)
  if (team && holds(state, state.teamMembers[team]?.roles, permission)) return true
  return Boolean(channelId && holds(state, state.channelMembers[channelId]?.roles, permission))
}

/** The role that members of a group have in it. */
export const GROUP_ROLE = 'custom_group_user'

/** Whether I may do something with a group: by my own roles, or because I am in it. */
export const canInGroup = (state: State, groupId: Id, permission: string): boolean =>
  can(state, permission) || (state.myGroups.includes(groupId) && holds(state, GROUP_ROLE, permission))

/** Whether somebody is a guest, told by his roles. */
export const isGuest = (user: { roles: string } | undefined): boolean =>
  (user?.roles ?? '').split(' ').includes('system_guest')
