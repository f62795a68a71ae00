import type { IncomingMessage } from 'node:http'
import type { ByteRange, FileStat } from '../file-store.ts'
import { fileExtension } from '../paths.ts'
import { encodeKey } from './object-key.ts'
import { bodyOf, rangeHeader } from './s3-client.ts'
import type { Body, S3Client } from './s3-client.ts'
import { S3Error } from './s3-error.ts'
import { elements, escaped, text } from './s3-xml.ts'

/** An object of the bucket. `modifiedAt` in ms. */
export type StoredObject = FileStat & { key: string }

/** A piece of a new object that is copied from an old one. */
export type Piece = { key: string; size: number }

const GiB = 1024 ** 3
/** S3 copies no more at once. */
const MAX_COPY = 5 * GiB
const PAGE = '1000'
const NAMESPACE = 'http://s3.amazonaws.com/doc/2006-03-01/'
const IMAGES = new Set(['jpg', 'jpeg', 'gif', 'bmp', 'png', 'tiff', 'tif', 'webp'])
const AT_ONCE = 4

/** Runs `work` for all items, four at a time. */
export async function eachOf<T>(items: readonly T[], work: (item: T, index: number) => Promise<void>): Promise<void> {
  let next = 0
  const worker = async () => {
    for (let index = next++; index < items.length; index = next++) await work(items[index]!, index)
  }
  await Promise.all(Array.from({ length: Math.min(AT_ONCE, items.length) }, worker))
}

/** Size and time of an object. Throws S3Error 404. */
export async function headObject(client: S3Client, key: string): Promise<FileStat> {
  const { headers } = (await client.send({ method: 'HEAD', key })).resume()
  return statOf(headers['content-length'], headers['last-modified'])
}

/** Opens an object or a range of it. Throws S3Error 404, 416. With `etag`, 412 when it was replaced. */
export function getObject(client: S3Client, key: string, range: ByteRange, etag?: string): Promise<IncomingMessage> {
  const wanted = rangeHeader(range)
  return client.send({
    method: 'GET',
    key,
    headers: { ...(wanted && { range: wanted }), ...(etag && { 'if-match': etag }) },
  })
}

/** Stores or replaces an object in one request. `passing`: not for long, so no class with a least time of storage. */
export async function putObject(client: S3Client, key: string, body: Body, passing = false): Promise<void> {
  await client.sendForText({ method: 'PUT', key, body, headers: objectHeaders(client, key, passing) })
}

/** Removes an object; a missing one is no error. */
export async function deleteObject(client: S3Client, key: string): Promise<void> {
  await client.sendForText({ method: 'DELETE', key })
}

/** Copies within the bucket, in the storage itself: the pieces one after the other become one object. */
export async function compose(client: S3Client, pieces: readonly Piece[], key: string): Promise<void> {
  const [only] = pieces
  if (pieces.length === 1 && only && only.size <= MAX_COPY) {
    const source = { 'x-amz-copy-source': sourceOf(client, only.key), 'x-amz-metadata-directive': 'REPLACE' }
    await client.sendForText({ method: 'PUT', key, headers: { ...objectHeaders(client, key), ...source } })
    return
  }
  const ranges = pieces.flatMap(rangesOf)
  const upload = await beginMultipart(client, key)
  try {
    await eachOf(ranges, (range, index) => upload.copyPart(index + 1, range))
    await upload.complete()
  } catch (error) {
    await upload.abort()
    throw error
  }
}

function rangesOf({ key, size }: Piece): { key: string; start: number; end: number }[] {
  const count = Math.ceil(size / MAX_COPY)
  return Array.from({ length: count }, (_, i) => ({
    key,
    start: i * MAX_COPY,
    end: Math.min(size, (i + 1) * MAX_COPY) - 1,
  }))
}

/** All objects whose keys begin with `prefix`, in pages. */
export async function* listObjects(client: S3Client, prefix: string): AsyncGenerator<StoredObject[]> {
  for await (const xml of listPages(client, { prefix })) {
    yield elements(xml, 'Contents').map((entry) => {
      const stat = statOf(text(entry, 'Size'), text(entry, 'LastModified'))
      return { ...stat, key: keyIn(xml, text(entry, 'Key')) }
    })
  }
}

/** Keys and "directories" directly below `prefix`, which ends in a slash; the latter end in one too. */
export async function listChildren(client: S3Client, prefix: string): Promise<string[]> {
  const found: string[] = []
  for await (const xml of listPages(client, { prefix, delimiter: '/' })) {
    const entries = elements(xml, 'Contents').map((entry) => text(entry, 'Key'))
    for (const group of elements(xml, 'CommonPrefixes')) entries.push(text(group, 'Prefix'))
    found.push(...entries.map((key) => keyIn(xml, key)))
  }
  return found
}

async function* listPages(client: S3Client, query: Record<string, string>): AsyncGenerator<string> {
  const fixed = { 'list-type': '2', 'encoding-type': 'url', 'max-keys': PAGE, ...query }
  let from: Record<string, string> = {}
  do {
    const xml = await client.sendForText({ method: 'GET', query: { ...fixed, ...from } })
    yield xml
    const token = text(xml, 'IsTruncated') === 'true' ? text(xml, 'NextContinuationToken') : ''
    from = token === '' ? {} : { 'continuation-token': token }
  } while ('continuation-token' in from)
}

