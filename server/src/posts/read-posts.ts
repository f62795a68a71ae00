import type { App } from '../app.ts'
import { fileInfosOfPosts } from '../files/file-infos.ts'
import type { FileInfo } from '../files/file-info-view.ts'
import { invalidBody, noPermission } from '../http/errors.ts'
import { isId } from '../ids.ts'
import type { Session } from '../sessions/session.ts'
import { withReplies } from './complete-list.ts'
import { readableOf, readablePost } from './post-access.ts'
import { postChangeError } from './post-changes.errors.ts'
import { findDeletedFiles, findVersions } from './post-history.store.ts'
import type { PrepareParts } from './prepare-posts.ts'
import { preparePosts } from './prepare-posts.ts'
import { postError } from './posts.errors.ts'
import { findAnyPost, findAnyPosts, findPosts } from './posts.store.ts'
import type { Post } from './post.ts'

const MAX_IDS = 1000

/** One post. `includeDeleted` is for administrators. Throws 404 and 403 as `readablePost` does. */
export async function readPost(
  app: PrepareParts,
  session: Session,
  postId: string,
  includeDeleted: boolean,
): Promise<Post> {
  const post = includeDeleted ? await anyPost(app, session, postId) : await readablePost(app, session, postId)
  const [prepared] = await withReplies(app, session, [post])
  return prepared!
}

async function anyPost(app: Pick<App, 'access' | 'db'>, session: Session, postId: string): Promise<Post> {
  if (!app.access.can(session, 'manage_system')) throw noPermission('manage_system')
  const post = await findAnyPost(app.db, postId)
  if (!post) throw postError('app.post.get.app_error')
  return post
}

/** Live posts by id, newest first; those that are gone or may not be read are left out. Throws 400 for none or too many ids. */
export async function readPosts(app: PrepareParts, session: Session, ids: readonly string[]): Promise<Post[]> {
  if (ids.length === 0) throw invalidBody('post_ids')
  if (ids.length > MAX_IDS) {
    throw postChangeError('api.post.posts_by_ids.invalid_body.request_error', { MaxLength: MAX_IDS })
  }
  return completeFound(app, session, await findPosts(app.db, ids.filter(isId)))
}

/**
 * What is left of deleted posts, in no order: whose they were, where and when, nothing of what they said. Those that are
 * live, or stood where the caller may not read, are left out.
 */
export async function readDeletedPosts(
  app: Pick<App, 'access' | 'db'>,
  session: Session,
  ids: readonly string[],
): Promise<Post[]> {
  const gone = (await findAnyPosts(app.db, ids)).filter((post) => post.delete_at > 0)
  const readable = await readableOf(app, session, gone)
  const nothing = { message: '', hashtags: '', props: {}, file_ids: [], metadata: {} }
  return readable.map((post) => ({ ...post, ...nothing }))
}

/** Posts that were found, in their order, as `session` may see them: those in channels that it may not read are left out. */
export async function completeFound(app: PrepareParts, session: Session, found: readonly Post[]): Promise<Post[]> {
  return withReplies(app, session, await readableOf(app, session, found))
}

/** The files of a post, oldest first; deleted ones too for administrators who ask for them. */
export async function readPostFiles(
  app: Pick<App, 'access' | 'db'>,
  session: Session,
  postId: string,
  includeDeleted: boolean,
): Promise<FileInfo[]> {
  const post = includeDeleted ? await anyPost(app, session, postId) : await readablePost(app, session, postId)
  const live = (await fileInfosOfPosts(app.db, [post.id])).get(post.id) ?? []
  return includeDeleted ? [...live, ...(await findDeletedFiles(app.db, post.id))] : live
}

/** The earlier versions of a post, newest first. Only its author sees them, and only while he may edit there. */
export async function readHistory(app: PrepareParts, session: Session, postId: string): Promise<Post[]> {
  const post = await readablePost(app, session, postId)
  if (!(await app.access.canInChannel(session, post.channel_id, 'edit_post'))) throw noPermission('edit_post')
  if (post.user_id !== session.userId) throw noPermission('edit_post')
  return preparePosts(app, session, await findVersions(app.db, postId))
}
