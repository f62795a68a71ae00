import { createHash } from 'node:crypto'
import type { App } from '../app.ts'
import { invalidParam } from '../http/errors.ts'
import type { Query } from '../http/route.ts'
import { isId } from '../ids.ts'
import type { Session } from '../sessions/session.ts'
import { completeList } from './complete-list.ts'
import type { ThreadOptions } from './complete-list.ts'
import { findRoots } from './post-lists.store.ts'
import type { PrepareParts } from './prepare-posts.ts'
import type { Post, PostList } from './post.ts'
import { readablePost } from './post-access.ts'
import { findReplies } from './thread-lists.store.ts'
import type { ThreadPage } from './thread-lists.store.ts'

const MAX_PER_PAGE = 200

export type ThreadCursor = Omit<ThreadPage, 'rootId'>

/** Reads where a page of a thread begins. Throws 400 for parameters that do not go together. */
export function threadCursor(query: Query): ThreadCursor {
  const limit = numberOf(query, 'perPage')
  if (limit > MAX_PER_PAGE) throw invalidParam('perPage')
  const direction = query.text('direction') || 'down'
  if (direction !== 'up' && direction !== 'down') throw invalidParam('direction')
  const createAt = numberOf(query, 'fromCreateAt')
  const updateAt = numberOf(query, 'fromUpdateAt')
  const fromPost = query.text('fromPost')
  if (createAt > 0 && updateAt > 0) throw invalidParam('fromCreateAt')
  if (fromPost && (!isId(fromPost) || createAt + updateAt === 0)) throw invalidParam('fromPost')
  if (query.flag('updatesOnly') && (updateAt === 0 || direction === 'up')) throw invalidParam('updatesOnly')
  return { limit, direction, by: updateAt > 0 ? 'updateat' : 'createat', from: createAt || updateAt, fromPost }
}

function numberOf(query: Query, name: string): number {
  const value = query.has(name) ? query.int(name, -1) : 0
  if (value < 0) throw invalidParam(name)
  return value
}

/**
 * A page of the thread of a post (a root or any reply): the post first, then the others in the order of the page.
 * Throws 404 for a missing post and 403 for one that the caller may not read.
 */
export async function listThread(
  app: PrepareParts & Pick<App, 'access' | 'db'>,
  session: Session,
  postId: string,
  cursor: ThreadCursor,
  options: ThreadOptions,
): Promise<PostList> {
  const post = await readablePost(app, session, postId)
  if (options.skipFetchThreads && !options.collapsedThreads) {
    return { ...(await completeList(app, session, session.userId, [post], options)), has_next: false }
  }
  const rootId = post.root_id || post.id
  // One more than asked for tells whether there is a next page.
  const limit = cursor.limit > 0 ? cursor.limit + 1 : 0
  const replies = await findReplies(app.db, { ...cursor, rootId, limit })
  const has_next = cursor.limit > 0 && replies.length > cursor.limit
  const page = (has_next ? replies.slice(0, cursor.limit) : replies).filter((reply) => reply.id !== postId)
  const roots = post.root_id ? await findRoots(app.db, post.channel_id, [rootId]) : []
  const ordered = [post, ...roots, ...page.filter((reply: Post) => reply.channel_id === post.channel_id)]
  const list = await completeList(app, session, session.userId, ordered, { ...options, skipFetchThreads: true })
  return { ...list, has_next }
}

/** The version of a list of posts: it changes with every post of it, with one that leaves it, and with whom its reader follows. */
export function listVersion(list: PostList): string {
  let newest = { id: '0', at: 0 }
  for (const { id, update_at: at } of Object.values(list.posts)) {
    if (at > newest.at || (at === newest.at && id > newest.id)) newest = { id, at }
  }
  return `${list.order[0] ?? ''}.${newest.id}.${newest.at}.${list.order.length}.${followedVersion(list)}`
}

/** The threads of a list that its reader follows, in short: no post changes when he follows one or leaves it. */
export function followedVersion({ order, posts }: PostList): string {
  const followed = order.filter((id) => posts[id]?.is_following)
  return followed.length > 0 ? createHash('sha256').update(followed.join()).digest('base64url').slice(0, 12) : '0'
}