const keyIn = (xml: string, key: string): string =>
  text(xml, 'EncodingType') === 'url' ? decodeURIComponent(key.replaceAll('+', ' ')) : key

/** A new object that is made of parts. Numbers begin at 1; readers see it when it is complete, and not before. */
export type Multipart = {
  part(number: number, body: Body): Promise<void>
  copyPart(number: number, source: { key: string; start: number; end: number }): Promise<void>
  complete(): Promise<void>
  /** Leaves nothing behind; what cannot be reached now is swept up later. */
  abort(): Promise<void>
}

/** Begins an object of parts. It must be completed or aborted. */
export async function beginMultipart(client: S3Client, key: string): Promise<Multipart> {
  const headers = objectHeaders(client, key)
  const begun = await client.sendForText({ method: 'POST', key, query: { uploads: '' }, headers })
  const uploadId = text(begun, 'UploadId')
  const etags: string[] = []
  return {
    part: async (number, body) => {
      const answer = await client.send({ method: 'PUT', key, query: partQuery(number, uploadId), body })
      etags[number - 1] = String(answer.resume().headers.etag)
    },
    copyPart: async (number, { key: from, start, end }) => {
      const range = { 'x-amz-copy-source': sourceOf(client, from), 'x-amz-copy-source-range': `bytes=${start}-${end}` }
      const query = partQuery(number, uploadId)
      etags[number - 1] = text(await client.sendForText({ method: 'PUT', key, query, headers: range }), 'ETag')
    },
    complete: () => complete(client, key, uploadId, etags),
    abort: () => abortUpload(client, key, uploadId).catch(() => undefined),
  }
}

const partQuery = (number: number, uploadId: string) => ({ partNumber: String(number), uploadId })

async function complete(client: S3Client, key: string, uploadId: string, etags: readonly string[]): Promise<void> {
  const parts = etags.map((etag, i) => `<Part><PartNumber>${i + 1}</PartNumber><ETag>${escaped(etag)}</ETag></Part>`)
  const body = bodyOf(`<CompleteMultipartUpload xmlns="${NAMESPACE}">${parts.join('')}</CompleteMultipartUpload>`)
  try {
    await client.sendForText({ method: 'POST', key, query: { uploadId }, body })
  } catch (error) {
    // The answer to an earlier try may have been lost on its way: then the object is there, made of these parts.
    if (!(error instanceof S3Error) || error.code !== 'NoSuchUpload') throw error
    const { etag = '' } = (await client.send({ method: 'HEAD', key })).resume().headers
    if (!etag.endsWith(`-${etags.length}"`)) throw error
  }
}

/** Multipart uploads below `prefix` that were begun and neither completed nor given up. */
export async function listUploads(
  client: S3Client,
  prefix: string,
): Promise<{ key: string; id: string; at: number }[]> {
  const query = { uploads: '', prefix, 'encoding-type': 'url', 'max-uploads': PAGE }
  const xml = await client.sendForText({ method: 'GET', query })
  return elements(xml, 'Upload').map((entry) => ({
    key: keyIn(xml, text(entry, 'Key')),
    id: text(entry, 'UploadId'),
    at: Date.parse(text(entry, 'Initiated')),
  }))
}

/** Gives up a multipart upload of somebody who is gone. */
export async function abortUpload(client: S3Client, key: string, uploadId: string): Promise<void> {
  await client.sendForText({ method: 'DELETE', key, query: { uploadId } })
}

/** Asks for one object below the prefix. Throws S3Error when bucket or key are wrong or the right to list is missing. */
export async function checkBucket(client: S3Client): Promise<void> {
  const { prefix } = client.settings
  await client.sendForText({ method: 'GET', query: { 'list-type': '2', 'max-keys': '1', prefix } })
}

/** Makes the bucket, in the region of the settings. */
export async function makeBucket(client: S3Client): Promise<void> {
  const { region } = client
  const place = `<LocationConstraint>${escaped(region)}</LocationConstraint>`
  const body = `<CreateBucketConfiguration xmlns="${NAMESPACE}">${place}</CreateBucketConfiguration>`
  await client.sendForText({ method: 'PUT', body: bodyOf(region === 'us-east-1' ? '' : body) })
}

const sourceOf = (client: S3Client, key: string): string => `/${client.settings.bucket}/${encodeKey(key)}`

function statOf(size: string | undefined, time: string | undefined): FileStat {
  const modifiedAt = Date.parse(time ?? '')
  return { size: Number(size ?? 0), modifiedAt: Number.isNaN(modifiedAt) ? 0 : modifiedAt }
}

/** The headers every new object gets; types are those that Mattermost writes. */
function objectHeaders({ settings }: S3Client, key: string, passing = false): Record<string, string> {
  const extension = fileExtension(key.slice(key.lastIndexOf('/') + 1))
  const type = { jpg: 'jpeg', tif: 'tiff' }[extension] ?? extension
  return {
    'content-type': IMAGES.has(extension) ? `image/${type}` : 'binary/octet-stream',
    ...(settings.encrypt && { 'x-amz-server-side-encryption': 'AES256' }),
    ...(settings.storageClass && !passing && { 'x-amz-storage-class': settings.storageClass }),
  }
}
