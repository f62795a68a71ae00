import type { App } from '../app.ts'
import { noPermission } from '../http/errors.ts'
import type { Session } from '../sessions/session.ts'
import type { StoredFileInfo } from './file-infos.store.ts'
import { findChannelOfPost, findFile } from './file-infos.store.ts'
import { fileError } from './files.errors.ts'

/** What creatorid says of files that belong to channel bookmarks instead of posts (schema notes, "Files"). */
export const BOOKMARK_OWNER = 'bookmark'

/**
 * A file that the caller may read: one on a live post of a channel whose posts he may read, one of a bookmark there, or
 * an upload of his own that hangs on nothing yet. Throws 404 for a file that is gone (with its post), else 403.
 */
export async function readableFile(
  app: Pick<App, 'access' | 'db'>,
  session: Session,
  fileId: string,
): Promise<StoredFileInfo> {
  const file = await liveFile(app, fileId)
  const channelId = file.info.post_id || file.info.user_id === BOOKMARK_OWNER ? file.info.channel_id : ''
  const allowed = channelId
    ? await app.access.canReadChannel(session, channelId)
    : session.local || file.info.user_id === session.userId
  if (!allowed) throw noPermission('read_channel_content')
  return file
}

/**
 * A file that is not deleted, and neither is its post, with the channel of the post (rows of old servers do not name it).
 * Checks no rights. Throws 404.
 */
export async function liveFile(app: Pick<App, 'db'>, fileId: string): Promise<StoredFileInfo> {
  const file = await findFile(app.db, fileId)
  if (!file) throw fileError('app.file_info.get.app_error')
  if (!file.info.post_id) return file
  const channelId = await findChannelOfPost(app.db, file.info.post_id)
  if (!channelId) throw fileError('app.file_info.get.app_error', {}, 'its post is deleted')
  return { ...file, info: { ...file.info, channel_id: channelId } }
}
