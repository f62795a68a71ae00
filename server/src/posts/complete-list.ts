import type { App } from '../app.ts'
import type { Session } from '../sessions/session.ts'
import { findRoots, findThreads } from './post-lists.store.ts'
import type { PrepareParts } from './prepare-posts.ts'
import { preparePosts } from './prepare-posts.ts'
import type { Post, PostList } from './post.ts'
import { participantsOf } from './thread-participants.ts'
import { findThreadSummaries } from './thread-lists.store.ts'

/** How a client wants threads told in a list. */
export interface ThreadOptions {
  /** no replies beside the page; roots tell how many there are */
  readonly skipFetchThreads: boolean
  /** the page holds roots only, with a summary of their threads */
  readonly collapsedThreads: boolean
  /** with names of participants, not only their ids */
  readonly collapsedThreadsExtended: boolean
}

type Parts = PrepareParts & Pick<App, 'access'>

/**
 * A list of posts of one channel in the given order, with what belongs to them: roots or whole threads of replies, thread
 * summaries for `userId`, metadata. `reply_count` is told only to those who do not get the replies themselves.
 */
export async function completeList(
  app: Parts,
  session: Session,
  userId: string,
  ordered: readonly Post[],
  options: ThreadOptions,
): Promise<PostList> {
  const channelId = ordered[0]?.channel_id ?? ''
  const posts = new Map(ordered.map((post) => [post.id, post]))
  for (const post of await beside(app, channelId, ordered, options)) if (!posts.has(post.id)) posts.set(post.id, post)
  const counted = options.collapsedThreads || options.skipFetchThreads
  const all = counted ? await summed(app, userId, [...posts.values()], options) : [...posts.values()]
  const prepared = await preparePosts(app, session, all)
  return postList(
    ordered.map((post) => post.id),
    prepared,
  )
}

/** A list as clients know it; `posts` may hold more than `order` names. */
export function postList(order: readonly string[], posts: readonly Post[]): PostList {
  return {
    order: [...order],
    posts: Object.fromEntries(posts.map((post) => [post.id, post])),
    next_post_id: '',
    prev_post_id: '',
    first_inaccessible_post_time: 0,
  }
}

async function beside(
  app: Pick<App, 'db'>,
  channelId: string,
  ordered: readonly Post[],
  { skipFetchThreads, collapsedThreads }: ThreadOptions,
): Promise<Post[]> {
  const rootIds = [...new Set(ordered.map((post) => post.root_id).filter(Boolean))]
  if (skipFetchThreads || collapsedThreads) {
    const known = new Set(ordered.map((post) => post.id))
    return findRoots(
      app.db,
      channelId,
      rootIds.filter((id) => !known.has(id)),
    )
  }
  const known = ordered.map((post) => post.id)
  return findThreads(app.db, channelId, rootIds, known)
}

/** The posts with the sizes of their threads and, with collapsed threads, who takes part. */
async function summed(
  app: Parts,
  userId: string,
  posts: readonly Post[],
  { collapsedThreads, collapsedThreadsExtended }: ThreadOptions,
): Promise<Post[]> {
  const rootIds = new Set(posts.map((post) => post.root_id || post.id))
  const summaries = await findThreadSummaries(app.db, [...rootIds], userId)
  return Promise.all(
    posts.map(async (post) => {
      const summary = summaries.get(post.root_id || post.id)
      if (!summary) return post
      if (!collapsedThreads || post.root_id !== '') return { ...post, reply_count: summary.replyCount }
      return {
        ...post,
        reply_count: summary.replyCount,
        last_reply_at: summary.lastReplyAt,
        participants: await participantsOf(app, summary.participantIds, collapsedThreadsExtended),
        is_following: summary.following,
      }
    }),
  )
}

/** Posts with their threads' sizes, for lists that hold no replies beside. */
export function withReplyCounts(app: Parts, userId: string, posts: readonly Post[]): Promise<Post[]> {
  return summed(app, userId, posts, {
    skipFetchThreads: true,
    collapsedThreads: false,
    collapsedThreadsExtended: false,
  })
}
