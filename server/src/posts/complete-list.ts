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
 * summaries for `userId`, metadata. `reply_count` is told only to those who do not get the replies themselves. They are all
 * posts of the channel between the first and the last, unless they are those that changed `since` (ms).
 */
export async function completeList(
  app: Parts,
  session: Session,
  userId: string,
  ordered: readonly Post[],
  options: ThreadOptions & { readonly since?: number },
): Promise<PostList> {
  const channelId = ordered[0]?.channel_id ?? ''
  const posts = new Map(ordered.map((post) => [post.id, post]))
  for (const post of await beside(app, channelId, ordered, options)) if (!posts.has(post.id)) posts.set(post.id, post)
  const counted = options.collapsedThreads || options.skipFetchThreads
  const all = [...posts.values()]
  const prepared = await (counted ? prepareSummed(app, session, userId, all, options) : preparePosts(app, session, all))
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
  { skipFetchThreads, collapsedThreads, since = 0 }: ThreadOptions & { readonly since?: number },
): Promise<Post[]> {
  const rootIds = [...new Set(ordered.map((post) => post.root_id).filter(Boolean))]
  if (!skipFetchThreads && !collapsedThreads) return findThreads(app.db, channelId, rootIds, since > 0 ? [] : ordered)
  const known = new Set(ordered.map((post) => post.id))
  return findRoots(
    app.db,
    channelId,
    rootIds.filter((id) => !known.has(id)),
  )
}

/** The posts as `preparePosts` makes them, with the sizes of their threads and, with collapsed threads, who takes part. */
async function prepareSummed(
  app: Parts,
  session: Session | null,
  userId: string,
  posts: readonly Post[],
  options: Omit<ThreadOptions, 'skipFetchThreads'>,
): Promise<Post[]> {
  const preparing = preparePosts(app, session, posts)
  // A transaction has one connection, which takes one question at a time.
  if (app.db.isTransaction) await preparing
  const [prepared, sums] = await Promise.all([preparing, sumsOf(app, userId, posts, options)])
  return prepared.map((post) => ({ ...post, ...sums.get(post.id) }))
}

/** What there is to say of the posts' threads, by the ids of the posts. */
async function sumsOf(
  app: Parts,
  userId: string,
  posts: readonly Post[],
  { collapsedThreads, collapsedThreadsExtended }: Omit<ThreadOptions, 'skipFetchThreads'>,
): Promise<Map<string, Partial<Post>>> {
  const rootIds = new Set(posts.map((post) => post.root_id || post.id))
  const summaries = await findThreadSummaries(app.db, [...rootIds], userId)
  const sums = posts.map(async ({ id, root_id }): Promise<[string, Partial<Post>]> => {
    const summary = summaries.get(root_id || id)
    if (!summary) return [id, {}]
    if (!collapsedThreads || root_id !== '') return [id, { reply_count: summary.replyCount }]
    const sum = {
      reply_count: summary.replyCount,
      last_reply_at: summary.lastReplyAt,
      participants: await participantsOf(app, summary.participantIds, collapsedThreadsExtended),
      is_following: summary.following,
    }
    return [id, sum]
  })
  return new Map(await Promise.all(sums))
}

/** The posts as `preparePosts` makes them, with the sizes of their threads: for lists that hold no replies beside. */
export function withReplies(app: Parts, session: Session | null, posts: readonly Post[]): Promise<Post[]> {
  const options = { collapsedThreads: false, collapsedThreadsExtended: false }
  return prepareSummed(app, session, session?.userId ?? '', posts, options)
}
