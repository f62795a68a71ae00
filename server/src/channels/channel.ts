/** A channel as clients know it; column names differ (see channels.store.ts). Times in ms. */
export interface Channel {
  id: string
  create_at: number
  update_at: number
  /** 0 while the channel is live, else when it was archived */
  delete_at: number
  /** '' for direct and group channels */
  team_id: string
  type: 'O' | 'P' | 'D' | 'G'
  display_name: string
  name: string
  header: string
  purpose: string
  last_post_at: number
  total_msg_count: number
  extra_update_at: number
  creator_id: string
  scheme_id: string | null
  props: Record<string, unknown> | null
  group_constrained: boolean | null
  shared: boolean | null
  total_msg_count_root: number
  policy_id: string | null
  last_root_post_at: number
  banner_info: BannerInfo | null
  policy_enforced: boolean
  default_category_name: string
}

export interface BannerInfo {
  enabled: boolean | null
  text: string | null
  background_color: string | null
}

/** A channel with what an administrator's list says of its team. */
export interface ChannelWithTeam extends Channel {
  team_display_name: string
  team_name: string
  team_update_at: number
}

/** A membership as clients know it: `roles` are the effective ones, `explicit_roles` those of the row itself. */
export interface ChannelMember {
  channel_id: string
  user_id: string
  roles: string
  /** -1 for another person's membership */
  last_viewed_at: number
  msg_count: number
  mention_count: number
  mention_count_root: number
  urgent_mention_count: number
  msg_count_root: number
  notify_props: Record<string, string>
  /** -1 for another person's membership */
  last_update_at: number
  scheme_guest: boolean
  scheme_user: boolean
  scheme_admin: boolean
  explicit_roles: string
}

/** Everyone of a team is in it; it can be neither left nor archived. */
export const TOWN_SQUARE = 'town-square'
export const OFF_TOPIC = 'off-topic'

/** What a new member's row says about notifications. */
export const NEW_MEMBER_NOTIFY_PROPS: Readonly<Record<string, string>> = {
  desktop: 'default',
  mark_unread: 'all',
  push: 'default',
  email: 'default',
  ignore_channel_mentions: 'default',
  channel_auto_follow_threads: 'off',
}

/** Limits in code points, and people of a group channel, the creator included. */
export const LIMITS = {
  displayName: 64,
  header: 1024,
  purpose: 250,
  bannerText: 1024,
  groupMin: 3,
  groupMax: 8,
} as const
