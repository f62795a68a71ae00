import type { ServerPost } from '../../store/entities.ts'
import { collapsesThreads } from '../../store/posts.ts'
import type { Id, State } from '../../store/state.ts'

/** A post as its event tells it to me. */
export interface Posted {
  readonly post: ServerPost
  /** O, P, D or G */
  readonly channelType: string
  readonly mentionsMe: boolean
  /** I follow its thread and want to know of replies; the server has looked at my levels */
  readonly followed: boolean
}

/** What somebody looks at in this window. */
export interface View {
  /** the window has the focus */
  readonly focused: boolean
  /** '' when no channel is in view */
  readonly channelId: Id
  /** root of the thread in view, '' for none */
  readonly rootId: Id
}

/**
 * Whether a post is worth a notification, by the rules of Mattermost's clients: never for what I wrote myself, what the
 * system says, muted channels, while I am not to be disturbed, or what I am looking at; else the level of the channel, or
 * mine. What the server forces (a test) goes through. Needs my membership of the channel.
 */
export function isWorthNotice(state: State, posted: Posted, view: View): boolean {
  const { post } = posted
  const member = state.channelMembers[post.channel_id]
  if (post.props['force_notification']) return true
  if (!member || isOwn(state, post) || isSystemTalk(state, post)) return false
  if (member.notify_props?.mark_unread === 'mention' || isUndisturbed(state)) return false
  if (!isWanted(state, posted)) return false
  return !isSeen(state, post, view)
}

/** What my own programs say in my name is news to me. */
const isOwn = (state: State, post: ServerPost): boolean =>
  post.user_id === state.me && post.props['from_webhook'] !== 'true'

/** That I was added to a channel is the one message of the system that concerns me. */
function isSystemTalk(state: State, post: ServerPost): boolean {
  if (!post.type.startsWith('system_')) return false
  return !(post.type === 'system_add_to_channel' && post.props['addedUserId'] === state.me)
}

const isUndisturbed = (state: State): boolean => ['dnd', 'ooo'].includes(state.statuses[state.me] ?? '')

/** `all`, `mention` or `none`: what I want to be told of in a channel. In groups of a few people every message concerns me. */
export function desktopLevel(state: State, channelId: Id, channelType: string): string {
  const own = state.channelMembers[channelId]?.notify_props?.desktop ?? 'default'
  const mine = state.users[state.me]?.notify_props?.desktop ?? 'mention'
  if (own !== 'default') return own
  return channelType === 'G' && mine === 'mention' ? 'all' : mine
}

function isWanted(state: State, { post, channelType, mentionsMe, followed }: Posted): boolean {
  const level = desktopLevel(state, post.channel_id, channelType)
  if (level === 'none') return false
  if (isReplyAside(state, post)) return followed || mentionsMe
  return level === 'all' || mentionsMe || channelType === 'D' || post.type === 'system_add_to_channel'
}

/** A reply that stands beside the channel, in its thread. */
export const isReplyAside = (state: State, post: { root_id: Id }): boolean =>
  post.root_id !== '' && collapsesThreads(state)

/** Whether somebody looks at the place where the post appears. */
export function isSeen(state: State, post: Pick<ServerPost, 'channel_id' | 'root_id'>, view: View): boolean {
  if (!view.focused) return false
  if (isReplyAside(state, post)) return view.rootId === post.root_id
  return view.channelId === post.channel_id
}
