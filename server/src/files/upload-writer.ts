import type { Readable } from 'node:stream'
import { AppError } from '../http/errors.ts'
import type { FileData, FileStore } from './file-store.ts'
import { FileStoreError } from './file-store.ts'
import { fileError } from './files.errors.ts'
import { storing } from './storage-trouble.ts'

/** The first part of a resumable upload has at least so many bytes, unless it is the whole file. */
export const MIN_FIRST_PART = 5 * 1024 * 1024

/** What of an upload session the bytes depend on: the final path, the announced size, the offset its row tells. */
export type ResumableUpload = { path: string; fileSize: number; offset: number }

/** The bytes of a request: a stream such as a request body or a multipart file, or what a FileStore takes. */
export type UploadData = Readable | FileData

/** How far a resumable upload has come. */
export type UploadProgress = { offset: number; complete: boolean }

/**
 * Stores an upload of one request and answers its size in bytes. Throws 413 as soon as more than `maxBytes` arrived, and
 * whatever the stream throws when the sender goes away; then nothing is left. A multipart parser with a limit
 * of its own cuts silently: give it none, or check its `truncated` afterwards.
 */
export async function writeUpload(
  store: FileStore,
  path: string,
  data: UploadData,
  limit: { maxBytes: number; name: string },
): Promise<number> {
  const tooLarge = () =>
    fileError('api.file.upload_file.too_large_detailed.app_error', { Filename: limit.name, Limit: limit.maxBytes })
  try {
    return await storing(() => store.write(path, limited(data, limit.maxBytes, tooLarge)))
  } catch (error) {
    release(data)
    throw error
  }
}

/**
 * How many bytes of a resumable upload are stored for good: the truth after any crash, whatever the row says. Routes answer
 * this as file_offset and put it into the row, so that a client whose request broke off goes on at the right place.
 */
export async function uploadOffset(store: FileStore, path: string, fileSize: number): Promise<number> {
  return storing(async () => {
    const partial = await store.partial.size(path)
    if (partial !== null) return Math.min(partial, fileSize)
    // A crash between the last move and the row: the file is whole and in place.
    return (await sizeOrNull(store, path)) === fileSize ? fileSize : 0
  })
}

const busy = new Set<string>()

/**
 * Adds one part to a resumable upload and, when the announced size is reached, moves the file to its final path.
 * Answers the new offset, to be stored in the row. An upload found complete is finished without reading data.
 * Errors: 400 when another request writes the same upload or the row's offset is not that of the storage; 400 when more
 * bytes come than announced (the part is undone); 400 when the first part is too small (undone). When the sender goes
 * away, its error is passed on and the bytes stay: read `uploadOffset`. Guards within this process only.
 */
export async function appendUpload(
  store: FileStore,
  upload: ResumableUpload,
  data: UploadData,
): Promise<UploadProgress> {
  const mine = !busy.has(upload.path)
  try {
    if (!mine) throw fileError('app.upload.upload_data.concurrent.app_error', {}, 'another part is being written')
    busy.add(upload.path)
    return await storing(() => appendPart(store, upload, data))
  } catch (error) {
    release(data)
    throw error
  } finally {
    if (mine) busy.delete(upload.path)
  }
}

/** Removes what a given-up resumable upload left. */
export async function abortUpload(store: FileStore, path: string): Promise<void> {
  await storing(() => store.partial.remove(path))
}

async function appendPart(store: FileStore, upload: ResumableUpload, data: UploadData): Promise<UploadProgress> {
  const { path, fileSize } = upload
  const before = await store.partial.size(path)
  if (before === null && (await sizeOrNull(store, path)) === fileSize) return { offset: fileSize, complete: true }
  if (before === fileSize) return finish(store, path, fileSize)
  if ((before ?? 0) !== upload.offset) {
    throw fileError(
      'app.upload.upload_data.concurrent.app_error',
      {},
      `${before ?? 0} bytes stored, row says ${upload.offset}`,
    )
  }
  const start = upload.offset
  const tooMany = () => fileError('api.upload.upload_data.invalid_content_length')
  try {
    await store.partial.append(path, limited(data, fileSize - start, tooMany), start)
  } catch (error) {
    const undone =
      error instanceof AppError ? undoPart(store, path, start) : dropSmallStart(store, path, start, fileSize)
    await undone.catch(() => undefined) // of two troubles the first is told
    throw error
  }
  if (await dropSmallStart(store, path, start, fileSize)) {
    throw fileError('app.upload.upload_data.first_part_too_small.app_error', { Size: MIN_FIRST_PART })
  }
  const offset = (await store.partial.size(path)) ?? 0
  return offset === fileSize ? finish(store, path, fileSize) : { offset, complete: false }
}

async function finish(store: FileStore, path: string, fileSize: number): Promise<UploadProgress> {
  await store.partial.finish(path)
  return { offset: fileSize, complete: true }
}

/** Takes back a refused part: the upload stands where it stood before. */
async function undoPart({ partial }: FileStore, path: string, start: number): Promise<void> {
  if (start === 0) await partial.remove(path)
  else await partial.truncate(path, start)
}

/** Removes a beginning that is too small to be kept (object stores refuse such parts). Answers whether it did. */
async function dropSmallStart({ partial }: FileStore, path: string, start: number, fileSize: number): Promise<boolean> {
  if (start > 0) return false
  const size = (await partial.size(path)) ?? 0
  if (size >= MIN_FIRST_PART || size === fileSize) return false
  await partial.remove(path)
  return true
}

/** Passes chunks on while they are within `max` bytes; the chunk that goes beyond throws `error()`. */
async function* limited(data: UploadData, max: number, error: () => Error): AsyncGenerator<Uint8Array> {
  let seen = 0
  for await (const chunk of chunksOf(data)) {
    const bytes = typeof chunk === 'string' ? Buffer.from(chunk) : chunk
    seen += bytes.length
    if (seen > max) throw error()
    yield bytes
  }
}

function chunksOf(data: UploadData): AsyncIterable<Uint8Array | string> | Uint8Array[] {
  if (data instanceof Uint8Array) return [data]
  // A request destroyed here would close the connection before the sender can read why it was refused.
  return 'iterator' in data ? data.iterator({ destroyOnReturn: false }) : data
}

/** Lets the rest of a refused upload run into nothing, so that the answer can go out and no late error is unheard. */
function release(data: UploadData): void {
  if (!('resume' in data)) return
  data.on('error', () => {})
  data.resume()
}

async function sizeOrNull(store: FileStore, path: string): Promise<number | null> {
  try {
    return await store.size(path)
  } catch (error) {
    if (error instanceof FileStoreError && error.code === 'not_found') return null
    throw error
  }
}
