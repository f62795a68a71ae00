import type { App } from '../app.ts'
import type { Queries } from '../database/pool.ts'
import { noPermission } from '../http/errors.ts'
import type { Session } from '../sessions/session.ts'
import { attachUnattached, findUnattached } from './file-infos.store.ts'
import type { FileInfo } from './file-info-view.ts'

/**
 * Which of `fileIds` the caller may put on a new post: his own uploads that hang on no post yet, in the given order,
 * each once. Foreign, used, deleted and unknown ids are left out without a word, as in the reference: an error would tell
 * whether a file exists. Throws 403 without the right to upload files in the channel. No ids, no check.
 */
export async function attachableFiles(
  app: Pick<App, 'access' | 'db'>,
  session: Session,
  channelId: string,
  fileIds: readonly string[],
): Promise<string[]> {
  if (fileIds.length === 0) return []
  if (!(await app.access.canInChannel(session, channelId, 'upload_file'))) throw noPermission('upload_file')
  const free = await findUnattached(app.db, session.userId, fileIds)
  return [...new Set(fileIds)].filter((id) => free.has(id))
}

/**
 * Hangs files on a post in one statement and answers those that it attached, in the order of `fileIds`. Only uploads of
 * `userId` that are still free count: of two posts sent with the same file one gets it. Call it in the transaction of
 * the post, and store the ids of the answer with the post.
 */
export async function attachFiles(
  db: Queries,
  postId: string,
  channelId: string,
  userId: string,
  fileIds: readonly string[],
): Promise<FileInfo[]> {
  const attached = await attachUnattached(db, { postId, channelId, userId }, fileIds)
  const place = new Map(fileIds.map((id, index) => [id, index]))
  return attached.toSorted((a, b) => place.get(a.id)! - place.get(b.id)!)
}
