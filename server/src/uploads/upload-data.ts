import { Readable } from 'node:stream'
import type { App } from '../app.ts'
import type { FileInfo } from '../files/file-info-view.ts'
import { newFileInfo } from '../files/file-info.ts'
import { keepFileInfo } from '../files/file-infos.ts'
import { fileError } from '../files/files.errors.ts'
import { asUploadError, drain, formParts } from '../files/form-parts.ts'
import { makePreviews } from '../files/make-previews.ts'
import { appendUpload } from '../files/upload-writer.ts'
import type { UploadProgress } from '../files/upload-writer.ts'
import type { Call } from '../http/route.ts'
import { newId } from '../ids.ts'
import { ownUpload, uploadsEnabled } from './upload-access.ts'
import { deleteUpload, setUploadOffset } from './uploads.store.ts'
import type { StoredUpload } from './uploads.store.ts'

/**
 * Adds the body of a request (or the file of a form) to a resumable upload. Answers the file when it is complete, null when
 * more is to come. Throws 501, 404, 403, and 400 for a part that does not fit (`appendUpload`). What a broken-off request
 * left stays: the sender asks for the offset and goes on there.
 */
export async function uploadData(app: App, call: Call<'session'>, uploadId: string): Promise<FileInfo | null> {
  const { session, request } = call
  try {
    uploadsEnabled(app)
    const upload = await ownUpload(app, session, uploadId)
    const { complete, offset } = await receive(app, upload, call)
    if (complete) return await finish(app, upload)
    await setUploadOffset(app.db, uploadId, offset)
    return null
  } catch (error) {
    throw asUploadError(request.raw, error)
  } finally {
    drain(request.raw)
  }
}

async function receive(app: App, upload: StoredUpload, { request, stream }: Call): Promise<UploadProgress> {
  const { file_size: fileSize, file_offset: offset } = upload.session
  const target = { path: upload.path, fileSize, offset }
  if (!request.isMultipart()) return appendUpload(app.files, target, stream ?? Readable.from([]))
  for await (const part of formParts(request, fileSize)) {
    if (part.kind === 'file') return await appendUpload(app.files, target, part.data)
  }
  throw fileError('api.upload.upload_data.multipart_error')
}

/** Makes the file of a complete upload. Two requests may get here after a crash; the one that removes the upload wins. */
async function finish(app: App, { session: upload, path }: StoredUpload): Promise<FileInfo> {
  const { id, channel_id: channelId, user_id: creatorId, filename: name, file_size: size } = upload
  const onFailure = (error: unknown) => app.log.warn({ err: error, uploadId: id }, 'an image got no preview')
  const context = { store: app.files, images: app.images, onFailure }
  const previews = await makePreviews(context, { path, name }).catch(async (error: unknown) => {
    if (await deleteUpload(app.db, id)) await app.files.remove(path)
    throw error
  })
  const row = newFileInfo({ id: newId(), creatorId, channelId, path, name, size, now: Date.now() }, previews)
  return app.unitOfWork(async ({ db }) => {
    if (!(await deleteUpload(db, id))) throw fileError('app.upload.get.app_error')
    return keepFileInfo(db, row)
  })
}
