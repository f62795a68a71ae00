import { Readable } from 'node:stream'
import type { App } from '../app.ts'
import { route } from '../http/route.ts'
import type { Call, Route } from '../http/route.ts'
import { readableFile } from './file-access.ts'
import type { StoredFileInfo } from './file-infos.store.ts'
import { fileError } from './files.errors.ts'
import { asUploadError, drain } from './form-parts.ts'
import { mimeType } from './mime.ts'
import { fileExtension } from './paths.ts'
import { makePublicLink, publicFile } from './public-links.ts'
import { sendFile } from './send-file.ts'
import type { SentFile } from './send-file.ts'
import { uploadBody, uploadForm } from './upload-files.ts'

export function fileRoutes(app: App): Route[] {
  return [
    route({
      method: 'POST',
      path: '/api/v4/files',
      access: 'session',
      raw: true,
      maxFileSize: true,
      status: 201,
      handler: (call) => upload(app, call),
    }),
    ...downloads(app, '', wholeFile),
    ...downloads(app, '/preview', previewOf),
    ...downloads(app, '/thumbnail', thumbnailOf),
    route({
      method: 'GET',
      path: '/api/v4/files/:file_id/info',
      access: 'session',
      handler: async ({ session, params, reply }) => {
        const { info } = await readableFile(app, session, params.file_id!)
        reply.header('Cache-Control', 'max-age=2592000, private')
        return info
      },
    }),
    route({
      method: 'GET',
      path: '/api/v4/files/:file_id/link',
      access: 'session',
      handler: ({ session, params, request }) => makePublicLink(app, session, params.file_id!, request),
    }),
    ...publicDownloads(app),
  ]
}

async function upload(app: App, { session, query, request, stream }: Call<'session'>): Promise<unknown> {
  const asked = {
    channelId: query.text('channel_id'),
    filename: query.text('filename'),
    clientId: query.text('client_id'),
    bookmark: query.flag('bookmark'),
  }
  try {
    if (request.isMultipart()) return await uploadForm(app, session, asked, request)
    return await uploadBody(app, session, asked, stream ?? Readable.from([]))
  } catch (error) {
    throw asUploadError(request.raw, error)
  } finally {
    drain(request.raw)
  }
}

/** GET and HEAD of one form of a file. */
function downloads(app: App, suffix: string, form: (file: StoredFileInfo) => SentFile): Route[] {
  return (['GET', 'HEAD'] as const).map((method) =>
    route({
      method,
      path: `/api/v4/files/:file_id${suffix}`,
      access: 'session',
      noCsrf: true,
      handler: async (call) => sendFile(app, call, form(await readableFile(app, call.session, call.params.file_id!))),
    }),
  )
}

function publicDownloads(app: App): Route[] {
  return (['GET', 'HEAD'] as const).map((method) =>
    route({
      method,
      path: '/files/:file_id/public',
      access: 'public',
      noCsrf: true,
      handler: async (call) =>
        sendFile(app, call, wholeFile(await publicFile(app, call.params.file_id!, call.query.text('h')))),
    }),
  )
}

function wholeFile({ info, path }: StoredFileInfo): SentFile {
  return { path, name: info.name, mimeType: info.mime_type, etag: `"${info.id}"` }
}

function previewOf({ info, previewPath: path }: StoredFileInfo): SentFile {
  if (path === '') throw fileError('api.file.get_file_preview.no_preview.app_error')
  return { path, name: info.name, mimeType: mimeType(fileExtension(path)), etag: `"${info.id}-preview"` }
}

function thumbnailOf({ info, thumbnailPath: path }: StoredFileInfo): SentFile {
  if (path === '') throw fileError('api.file.get_file_thumbnail.no_thumbnail.app_error')
  return { path, name: info.name, mimeType: mimeType(fileExtension(path)), etag: `"${info.id}-thumbnail"` }
}
