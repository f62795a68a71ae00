/**
 * Everything the server tells connected clients: event name → payload. The hub, the tests and the documentation
 * read this list. `json` marks a string that holds JSON (Mattermost clients parse it a second time).
 */
type Json = string

export interface EventPayloads {
  // posts
  posted: {
    post: Json
    channel_type: string
    channel_display_name: string
    channel_name: string
    sender_name: string
    team_id: string
    set_online: boolean
    otherFile?: 'true'
    image?: 'true'
    mentions?: Json
    followers?: Json
    should_ack?: true
  }
  post_edited: { post: Json }
  post_deleted: { post: Json; delete_by?: string }
  ephemeral_message: { post: Json }
  post_unread: {
    msg_count: number
    msg_count_root: number
    mention_count: number
    mention_count_root: number
    urgent_mention_count: number
    last_viewed_at: number
    post_id: string
  }
  reaction_added: { reaction: Json }
  reaction_removed: { reaction: Json }
  post_acknowledgement_added: { acknowledgement: Json }
  post_acknowledgement_removed: { acknowledgement: Json }
  persistent_notification_triggered: Record<string, unknown>
  // threads
  thread_updated: { thread: Json; previous_unread_mentions?: number; previous_unread_replies?: number }
  thread_follow_changed: { thread_id: string; state: boolean; reply_count: number }
  thread_read_changed: {
    thread_id?: string
    timestamp?: number
    unread_mentions?: number
    unread_replies?: number
    previous_unread_mentions?: number
    previous_unread_replies?: number
    channel_id?: string
  }
  // channels
  channel_created: { channel_id: string; team_id: string }
  channel_updated: { channel: Json } | { channel_id: string }
  channel_converted: { channel_id: string }
  channel_deleted: { channel_id: string; delete_at: number }
  channel_restored: { channel_id: string }
  channel_member_updated: { channelMember: Json }
  channel_scheme_updated: Record<string, never>
  direct_added: { creator_id: string; teammate_id: string }
  group_added: { teammate_ids: Json }
  user_added: { user_id: string; team_id: string }
  user_removed: { user_id: string; remover_id: string } | { channel_id: string; remover_id: string }
  multiple_channels_viewed: { channel_times: Record<string, number> }
  typing: { parent_id: string; user_id: string }
  channel_bookmark_created: { bookmark: Json }
  channel_bookmark_deleted: { bookmark: Json }
  channel_bookmark_updated: { bookmarks: Json }
  channel_bookmark_sorted: { bookmarks: Json }
  // teams, users, roles
  added_to_team: { team_id: string; user_id: string }
  leave_team: { user_id: string; team_id: string }
  update_team: { team: Json }
  delete_team: { team: Json }
  restore_team: { team: Json }
  update_team_scheme: { team: Json }
  memberrole_updated: { member: Json }
  new_user: { user_id: string }
  user_updated: { user: object }
  user_role_updated: { user_id: string; roles: string }
  user_activation_status_change: Record<string, never>
  guests_deactivated: Record<string, never>
  status_change: { status: string; user_id: string }
  role_updated: { role: Json }
  preferences_changed: { preferences: Json }
  preferences_deleted: { preferences: Json }
  preference_changed: { preference: Json }
  sidebar_category_created: { category_id: string }
  sidebar_category_deleted: { category_id: string }
  sidebar_category_updated: { updatedCategories?: Json }
  sidebar_category_order_updated: { order: string[] }
  draft_created: { draft: Json }
  draft_deleted: { draft: Json }
  scheduled_post_created: { scheduledPost: Json }
  scheduled_post_updated: { scheduledPost: Json }
  scheduled_post_deleted: { scheduledPost: Json }
  received_group: { group: Json }
  received_group_associated_to_team: { group_id: string }
  received_group_not_associated_to_team: { group_id: string }
  received_group_associated_to_channel: { group_id: string }
  received_group_not_associated_to_channel: { group_id: string }
  group_member_add: { group_member: Json }
  group_member_deleted: { group_member: Json }
  // system
  hello: { server_version: string; connection_id: string; server_hostname: string }
  emoji_added: { emoji: Json }
  config_changed: { config: Record<string, string> }
  license_changed: { license: Record<string, string> }
}

export type EventName = keyof EventPayloads

/** Who hears an event: the delivery rules of the WebSocket protocol, narrowest field first. */
export interface Audience {
  /** only this connection */
  connectionId?: string
  /** everyone but this connection (the tab that caused the event) */
  omitConnectionId?: string
  /** only this user; channel and team are then information for the client */
  userId?: string
  omitUsers?: string[]
  /** members of this channel */
  channelId?: string
  /** members of this team */
  teamId?: string
  /** the form of the event for people who may not see everything: skipped for system administrators */
  sanitized?: boolean
  /** the full form of the event: only for system administrators */
  sensitive?: boolean
}

export interface ServerEvent {
  readonly name: EventName
  readonly data: object
  readonly to: Audience
  /** extra or replaced data keys for single users (`mentions`, `followers`, `should_ack` of `posted`) */
  readonly perUser?: Readonly<Record<string, object>>
  /** replaced data keys for recipients who may not read all of `channelIds` (previews of posts elsewhere) */
  readonly restricted?: { readonly channelIds: readonly string[]; readonly data: object }
  /** only users who may see this user hear of it (guests do not learn who else exists) */
  readonly aboutUserId?: string
}

/** Makes an event; the type of `data` follows from the name. */
export function event<N extends EventName>(
  name: N,
  to: Audience,
  data: EventPayloads[N],
  more: Pick<ServerEvent, 'perUser' | 'restricted' | 'aboutUserId'> = {},
): ServerEvent {
  return { name, to, data, ...more }
}
