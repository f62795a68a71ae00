import { markStale, put, putAll, teamsOfChannel, without, withoutWhere } from './change.ts'
import type { Post, Reaction, ServerPost, Thread } from './entities.ts'
import { preferenceKey, reactionKey } from './state.ts'
import type { Id, StaleKey, State, Table } from './state.ts'

/** Messages of these types do not count as posts of the channel, neither in its totals nor as unread. */
const JOIN_LEAVE_TYPES: ReadonlySet<string> = new Set([
  'system_join_leave',
  'system_add_remove',
  'system_join_channel',
  'system_leave_channel',
  'system_join_team',
  'system_leave_team',
  'system_add_to_channel',
  'system_remove_from_channel',
  'system_add_to_team',
  'system_remove_from_team',
])

/** Whether a post makes its channel unread. */
export const counts = (post: { type: string }): boolean => !JOIN_LEAVE_TYPES.has(post.type)

/** Whether a post is one of mine that the server has not confirmed. */
export const isUnsent = (post: Post | undefined): boolean =>
  Boolean(post?.pending_post_id) && post!.id === post!.pending_post_id

/** Whether I see replies beside the channel instead of in it: the server's setting, or where it leaves me the choice mine. */
export function collapsesThreads(state: State): boolean {
  const setting = state.config['CollapsedThreads'] ?? 'disabled'
  if (setting === 'disabled' || setting === 'always_on') return setting === 'always_on'
  const choice = state.preferences[preferenceKey('display_settings', 'collapsed_reply_threads')]?.value
  return choice === undefined ? setting === 'default_on' : choice === 'on'
}

/** The post itself into the state, with its reactions and acknowledgements; nothing of its place or its thread. */
export const storePost = (state: State, raw: ServerPost): State => storePosts(state, [raw])

/** Many posts as `storePost`: tables of thousands are copied once, not once for each post. */
export function storePosts(state: State, raws: readonly ServerPost[]): State {
  if (raws.length === 0) return state
  const all = raws.map(split)
  return {
    ...state,
    posts: putAll(
      state.posts,
      all.map((one) => one.post),
      (post) => post.id,
    ),
    reactions: putAllFull(
      state.reactions,
      all.map(({ post, reactions }) => [post.id, reactions]),
    ),
    acknowledgements: putAllFull(
      state.acknowledgements,
      all.map(({ post, acknowledgements }) => [post.id, acknowledgements]),
    ),
  }
}

function putAllFull<T>(table: Table<Table<T>>, entries: readonly (readonly [Id, Table<T>])[]): Table<Table<T>> {
  const isFull = ([, inner]: readonly [Id, Table<T>]): boolean => Object.keys(inner).length > 0
  const emptied = entries.filter((entry) => !isFull(entry)).map(([id]) => id)
  const full = entries.filter(isFull)
  const kept = without(table, ...emptied)
  return full.length > 0 ? { ...kept, ...Object.fromEntries(full) } : kept
}

/** A table of tables holds no empty ones. */
export function putFull<T>(table: Table<Table<T>>, id: Id, entries: Table<T>): Table<Table<T>> {
  return Object.keys(entries).length > 0 ? put(table, id, entries) : without(table, id)
}

type Extra = { has_reactions?: boolean }

function split(raw: ServerPost): { post: Post; reactions: Table<Reaction>; acknowledgements: Table<number> } {
  const { reply_count: _1, last_reply_at: _2, participants: _3, is_following: _4, ...rest } = raw
  const { has_reactions: _5, ...post } = rest as typeof rest & Extra
  const { reactions = [], acknowledgements = [], ...metadata } = raw.metadata ?? {}
  return {
    post: { ...post, pending_post_id: '', metadata } as Post,
    reactions: putAll({}, reactions ?? [], (one) => reactionKey(one.user_id, one.emoji_name)),
    acknowledgements: Object.fromEntries((acknowledgements ?? []).map((one) => [one.user_id, one.acknowledged_at])),
  }
}

/** The threads below roots as a list with collapsed threads tells them. Says nothing of my place in a thread. */
export function storeSummaries(state: State, roots: readonly ServerPost[]): State {
  const all = roots.map((raw) => summaryOf(state, raw))
  const isThread = ({ replyCount, following }: Thread): boolean => replyCount > 0 || following
  const gone = all.filter((thread) => !isThread(thread)).map((thread) => thread.id)
  return { ...state, threads: putAll(without(state.threads, ...gone), all.filter(isThread), (thread) => thread.id) }
}

