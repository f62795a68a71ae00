import type { ChannelBookmark } from '@mattermost/types/channel_bookmarks'
import type { ChannelCategory } from '@mattermost/types/channel_categories'
import type { ChannelMembership, ChannelStats, ServerChannel } from '@mattermost/types/channels'
import type { Draft } from '@mattermost/types/drafts'
import type { CustomEmoji } from '@mattermost/types/emojis'
import type { Group as ServerGroup } from '@mattermost/types/groups'
import type { Post as ServerPost } from '@mattermost/types/posts'
import type { PreferenceType } from '@mattermost/types/preferences'
import type { Reaction } from '@mattermost/types/reactions'
import type { Role } from '@mattermost/types/roles'
import type { ScheduledPost } from '@mattermost/types/schedule_post'
import type { Team as ServerTeam, TeamMembership } from '@mattermost/types/teams'
import type { UserThreadWithPost } from '@mattermost/types/threads'
import type { UserProfile } from '@mattermost/types/users'

export type { ChannelStats, Draft, Reaction, Role, ScheduledPost, ServerChannel, ServerGroup, ServerPost }
export type User = UserProfile
export type Team = ServerTeam
export type TeamMember = Omit<TeamMembership, 'mention_count' | 'msg_count'>
export type Bookmark = ChannelBookmark
export type Emoji = CustomEmoji
export type Preference = PreferenceType
export type ServerThread = UserThreadWithPost & { delete_at?: number }
export type ServerCategory = ChannelCategory & { sort_order?: number }

/** A group that can be mentioned. How many are in it, and what it is linked to, is asked for where it is shown. */
export type Group = Pick<
  ServerGroup,
  | 'id'
  | 'name'
  | 'display_name'
  | 'description'
  | 'source'
  | 'remote_id'
  | 'create_at'
  | 'update_at'
  | 'delete_at'
  | 'allow_reference'
>

/** A channel without its counters, which change far more often than the rest. */
export type Channel = Omit<ServerChannel, 'total_msg_count' | 'total_msg_count_root'>

/** My membership of a channel: how much of it I have read, and how I want to be told. Counts are of what is read. */
export type ChannelMember = ChannelMembership

/** How many posts a channel holds, joins and leaves not counted. Minus the member's counts = unread. */
export interface ChannelCounts {
  readonly total: number
  readonly totalRoot: number
}

/** What of a post the store keeps elsewhere: reactions, acknowledgements and the summary of its thread. */
export type Post = Omit<ServerPost, 'reply_count' | 'last_reply_at' | 'participants' | 'is_following' | 'type'> & {
  /** '' for what people write; `system_…`, `me`, `reminder`, and whatever programs call theirs */
  readonly type: string
  /** it could not be sent; its author may try again */
  readonly failed?: boolean
}

/** The thread below a post. Posts without replies that nobody follows have none. */
export interface Thread {
  readonly id: string
  readonly replyCount: number
  /** ms, 0 without replies */
  readonly lastReplyAt: number
  /** ids of who replied, the last one last */
  readonly participants: readonly string[]
  readonly following: boolean
  /** my own place in it; only of followed threads that the server has told about */
  readonly own?: ThreadPlace
}

/** How far I have read a thread that I follow. */
export interface ThreadPlace {
  /** ms */
  readonly lastViewedAt: number
  readonly unreadReplies: number
  readonly unreadMentions: number
  readonly urgent: boolean
}

/** The threads I follow in a team and in direct messages. */
export interface TeamThreads {
  /** newest reply first; the first pages, not necessarily all */
  readonly ids: readonly string[]
  readonly total: number
  readonly unreadThreads: number
  readonly unreadMentions: number
  readonly unreadUrgentMentions: number
}

/** The loaded stretch of a channel: without gaps, replies left out where threads are collapsed. */
export interface ChannelPosts {
  /** newest first */
  readonly order: readonly string[]
  /** new posts belong in it; false while an older stretch is shown */
  readonly reachesNewest: boolean
  readonly reachesOldest: boolean
}

/** A heading of the sidebar; its place is told by the order of the team. */
export type Category = Omit<ChannelCategory, 'sort_order'>
