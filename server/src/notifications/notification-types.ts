import type { ChannelKeywords } from './keywords.ts'

/** Why a person is mentioned, weakest first. `thread`: a reply to a thread they wrote in; `root`: to their own root. */
export const MENTION_KINDS = ['gm', 'thread', 'root', 'channel', 'dm', 'keyword', 'group'] as const

export type MentionKind = (typeof MENTION_KINDS)[number]

/** What the notification rules read of a channel member. Both notify props are the JSON maps of the database. */
export type NotificationMember = {
  userId: string
  username: string
  firstName: string
  notifyProps: Readonly<Record<string, string>>
  channelNotifyProps: Readonly<Record<string, string>>
  isBot: boolean
  /** Not 0: deactivated, never told anything. */
  deleteAt: number
  /** The person's own choice; counts only where the server leaves it to people. */
  collapsedThreads: boolean
}

export type NotificationPost = {
  userId: string
  message: string
  /** '' for a root post. */
  rootId: string
  /** '' for an ordinary post, else such as `system_header_change`. */
  type: string
  /** As stored; anything may be in it. Read: attachments, from_webhook, addedUserId, force_notification. */
  props: Readonly<Record<string, unknown>>
}

export type NotificationChannel = { id: string; type: 'O' | 'P' | 'D' | 'G' }

export type NotificationGroup = { id: string; memberIds: Iterable<string>; allowReference: boolean }

/** What a reply's notifications depend on beside the reply. */
export type NotificationThread = {
  rootUserId: string
  rootFromWebhook: boolean
  /** Authors of the earlier posts of the thread. */
  participantIds: Iterable<string>
  /** Rows of threadmemberships; `following` false = the person unfollowed. */
  followers: Iterable<{ userId: string; following?: boolean }>
  /** Whom the root post mentions: see `explicitMentions`. */
  rootMentions: Iterable<string>
}

export type NotificationSettings = {
  /** TeamSettings.MaxNotificationsPerChannel */
  maxNotificationsPerChannel: number
  /** ServiceSettings.ThreadAutoFollow */
  threadAutoFollow: boolean
  /** ServiceSettings.CollapsedThreads */
  collapsedThreads: 'disabled' | 'default_off' | 'default_on' | 'always_on'
}

/** Presence of a person. `activeChannelId`: the channel open in their client; `lastActivityAt` in ms. */
export type NotificationStatus = {
  status: 'online' | 'away' | 'dnd' | 'offline' | 'ooo'
  activeChannelId?: string
  lastActivityAt?: number
}

export type NotificationInput = {
  post: NotificationPost
  channel: NotificationChannel
  author: { useChannelMentions: boolean; useGroupMentions: boolean }
  members: ChannelKeywords
  /** By lower-case group name, without `@`. */
  groups: ReadonlyMap<string, NotificationGroup>
  /** For replies only. */
  thread?: NotificationThread
  settings: NotificationSettings
  /** Asked only about people a decision hangs on. */
  statusOf: (userId: string) => NotificationStatus
}

/** A mentioned group: who of it is in the channel (and so mentioned), who is not. */
export type GroupMention = { id: string; name: string; memberIds: string[]; outsideIds: string[] }

/**
 * What became of `@here`, `@channel`, `@all`: not written; obeyed; not obeyed because the author may not, because
 * the channel is too large (tell the author), or because the post only reports a new header or purpose.
 */
export type ChannelWideOutcome = 'unused' | 'applied' | 'forbidden' | 'too_many_members' | 'system_post'
