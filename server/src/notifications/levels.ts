import type { MentionKind, NotificationMember, NotificationStatus } from './notification-types.ts'

export type NotificationLevel = 'all' | 'mention' | 'none'

/** A push goes out although the channel is open in a client, once nothing was done there for this long (ms). */
export const PUSH_ACTIVITY_MS = 20_000

type Props = NotificationMember

/** Whether the member muted the channel. */
export function isMuted(member: Props): boolean {
  return member.channelNotifyProps.mark_unread === 'mention'
}

/** Whether `@channel`, `@all` and `@here` reach the member: their own switch on, and not ignored for this channel. */
export function acceptsChannelWide(member: Props): boolean {
  if ((member.notifyProps.channel ?? 'true') !== 'true') return false
  const ignore = member.channelNotifyProps.ignore_channel_mentions ?? 'default'
  return ignore === 'off' || (ignore !== 'on' && !isMuted(member))
}

/** The channel's level where it has one of its own, else the user's. */
export function pushLevel(member: Props): NotificationLevel {
  return channelLevel(member, 'push') ?? userLevel(member, 'push')
}

/** Like `pushLevel`, for the desktop. */
export function desktopLevel(member: Props): NotificationLevel {
  return channelLevel(member, 'desktop') ?? userLevel(member, 'desktop')
}

/** In a group message the user level `mention` counts as `all`: few people, all of them meant. */
export function groupMessageLevel(member: Props, kind: 'push' | 'desktop'): NotificationLevel {
  const own = channelLevel(member, kind)
  if (own) return own
  return userLevel(member, kind) === 'none' ? 'none' : 'all'
}

/** Whether a level lets a post through. A group message alone is not a mention. */
export function levelAllows(level: NotificationLevel, mention: MentionKind | undefined): boolean {
  if (level === 'mention') return mention !== undefined && mention !== 'gm'
  return level === 'all'
}

/** Whether a follower of a thread who collapses threads is told of a reply. A channel level replaces the user's. */
export function followerWants(member: Props, kind: 'push' | 'desktop', mentioned: boolean): boolean {
  const own = channelLevel(member, kind)
  if (own === 'none') return false
  if (own) return mentioned || own === 'all'
  const level = userLevel(member, kind)
  if (level === 'none') return false
  return mentioned || level === 'all' || (member.notifyProps[`${kind}_threads`] ?? 'all') === 'all'
}

/** Whether the presence of a person lets a push through at `now` (ms). `thread`: for a followed thread. */
export function statusAllowsPush(
  member: Props,
  status: NotificationStatus,
  channelId: string,
  now: number,
  thread: boolean,
): boolean {
  if (status.status === 'dnd' || status.status === 'ooo') return false
  const wanted = member.notifyProps.push_status ?? 'online'
  if (wanted === 'away') return status.status === 'away' || status.status === 'offline'
  if (wanted === 'offline') return status.status === 'offline'
  return thread || status.activeChannelId !== channelId || now - (status.lastActivityAt ?? 0) > PUSH_ACTIVITY_MS
}

function channelLevel(member: Props, kind: 'push' | 'desktop'): NotificationLevel | null {
  return asLevel(member.channelNotifyProps[kind])
}

function userLevel(member: Props, kind: 'push' | 'desktop'): NotificationLevel {
  return asLevel(member.notifyProps[kind]) ?? 'mention'
}

function asLevel(value: string | undefined): NotificationLevel | null {
  return value === 'all' || value === 'mention' || value === 'none' ? value : null
}