function summaryOf(state: State, raw: ServerPost): Thread {
  const following = Boolean(raw.is_following)
  const participants = ((raw.participants ?? []) as { id: Id }[]).map((one) => one.id)
  const { own, ...base }: Thread = state.threads[raw.id] ?? emptyThread(raw.id)
  const summary = { replyCount: raw.reply_count, lastReplyAt: raw.last_reply_at ?? 0, participants, following }
  return { ...base, ...summary, ...(following && own && { own }) }
}

export const emptyThread = (id: Id): Thread => ({
  id,
  replyCount: 0,
  lastReplyAt: 0,
  participants: [],
  following: false,
})

/** Puts a post where it belongs among those of its channel or thread, if that stretch is loaded. */
export function placePost(state: State, post: Post): State {
  const placed = post.root_id ? placeReply(state, post) : state
  // What only I see answers something I did in the channel, mostly: it stands there too.
  if (post.root_id && post.type !== 'system_ephemeral' && collapsesThreads(state)) return placed
  const stretch = placed.channelPosts[post.channel_id]
  if (!stretch?.reachesNewest || stretch.order.includes(post.id)) return placed
  const at = stretch.order.findIndex((id) => isOlder(placed.posts[id], post))
  const order = stretch.order.toSpliced(at < 0 ? stretch.order.length : at, 0, post.id)
  return { ...placed, channelPosts: put(placed.channelPosts, post.channel_id, { ...stretch, order }) }
}

function placeReply(state: State, post: Post): State {
  const loaded = state.threadPosts[post.root_id] ?? (isUnanswered(state, post.root_id) ? [] : undefined)
  if (!loaded || loaded.includes(post.id)) return state
  const at = loaded.findLastIndex((id) => isOlder(state.posts[id], post))
  return { ...state, threadPosts: put(state.threadPosts, post.root_id, loaded.toSpliced(at + 1, 0, post.id)) }
}

/** All replies of a post without any are loaded. */
const isUnanswered = (state: State, rootId: Id): boolean =>
  state.posts[rootId] !== undefined && (state.threads[rootId]?.replyCount ?? 0) === 0

function isOlder(post: Post | undefined, than: Post): boolean {
  if (!post) return false
  return post.create_at < than.create_at || (post.create_at === than.create_at && post.id < than.id)
}

/** The posts are gone from everywhere: lists, threads, reactions. */
export function dropPosts(state: State, ids: readonly Id[]): State {
  if (ids.length === 0) return state
  const gone = new Set(ids)
  const keep = (list: readonly Id[]) => (list.some((id) => gone.has(id)) ? list.filter((id) => !gone.has(id)) : list)
  const channelPosts = Object.entries(state.channelPosts).map(([id, stretch]) => {
    const order = keep(stretch.order)
    return [id, order === stretch.order ? stretch : { ...stretch, order }] as const
  })
  const threadPosts = Object.entries(without(state.threadPosts, ...ids)).map(([id, list]) => [id, keep(list)] as const)
  return {
    ...state,
    posts: without(state.posts, ...ids),
    reactions: without(state.reactions, ...ids),
    acknowledgements: without(state.acknowledgements, ...ids),
    threads: without(state.threads, ...ids),
    channelPosts: Object.fromEntries(channelPosts),
    threadPosts: Object.fromEntries(threadPosts.filter(([, list]) => list.length > 0)),
  }
}

/**
 * A post was deleted, with a root all its replies. What the server drops along with it goes too: its mark as saved, drafts
 * of replies. Numbers that cannot be told from here (who still takes part in a thread) become stale.
 */
export function deletePost(state: State, deleted: { id: Id; channel_id: Id; root_id: Id; is_pinned: boolean }): State {
  const { id, channel_id: channelId, root_id: rootId } = deleted
  const replies = Object.values(state.posts).filter((post) => post.root_id === id)
  const ids = [id, ...replies.map((post) => post.id)]
  const pinned = replies.filter((post) => post.is_pinned).length + (deleted.is_pinned ? 1 : 0)
  const teams = teamsOfChannel(state, channelId)
  const stale: StaleKey[] = []
  const thread = state.threads[rootId || id]
  if (rootId && thread) stale.push(`thread:${rootId}`)
  if (thread?.own) stale.push(...teams.map((team): StaleKey => `threads:${team}`))
  const stats = state.channelStats[channelId]
  const counted = stats && { ...stats, pinnedpost_count: Math.max(0, stats.pinnedpost_count - pinned) }
  return markStale(
    {
      ...dropPosts(state, ids),
      preferences: without(state.preferences, ...ids.map((one) => preferenceKey('flagged_post', one))),
      drafts: withoutWhere(state.drafts, (draft) => draft.root_id === id),
      ...(counted && pinned > 0 && { channelStats: put(state.channelStats, channelId, counted) }),
    },
    ...stale,
  )
}
