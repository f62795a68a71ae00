/** A team as clients know it. Times in ms. `email` and `invite_id` are not for everybody: see `team-view.ts`. */
export interface Team {
  readonly id: string
  readonly create_at: number
  readonly update_at: number
  /** > 0: archived */
  readonly delete_at: number
  readonly display_name: string
  readonly name: string
  readonly description: string
  /** address of the administrator: whoever joins with it becomes team admin */
  readonly email: string
  readonly type: 'O' | 'I'
  readonly company_name: string
  /** comma or space separated; only addresses of these domains may join */
  readonly allowed_domains: string
  readonly invite_id: string
  /** listed, and joinable by everybody who may join public teams */
  readonly allow_open_invite: boolean
  readonly last_team_icon_update?: number
  readonly scheme_id: string | null
  readonly group_constrained: boolean | null
  readonly policy_id: string | null
  readonly cloud_limits_archived: boolean
}

/** A membership as clients know it: `roles` holds the effective names, `explicit_roles` those of the row itself. */
export interface TeamMember {
  readonly team_id: string
  readonly user_id: string
  readonly roles: string
  /** > 0: left at that time */
  readonly delete_at: number
  readonly scheme_guest: boolean
  readonly scheme_user: boolean
  readonly scheme_admin: boolean
  readonly explicit_roles: string
}

/** What a user has not read in one team, and its followed threads. */
export interface TeamUnread {
  readonly team_id: string
  readonly msg_count: number
  readonly mention_count: number
  readonly mention_count_root: number
  readonly msg_count_root: number
  readonly thread_count: number
  readonly thread_mention_count: number
  readonly thread_urgent_mention_count: number
}
