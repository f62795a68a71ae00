import { reader } from '../../../client/api.ts'
import { getState, update } from '../../../client/store.ts'
import { receivedChangedPosts, stretchKnownTo } from '../../../store/changed-posts.ts'
import type { ChannelPosts } from '../../../store/entities.ts'
import { placeArrivals, receivedChannelPosts, receivedMorePosts } from '../../../store/load-posts.ts'
import type { PostList } from '../../../store/load-posts.ts'
import { collapsesThreads } from '../../../store/posts.ts'
import { COLLAPSED } from '../../../store/reader.ts'
import type { Id } from '../../../store/state.ts'

/** Posts of one page: three screens of a large window. */
const PAGE = 60
/** More changes than the server tells at once: the stretch is loaded anew. */
const MOST_CHANGES = 500

/** Replies stand beside the channel, or in it where the reader wants them so. */
const query = (): string =>
  collapsesThreads(getState())
    ? COLLAPSED
    : 'skipFetchThreads=true&collapsedThreads=false&collapsedThreadsExtended=false'

const pageOf = (channelId: Id, place: string): Promise<PostList> =>
  reader.ok(`/channels/${channelId}/posts?${place}&${query()}`)

/** The stretch around the first unread post, else the newest page. */
export async function loadUnread(channelId: Id): Promise<void> {
  const { posts } = getState()
  const limits = `limit_before=${PAGE}&limit_after=${PAGE}`
  const list: PostList = await reader.ok(`/users/me/channels/${channelId}/posts/unread?${limits}&${query()}`)
  update((state) => placeArrivals(receivedChannelPosts(state, channelId, list), channelId, posts))
}

/** The newest page, in place of whatever is loaded. */
export async function loadNewest(channelId: Id): Promise<void> {
  const { posts } = getState()
  const list = await pageOf(channelId, `page=0&per_page=${PAGE}`)
  update((state) => placeArrivals(receivedChannelPosts(state, channelId, list), channelId, posts))
}

/** The stretch around a post that a link names. Rejects when the post is gone or out of reach. */
export async function loadAround(channelId: Id, postId: Id): Promise<void> {
  const half = PAGE / 2
  const [post, before, after] = await Promise.all([
    reader.ok(`/posts/${postId}`),
    pageOf(channelId, `before=${postId}&page=0&per_page=${half}`),
    pageOf(channelId, `after=${postId}&page=0&per_page=${half}`),
  ])
  const list: PostList = {
    order: [...after.order, postId, ...before.order],
    posts: { ...before.posts, ...after.posts, [postId]: post },
    next_post_id: after.next_post_id,
    prev_post_id: before.prev_post_id,
  }
  update((state) => receivedChannelPosts(state, channelId, list))
}

const going = new Map<string, Promise<void>>()

/** Continues the loaded stretch; one request a side at a time. */
export function loadMore(channelId: Id, side: 'older' | 'newer'): Promise<void> {
  const key = `${channelId}:${side}`
  const running = going.get(key)
  if (running) return running
  const work = continueStretch(channelId, side).finally(() => going.delete(key))
  going.set(key, work)
  return work
}

async function continueStretch(channelId: Id, side: 'older' | 'newer'): Promise<void> {
  const { channelPosts, posts } = getState()
  const order = channelPosts[channelId]?.order ?? []
  const isReal = (id: Id): boolean => posts[id]?.type !== 'system_ephemeral' && posts[id]?.pending_post_id !== id
  const end = side === 'older' ? order.findLast(isReal) : order.find(isReal)
  if (!end) return
  const list = await pageOf(channelId, `${side === 'older' ? 'before' : 'after'}=${end}&page=0&per_page=${PAGE}`)
  update((state) => (state.channelPosts[channelId] ? receivedMorePosts(state, channelId, side, list) : state))
}

/** Events were missed: what changed since then comes into the stretch that was shown. */
export async function catchUp(channelId: Id, stretch: ChannelPosts): Promise<void> {
  const { posts } = getState()
  const since = stretchKnownTo(getState(), stretch)
  if (since === 0) return loadNewest(channelId)
  const list = await pageOf(channelId, `since=${since}`)
  if (Object.keys(list.posts).length >= MOST_CHANGES) return loadNewest(channelId)
  update((state) => placeArrivals(receivedChangedPosts(state, channelId, stretch, list), channelId, posts))
}
