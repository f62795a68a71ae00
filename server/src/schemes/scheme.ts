/** A permission scheme: which roles the members of its teams or channels have. Times in ms. */
export interface Scheme extends SchemeRoleNames {
  readonly id: string
  readonly name: string
  readonly display_name: string
  readonly description: string
  readonly create_at: number
  readonly update_at: number
  readonly delete_at: number
  readonly scope: string
}

/** Names of the roles, '' where the scope has none. */
export interface SchemeRoleNames {
  readonly default_team_admin_role: string
  readonly default_team_user_role: string
  readonly default_team_guest_role: string
  readonly default_channel_admin_role: string
  readonly default_channel_user_role: string
  readonly default_channel_guest_role: string
  readonly default_playbook_admin_role: string
  readonly default_playbook_member_role: string
  readonly default_run_admin_role: string
  readonly default_run_member_role: string
}

/** The key of a scheme, the built-in role that the new one starts from, and what people call it. */
export const SCHEME_ROLES: readonly (readonly [key: keyof SchemeRoleNames, from: string, title: string])[] = [
  ['default_team_admin_role', 'team_admin', 'Team Admin'],
  ['default_team_user_role', 'team_user', 'Team User'],
  ['default_team_guest_role', 'team_guest', 'Team Guest'],
  ['default_channel_admin_role', 'channel_admin', 'Channel Admin'],
  ['default_channel_user_role', 'channel_user', 'Channel User'],
  ['default_channel_guest_role', 'channel_guest', 'Channel Guest'],
  ['default_playbook_admin_role', 'playbook_admin', 'Playbook Admin'],
  ['default_playbook_member_role', 'playbook_member', 'Playbook Member'],
  ['default_run_admin_role', 'run_admin', 'Run Admin'],
  ['default_run_member_role', 'run_member', 'Run Member'],
]
