import type { App } from '../app.ts'
import { EncodedJson, toJson } from '../http/reply.ts'
import type { Session } from '../sessions/session.ts'
import { completeList } from './complete-list.ts'
import type { ThreadOptions } from './complete-list.ts'
import type { Post, PostList } from './post.ts'
import { preparePosts } from './prepare-posts.ts'
import type { PrepareParts } from './prepare-posts.ts'
import type { RecentList, RecentPost } from './recent-posts.ts'

type Parts = PrepareParts & Pick<App, 'access'>

/**
 * The newest page of a channel from what is kept of it; null when that does not reach so far back. A page without
 * replies costs no query and is put together from encoded posts.
 */
export async function newestPage(
  app: Parts,
  session: Session,
  recent: RecentList,
  query: ThreadOptions & { perPage: number },
): Promise<EncodedJson | PostList | null> {
  const standing = query.collapsedThreads ? recent.posts.filter(({ post }) => post.root_id === '') : recent.posts
  if (standing.length <= query.perPage && !recent.isWhole) return null
  const page = standing.slice(0, query.perPage)
  const beyond = standing[query.perPage]?.post.id ?? ''
  const hasReplies = page.some(({ post }) => post.root_id !== '')
  if (!hasReplies && !query.collapsedThreads && !query.skipFetchThreads) return encodedPage(app, session, page, beyond)
  const posts = page.map(({ post }) => post)
  const list = await completeList(app, session, session.userId, posts, query)
  return { ...list, prev_post_id: beyond }
}

async function encodedPage(
  app: Parts,
  session: Session,
  page: readonly RecentPost[],
  beyond: string,
): Promise<EncodedJson> {
  const known = page.map(({ json }) => json)
  const own = page.filter((_, at) => known[at] === undefined).map(({ post }) => post)
  const prepared = new Map<string, Post>()
  for (const post of await preparePosts(app, session, own)) prepared.set(post.id, post)
  const posts = page.map(({ post }, at) => `"${post.id}":${known[at] ?? toJson(prepared.get(post.id))}`)
  const order = page.map(({ post }) => `"${post.id}"`)
  return new EncodedJson(
    `{"order":[${order.join(',')}],"posts":{${posts.join(',')}},"next_post_id":"","prev_post_id":"${beyond}","first_inaccessible_post_time":0}`,
  )
}
