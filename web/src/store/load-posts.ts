import { put, putAll } from './change.ts'
import type { ChannelPosts, Post, ServerPost, ServerThread } from './entities.ts'
import {
  collapsesThreads,
  dropPosts,
  emptyThread,
  isUnsent,
  placePost,
  storePost,
  storePosts,
  storeSummaries,
} from './posts.ts'
import type { Id, State, Table } from './state.ts'
import { followedThread, putThread } from './threads.ts'

/** A list of posts as the server answers it; `posts` may hold more than `order` names. */
export interface PostList {
  readonly order: readonly Id[]
  readonly posts: Table<ServerPost>
  readonly next_post_id: Id
  readonly prev_post_id: Id
}

function storeAll(state: State, list: PostList): State {
  const posts = Object.values(list.posts)
  const roots = posts.filter((post) => !post.root_id)
  return storeSummaries(storePosts(state, posts), roots)
}

/**
 * Posts without a place: those of a search, the roots of followed threads … Of their threads such answers tell the number of
 * replies, which is enough until more is known.
 */
export function receivedPosts(state: State, posts: readonly ServerPost[]): State {
  const unknown = posts.filter((post) => !post.root_id && post.reply_count > 0 && !state.threads[post.id])
  const counted = unknown.map((post) => ({ ...emptyThread(post.id), replyCount: post.reply_count }))
  const stored = storePosts(state, posts)
  return counted.length > 0 ? { ...stored, threads: putAll(stored.threads, counted, (thread) => thread.id) } : stored
}

/**
 * A page of a channel (`collapsedThreads=true`), in place of the loaded stretch: the newest page, or one around an unread or
 * linked post. An answer without a next post reaches the newest.
 */
export function receivedChannelPosts(state: State, channelId: Id, list: PostList): State {
  const reachesNewest = list.next_post_id === ''
  const unsent = reachesNewest ? unsentIn(state, channelId) : []
  const stretch: ChannelPosts = {
    order: [...unsent, ...list.order],
    reachesNewest,
    reachesOldest: list.prev_post_id === '',
  }
  return { ...storeAll(state, list), channelPosts: put(state.channelPosts, channelId, stretch) }
}

/**
 * Posts of a channel that events brought while its page was on the way: the answer may be older than they are. `known` are
 * the posts that were there when the page was asked for.
 */
export function placeArrivals(state: State, channelId: Id, known: Table<Post>): State {
  const arrived = Object.values(state.posts).filter((post) => post.channel_id === channelId && !known[post.id])
  const inPlace = new Set(state.channelPosts[channelId]?.order)
  const belongs = (post: Post): boolean => !inPlace.has(post.id) && (isUnsent(post) || isFresh(state, post))
  return arrived.filter(belongs).reduce(placePost, state)
}

/** Newer than everything on the page: an older one was left out of it for a reason. */
function isFresh(state: State, post: Post): boolean {
  const newest = state.posts[state.channelPosts[post.channel_id]?.order.find((id) => !isUnsent(state.posts[id]!)) ?? '']
  return !newest || post.create_at >= newest.create_at
}

/** What I wrote into the channel and the server has not confirmed, newest first: no page of the server holds it. */
function unsentIn(state: State, channelId: Id): readonly Id[] {
  const rootsOnly = collapsesThreads(state)
  const unsent = Object.values(state.posts).filter(
    (post) => isUnsent(post) && post.channel_id === channelId && !(rootsOnly && post.root_id),
  )
  return unsent.toSorted((a, b) => b.create_at - a.create_at).map((post) => post.id)
}

/** A page that continues the loaded stretch towards older (`before=`) or newer (`after=`) posts. */
export function receivedMorePosts(state: State, channelId: Id, side: 'older' | 'newer', list: PostList): State {
  const stretch = state.channelPosts[channelId]
  if (!stretch) return receivedChannelPosts(state, channelId, list)
  const known = new Set(stretch.order)
  const more = list.order.filter((id) => !known.has(id))
  const grown: ChannelPosts =
    side === 'older'
      ? { ...stretch, order: [...stretch.order, ...more], reachesOldest: list.prev_post_id === '' }
      : { ...stretch, order: [...more, ...stretch.order], reachesNewest: list.next_post_id === '' }
  return { ...storeAll(state, list), channelPosts: put(state.channelPosts, channelId, grown) }
}

/**
 * The whole thread of a root: GET /posts/{root}/thread?collapsedThreads=true, all pages as one list. Replies not in it are gone,
 * but for those that events brought while it was on its way: `known` are the posts that were there when it was asked for.
 */
export function receivedThreadPosts(state: State, rootId: Id, list: PostList, known = state.posts): State {
  const isGone = (id: Id): boolean => !list.posts[id] && !isUnsent(state.posts[id]) && known[id] !== undefined
  const loaded = state.threadPosts[rootId] ?? []
  const stored = storeAll(dropPosts(state, loaded.filter(isGone)), list)
  const replies = Object.values(list.posts).filter((post) => post.root_id === rootId)
  const sorted = replies.toSorted((a, b) => a.create_at - b.create_at || (a.id < b.id ? -1 : 1))
  const later = loaded.filter((id) => !list.posts[id] && !isGone(id))
  const unsent = Object.values(state.posts).filter((post) => isUnsent(post) && post.root_id === rootId)
  const ids = [...new Set([...sorted.map((post) => post.id), ...later, ...unsent.map((post) => post.id)])]
  const threadPosts = ids.length > 0 ? put(stored.threadPosts, rootId, ids) : stored.threadPosts
  return { ...stored, threadPosts }
}

/** One followed thread, or several: GET /users/me/teams/{team}/threads/{root}. Their roots come with them. */
export function receivedThreads(state: State, threads: readonly ServerThread[]): State {
  let after = state
  for (const raw of threads) {
    if (raw.post) after = storePost(after, raw.post)
    after = putThread(after, followedThread(raw))
  }
  return after
}

/** The totals of GET /users/me/teams/{team}/threads */
export interface ThreadTotals {
  readonly total: number
  readonly total_unread_threads: number
  readonly total_unread_mentions: number
  readonly total_unread_urgent_mentions?: number
}

/** …?totalsOnly=true */
export function receivedThreadCounts(state: State, teamId: Id, totals: ThreadTotals): State {
  const counts = {
    ids: state.teamThreads[teamId]?.ids ?? [],
    total: totals.total,
    unreadThreads: totals.total_unread_threads,
    unreadMentions: totals.total_unread_mentions,
    unreadUrgentMentions: totals.total_unread_urgent_mentions ?? 0,
  }
  return { ...state, teamThreads: put(state.teamThreads, teamId, counts) }
}

/** The first page of the followed threads of a team, with the totals. */
export function receivedTeamThreads(
  state: State,
  teamId: Id,
  list: ThreadTotals & { threads: readonly ServerThread[] },
): State {
  const counted = receivedThreadCounts(receivedThreads(state, list.threads), teamId, list)
  const ids = list.threads.map((thread) => thread.id)
  return { ...counted, teamThreads: put(counted.teamThreads, teamId, { ...counted.teamThreads[teamId]!, ids }) }
}
