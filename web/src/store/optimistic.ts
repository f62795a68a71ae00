import { markStale, needUsers, put, without } from './change.ts'
import { applyViewed } from './channels.ts'
import type { Post, ServerPost } from './entities.ts'
import { collapsesThreads, counts, dropPosts, placePost, storePost } from './posts.ts'
import { draftKey } from './state.ts'
import type { Id, State } from './state.ts'
import { countReply } from './threads.ts'

/** What I send: the same goes to the server, with `pending_post_id`. */
export interface NewPost {
  /** `<my id>:<ms>`, made by the client: the server answers a repeated one with the first post */
  readonly pendingId: Id
  readonly channelId: Id
  /** '' outside threads */
  readonly rootId: Id
  readonly message: string
  /** ms, of this machine's clock: only shown until the server has said its own */
  readonly at: number
  readonly fileIds?: readonly Id[]
  readonly props?: Readonly<Record<string, unknown>>
  /** shown until the server has said its own: priority, files */
  readonly metadata?: Readonly<Record<string, unknown>>
}

/** My post is drawn at once, under its pending id; nothing is counted yet. Sending again what failed begins anew. */
export function beginPost(state: State, sent: NewPost): State {
  const post = {
    id: sent.pendingId,
    pending_post_id: sent.pendingId,
    create_at: sent.at,
    update_at: sent.at,
    edit_at: 0,
    delete_at: 0,
    is_pinned: false,
    user_id: state.me,
    channel_id: sent.channelId,
    root_id: sent.rootId,
    original_id: '',
    message: sent.message,
    type: '',
    props: { ...sent.props },
    hashtags: '',
    file_ids: [...(sent.fileIds ?? [])],
    metadata: { ...sent.metadata },
  } as unknown as Post
  return placePost({ ...state, posts: put(state.posts, post.id, post) }, post)
}

/** The post could not be sent: it stays, marked, until it is sent again or discarded. One that arrived is left alone. */
export function failPost(state: State, pendingId: Id): State {
  const post = state.posts[pendingId]
  return post ? { ...state, posts: put(state.posts, pendingId, { ...post, failed: true }) } : state
}

/** The author gives up a post that was not sent. */
export const discardPost = (state: State, pendingId: Id): State => dropPosts(state, [pendingId])

/**
 * A post is there: told by the answer to sending it or by `posted`, in either order and also both. The first one takes the
 * place of the pending post, if there is one, and counts; the second one changes nothing. `mentionsMe` as the event says;
 * nobody is mentioned by his own post, so the answer needs no word on it.
 */
export function applyPosted(state: State, raw: ServerPost, mentionsMe = false): State {
  const cleared = forgetTyping(dropPending(state, raw), raw)
  const channel = cleared.channels[raw.channel_id]
  if (!channel) return markStale(cleared, `channel:${raw.channel_id}`)
  const known = cleared.posts[raw.id] !== undefined
  const stored = needUsers(storePost(cleared, raw), raw.user_id)
  const placed = placePost(stored, stored.posts[raw.id]!)
  const answered = raw.root_id && !known ? countReply(placed, raw) : placed
  // A page that was fetched meanwhile may hold the post before its channel has counted it.
  const counted = known && raw.create_at <= channel.last_post_at
  const after = counted ? answered : countPost(answered, raw, mentionsMe)
  return viewsChannel(after, raw) ? applyViewed(after, { [raw.channel_id]: raw.create_at }) : after
}

function dropPending(state: State, raw: ServerPost): State {
  const pending = raw.pending_post_id
  return pending && pending !== raw.id && raw.user_id === state.me ? dropPosts(state, [pending]) : state
}

function forgetTyping(state: State, raw: ServerPost): State {
  const key = draftKey(raw.channel_id, raw.root_id)
  const typing = state.typing[key]
  if (!typing?.[raw.user_id]) return state
  return { ...state, typing: put(state.typing, key, without(typing, raw.user_id)) }
}

function countPost(state: State, raw: ServerPost, mentionsMe: boolean): State {
  const id = raw.channel_id
  const isRoot = raw.root_id ? 0 : 1
  const one = counts(raw) ? 1 : 0
  const channel = state.channels[id]!
  const { total, totalRoot } = state.channelCounts[id] ?? { total: 0, totalRoot: 0 }
  const last_post_at = Math.max(channel.last_post_at, raw.create_at)
  const last_root_post_at = isRoot ? Math.max(channel.last_root_post_at, raw.create_at) : channel.last_root_post_at
  const counted = {
    ...state,
    channels: put(state.channels, id, { ...channel, last_post_at, last_root_post_at }),
    channelCounts: put(state.channelCounts, id, { total: total + one, totalRoot: totalRoot + one * isRoot }),
  }
  return mentionsMe ? countMention(counted, raw) : counted
}

function countMention(state: State, raw: ServerPost): State {
  const member = state.channelMembers[raw.channel_id]
  if (!member) return state
  const urgent = raw.metadata?.priority?.priority === 'urgent' ? 1 : 0
  const mentioned = {
    ...member,
    mention_count: member.mention_count + 1,
    mention_count_root: member.mention_count_root + (raw.root_id ? 0 : 1),
    urgent_mention_count: member.urgent_mention_count + urgent,
  }
  return { ...state, channelMembers: put(state.channelMembers, raw.channel_id, mentioned) }
}

/** Writing means having read the channel; not so for machines, system messages and replies beside it. */
function viewsChannel(state: State, raw: ServerPost): boolean {
  if (raw.user_id !== state.me || raw.type.startsWith('system_')) return false
  if (raw.props?.['from_webhook'] === 'true' || raw.props?.['from_bot'] === 'true') return false
  return raw.root_id === '' || !collapsesThreads(state)
}
