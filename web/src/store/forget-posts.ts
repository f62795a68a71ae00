import { dropPosts, isUnsent } from './posts.ts'
import type { ChannelPosts } from './entities.ts'
import type { Id, State } from './state.ts'

/** How much a channel that was left keeps, and how many channels keep something. */
interface Limits {
  readonly posts: number
  readonly channels: number
}

/** Posts that something outside of the channels' own stretches shows: search results, saved posts … */
type IsHeld = (postId: Id) => boolean

/**
 * Bounds what is kept of channels that nobody looks at. Those `shown` stay whole; of others the most `recent` ones may stay. A
 * stretch in the past is dropped, one that reaches the newest post is cut; posts that nothing else shows go with it.
 */
export function trimChannels(
  state: State,
  shown: ReadonlySet<Id>,
  recent: readonly Id[],
  isHeld: IsHeld,
  limits: Limits,
): State {
  const kept = new Set(recent.slice(0, limits.channels))
  const channelPosts: Record<Id, ChannelPosts> = {}
  for (const [id, stretch] of Object.entries(state.channelPosts)) {
    if (shown.has(id)) channelPosts[id] = stretch
    else if (kept.has(id) && stretch.reachesNewest) channelPosts[id] = cut(stretch, limits.posts)
  }
  const before = Object.values(state.channelPosts).flatMap((stretch) => stretch.order)
  const present = new Set(Object.values(channelPosts).flatMap((stretch) => stretch.order))
  const gone = new Set(before.filter((id) => !present.has(id) && !isNeeded(state, id) && !isHeld(id)))
  if (gone.size === 0 && before.length === present.size) return state
  const replies = repliesOf(state, gone, isHeld)
  return dropPosts({ ...state, channelPosts }, [...gone, ...replies])
}

const cut = (stretch: ChannelPosts, most: number): ChannelPosts =>
  stretch.order.length <= most ? stretch : { ...stretch, order: stretch.order.slice(0, most), reachesOldest: false }

/** Not sent yet, or the root of a thread that I follow. */
function isNeeded(state: State, id: Id): boolean {
  const post = state.posts[id]
  return !post || isUnsent(post) || state.threads[id]?.own !== undefined
}

function repliesOf(state: State, roots: ReadonlySet<Id>, isHeld: IsHeld): Id[] {
  const loaded = [...roots].flatMap((id) => state.threadPosts[id] ?? [])
  return loaded.filter((id) => !isHeld(id))
}
