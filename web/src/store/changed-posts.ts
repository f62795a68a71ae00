import { put } from './change.ts'
import type { ChannelPosts } from './entities.ts'
import type { PostList } from './load-posts.ts'
import { deletePost, isUnsent, placePost, storePosts, storeSummaries } from './posts.ts'
import type { Id, State } from './state.ts'

/** Up to when (ms of the server's clock) a loaded stretch is known: what changed later is asked for with `since`. */
export function stretchKnownTo(state: State, { order }: ChannelPosts): number {
  const times = order.map((id) => {
    const post = state.posts[id]
    // Posts that only this client knows carry its own clock.
    return post && !isUnsent(post) && post.type !== 'system_ephemeral' ? post.update_at : 0
  })
  return Math.max(0, ...times)
}

/**
 * What changed in a channel while no events came (`since=`), put into the stretch that was loaded before: new posts come in,
 * edited ones are replaced, deleted ones leave.
 */
export function receivedChangedPosts(state: State, channelId: Id, before: ChannelPosts, list: PostList): State {
  const posts = Object.values(list.posts).filter((post) => post.channel_id === channelId)
  const live = posts.filter((post) => post.delete_at === 0)
  const known = posts.filter((post) => post.delete_at > 0 && state.posts[post.id])
  // What left while the answer was on its way has no place any more: deleted posts, unsent ones that arrived.
  const stretch = { ...before, order: before.order.filter((id) => state.posts[id]) }
  let after: State = { ...state, channelPosts: put(state.channelPosts, channelId, stretch) }
  for (const post of known) after = deletePost(after, after.posts[post.id] ?? post)
  after = storePosts(after, live)
  after = storeSummaries(
    after,
    live.filter((post) => !post.root_id),
  )
  const inOrder = live.toSorted((a, b) => a.create_at - b.create_at)
  return inOrder.reduce((now, post) => (belongs(now, stretch, post) ? placePost(now, now.posts[post.id]!) : now), after)
}

/** An old post that was edited does not belong into a stretch that begins later. */
function belongs(state: State, stretch: ChannelPosts, post: { create_at: number }): boolean {
  const oldest = state.posts[stretch.order.at(-1) ?? '']
  return stretch.reachesOldest || !oldest || post.create_at >= oldest.create_at
}
