import type { App } from '../app.ts'
import type { Post, PostList } from '../posts/post.ts'
import { completeFound } from '../posts/read-posts.ts'
import type { Session } from '../sessions/session.ts'
import { findPosts } from './search-posts.ts'
import { searchOptions } from './search-request.ts'
import type { SearchRequest } from './search-request.ts'

/** Posts that fit, newest first, with the words to highlight in each. */
export async function searchForPosts(
  app: App,
  session: Session,
  request: SearchRequest,
  teamId?: string,
): Promise<PostList & { matches: Record<string, string[]> }> {
  const found = await findPosts({ pool: app.pool, indexer: app.indexer }, searchOptions(app, session, request, teamId))
  const readable = await completeFound(app, session, found.posts)
  const posts: Record<string, Post> = Object.fromEntries(readable.map((post) => [post.id, post]))
  return {
    order: readable.map((post) => post.id),
    posts,
    matches: found.matches,
    next_post_id: '',
    prev_post_id: '',
    first_inaccessible_post_time: 0,
  }
}
