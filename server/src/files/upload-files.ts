import type { App } from '../app.ts'
import { permittedChannel } from '../channels/channel-access.ts'
import type { PermittedChannel } from '../channels/channel-access.ts'
import { invalidBody } from '../http/errors.ts'
import type { FormRequest } from '../http/form-request.ts'
import { isId } from '../ids.ts'
import type { Session } from '../sessions/session.ts'
import type { FileInfo } from './file-info-view.ts'
import { fileError } from './files.errors.ts'
import { formParts } from './form-parts.ts'
import { UploadBatch } from './upload-batch.ts'
import type { UploadData } from './upload-writer.ts'

/** What uploads are answered with: the files, and the senders' own ids for them, in the same order. */
export interface FileUploadResponse {
  readonly file_infos: FileInfo[]
  readonly client_ids: string[]
}

/** What the query of an upload may say. */
export interface UploadQuery {
  readonly channelId: string
  readonly filename: string
  readonly clientId: string
  /** the files are for a bookmark of the channel, not for a post */
  readonly bookmark: boolean
}

/** Throws 403 when this server takes no files. */
export function filesEnabled(app: Pick<App, 'config'>): void {
  if (!app.config.get().FileSettings.EnableFileAttachments) throw fileError('api.file.attachments.disabled.app_error')
}

/** The channel of an upload. Throws 400 for what is no id or archived, 403 without the right to upload there. */
async function uploadChannel(app: App, session: Session, channelId: unknown): Promise<PermittedChannel> {
  if (!isId(channelId)) throw invalidBody('channel_id')
  const channel = await permittedChannel(app, session, channelId, 'upload_file')
  if (channel.deleteAt > 0) throw fileError('app.upload.create.cannot_upload_to_deleted_channel.app_error')
  return channel
}

/** Stores the body of a request as one file. Throws 400 without a name or channel, 403 without the right, 413. */
export async function uploadBody(
  app: App,
  session: Session,
  query: UploadQuery,
  data: UploadData,
): Promise<FileUploadResponse> {
  filesEnabled(app)
  if (query.filename === '') throw invalidBody('filename')
  const channel = await uploadChannel(app, session, query.channelId)
  const batch = new UploadBatch(app, session, query.bookmark)
  return batch.orUndo(async () => {
    await batch.add(query.filename, data, channel)
    return { file_infos: await batch.finish(channel), client_ids: query.clientId ? [query.clientId] : [] }
  })
}

/**
 * Stores the files of a form as they come in. The channel stands in the query, in a field before the files (as web
 * clients send it) or behind them; then the files wait aside. All or nothing: after an error no file is left.
 * Throws 400 for a form without files or with client ids that do not match them, 403 without the right, 413.
 */
export async function uploadForm(
  app: App,
  session: Session,
  query: UploadQuery,
  request: FormRequest,
): Promise<FileUploadResponse> {
  filesEnabled(app)
  let channel = query.channelId ? await uploadChannel(app, session, query.channelId) : undefined
  const clientIds: string[] = []
  const batch = new UploadBatch(app, session, query.bookmark)
  return batch.orUndo(async () => {
    for await (const part of formParts(request, app.config.get().FileSettings.MaxFileSize)) {
      if (part.kind === 'file') await batch.add(part.filename, part.data, channel)
      else if (part.name === 'client_ids') clientIds.push(textOf(part.value, 'client_ids'))
      else if (part.name === 'channel_id' && !channel) channel = await uploadChannel(app, session, part.value)
      else if (part.name === 'channel_id' && part.value !== channel?.id)
        throw fileError('api.file.upload_file.multiple_channel_ids.app_error')
    }
    if (!channel) throw invalidBody('channel_id')
    if (batch.count === 0) throw invalidBody('files')
    if (clientIds.length > 0 && clientIds.length !== batch.count) {
      const numbers = { NumFiles: batch.count, NumClientIds: clientIds.length }
      throw fileError('api.file.upload_file.incorrect_number_of_client_ids.app_error', numbers)
    }
    return { file_infos: await batch.finish(channel), client_ids: clientIds }
  })
}

function textOf(value: unknown, name: string): string {
  if (typeof value !== 'string') throw invalidBody(name)
  return value
}
