import type { App } from '../app.ts'
import { fileError } from '../files/files.errors.ts'
import { uploadOffset } from '../files/upload-writer.ts'
import { AppError, noPermission } from '../http/errors.ts'
import type { Session } from '../sessions/session.ts'
import { findUpload, findUploadsOf, setUploadOffset } from './uploads.store.ts'
import type { StoredUpload, UploadSession } from './uploads.store.ts'

/** Throws when this server takes no files; resumable uploads say it with 501, others with 403. */
export function uploadsEnabled(app: Pick<App, 'config'>): void {
  if (app.config.get().FileSettings.EnableFileAttachments) return
  throw new AppError('api.file.attachments.disabled.app_error', 501)
}

/** An upload for its owner, who may still upload to its channel. Throws 404, 403, 400 once it is archived. */
export async function ownUpload(
  app: Pick<App, 'access' | 'db'>,
  session: Session,
  uploadId: string,
): Promise<StoredUpload> {
  const upload = await findUpload(app.db, uploadId)
  if (!upload) throw fileError('app.upload.get.app_error')
  const { user_id, channel_id } = upload.session
  if (!session.local && user_id !== session.userId) throw noPermission('upload_file')
  if (!(await app.access.canInChannel(session, channel_id, 'upload_file'))) throw noPermission('upload_file')
  // It may have been archived since the upload began.
  const channel = await app.access.channel(channel_id)
  if (channel && channel.deleteAt > 0) {
    throw fileError('app.upload.create.cannot_upload_to_deleted_channel.app_error')
  }
  return upload
}

/** How far an upload has come, for its owner and system administrators. Throws 404, 403. */
export async function uploadProgress(
  app: Pick<App, 'access' | 'db' | 'files'>,
  session: Session,
  uploadId: string,
): Promise<UploadSession> {
  const upload = await findUpload(app.db, uploadId)
  if (!upload) throw fileError('app.upload.get.app_error')
  if (upload.session.user_id !== session.userId && !app.access.can(session, 'manage_system')) {
    throw noPermission('manage_system')
  }
  return withTrueOffset(app, upload)
}

/** The caller's unfinished uploads. Throws 403 for those of anybody else. */
export async function uploadsOfUser(
  app: Pick<App, 'db' | 'files'>,
  session: Session,
  userId: string,
): Promise<UploadSession[]> {
  if (!session.local && session.userId !== userId) throw fileError('api.user.get_uploads_for_user.forbidden.app_error')
  const uploads = await findUploadsOf(app.db, userId)
  return Promise.all(uploads.map((upload) => withTrueOffset(app, upload)))
}

/** What is safe on disk counts: the row is behind it when a request or the server broke off. */
async function withTrueOffset(app: Pick<App, 'db' | 'files'>, { session, path }: StoredUpload): Promise<UploadSession> {
  const offset = await uploadOffset(app.files, path, session.file_size)
  if (offset === session.file_offset) return session
  await setUploadOffset(app.db, session.id, offset, session.file_offset)
  return { ...session, file_offset: offset }
}
