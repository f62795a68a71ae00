import type { App } from '../app.ts'
import { SENT } from '../http/route.ts'
import type { Call } from '../http/route.ts'
import { downloadHeaders, isNotModified, parseRange, rangeStillValid } from './download-headers.ts'
import { reading } from './storage-trouble.ts'

/** A stored file as it is to be sent. */
export interface SentFile {
  readonly path: string
  /** the name it is saved under */
  readonly name: string
  readonly mimeType: string
  /** identifies the content; unchanged as long as that is */
  readonly etag: string
}

/**
 * Answers GET or HEAD with a stored file: whole, a range of it, or 304. Throws 404 when the bytes are missing. The query
 * parameter `download` makes browsers save it.
 */
export async function sendFile(app: Pick<App, 'files' | 'config'>, call: Call, file: SentFile): Promise<typeof SENT> {
  const { request, reply } = call
  const { size, modifiedAt } = await reading(() => app.files.stat(file.path))
  const entity = { etag: file.etag, modifiedAt }
  reply.headers({
    ...downloadHeaders({ ...file, modifiedAt, download: call.query.flag('download') }),
    ETag: file.etag,
  })
  if (isNotModified(request.headers, entity)) {
    reply.code(304).send()
    return SENT
  }
  const wanted = rangeStillValid(request.headers['if-range'], entity) ? parseRange(request.headers.range, size) : null
  if (wanted === 'unsatisfiable') {
    reply.code(416).header('Content-Range', `bytes */${size}`).header('Content-Length', '0').send()
    return SENT
  }
  const range = wanted ?? { start: 0, end: size - 1 }
  const length = range.end - range.start + 1
  if (wanted) reply.header('Content-Range', `bytes ${range.start}-${range.end}/${size}`)
  reply.code(wanted ? 206 : 200).header('Content-Length', String(length))
  // The mobile apps show progress by this header, because a compressing proxy takes the length away.
  if (app.config.get().ServiceSettings.WebserverMode === 'gzip') reply.header('X-Uncompressed-Content-Length', size)
  if (request.method === 'HEAD' || length === 0) reply.send()
  else reply.send(await reading(() => app.files.read(file.path, wanted ?? undefined)))
  return SENT
}
