import { Type } from '@sinclair/typebox'
import type { Static } from '@sinclair/typebox'
import type { App } from '../app.ts'
import { permittedChannel } from '../channels/channel-access.ts'
import { fileError } from '../files/files.errors.ts'
import { fileName, uploadPath } from '../files/paths.ts'
import { generalError, invalidBody, noPermission } from '../http/errors.ts'
import { OptionalInteger, OptionalString } from '../http/schema.ts'
import { isId, newId } from '../ids.ts'
import type { Session } from '../sessions/session.ts'
import { uploadsEnabled } from './upload-access.ts'
import { insertUpload } from './uploads.store.ts'
import type { UploadSession } from './uploads.store.ts'

export const CreateUploadBody = Type.Object({
  type: OptionalString,
  channel_id: OptionalString,
  filename: OptionalString,
  file_size: OptionalInteger,
})

/**
 * Begins a resumable upload. Throws 501 when files are off, 400 for a bad name, size or channel, 413 above MaxFileSize, 403
 * without the right to upload in the channel.
 */
export async function createUpload(
  app: Pick<App, 'access' | 'config' | 'db'>,
  session: Session,
  body: Static<typeof CreateUploadBody>,
): Promise<UploadSession> {
  uploadsEnabled(app)
  const type = body.type || 'attachment'
  if (type === 'import') {
    if (!app.access.can(session, 'manage_system')) throw noPermission('manage_system')
    throw generalError('api.not_available.app_error', { Name: 'imports' })
  }
  if (type !== 'attachment') throw fileError('model.upload_session.is_valid.type.app_error')
  const { channel_id: channelId, filename = '', file_size: fileSize } = body
  if (!isId(channelId)) throw invalidBody('channel_id')
  const channel = await permittedChannel(app, session, channelId, 'upload_file')
  if (channel.deleteAt > 0) throw fileError('app.upload.create.cannot_upload_to_deleted_channel.app_error')
  if (!filename) throw fileError('model.upload_session.is_valid.filename.app_error')
  if (!fileSize || fileSize <= 0) throw fileError('model.upload_session.is_valid.file_size.app_error')
  if (fileSize > app.config.get().FileSettings.MaxFileSize) {
    throw fileError('api.upload.create.upload_too_large.app_error')
  }
  const now = Date.now()
  const upload: UploadSession = {
    id: newId(),
    type,
    create_at: now,
    user_id: session.userId,
    channel_id: channelId,
    filename: fileName(filename),
    file_size: fileSize,
    file_offset: 0,
    remote_id: '',
    req_file_id: '',
  }
  const path = uploadPath(now, channelId, session.userId || 'nouser', upload.id, upload.filename)
  await insertUpload(app.db, { session: upload, path })
  return upload
}
