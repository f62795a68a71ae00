import { createWriteStream } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import type { IncomingMessage } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { GuardedConnections } from '../../outgoing/guarded-connections.ts'
import { OutgoingError } from '../../outgoing/outgoing-error.ts'
import { discard } from '../file-data.ts'
import type { ByteRange, FileData, FileStore } from '../file-store.ts'
import { FileStoreError } from '../file-store.ts'
import { objectKey } from './object-key.ts'
import { partsOf } from './parts-of.ts'
import {
  abortUpload,
  beginMultipart,
  checkBucket,
  compose,
  deleteObject,
  eachOf,
  getObject,
  headObject,
  listChildren,
  listObjects,
  listUploads,
  makeBucket,
  putObject,
} from './s3-bucket.ts'
import type { Multipart } from './s3-bucket.ts'
import { S3Client, arriving } from './s3-client.ts'
import type { S3ClientParts } from './s3-client.ts'
import { credentialSource } from './s3-credentials.ts'
import { S3Error, fromS3, inS3 } from './s3-error.ts'
import { s3PartialFiles } from './s3-partial-files.ts'
import { s3Settings } from './s3-settings.ts'
import type { FileSettings } from './s3-settings.ts'

/** A file store in a bucket of S3 or of a storage that speaks like it. */
export type S3FileStore = FileStore & {
  /** Makes the missing bucket. */
  makeBucket(): Promise<void>
  /** Gives up uploads below our paths that a crash cut short before `olderThan` (ms). Answers how many. */
  sweep(olderThan: number): Promise<number>
  close(): void
}

/** What of the process the store uses. */
export type S3Surroundings = {
  allowedInternal: string
  insecureTls: boolean
  env: NodeJS.ProcessEnv
  trace: S3ClientParts['trace']
}

const SINGLE_READ_TRIES = 4

/** A store on the bucket of these settings; nothing is sent yet. Throws `FileStoreError` `settings`. */
export function openS3FileStore(fileSettings: FileSettings, surroundings: S3Surroundings): S3FileStore {
  const settings = s3Settings(fileSettings)
  const { timeoutMs, secure, prefix } = settings
  const connections = new GuardedConnections({ ...surroundings, environment: surroundings.env, timeoutMs, secure })
  const credentials = credentialSource(settings.key, surroundings)
  const client = new S3Client(settings, { connections, credentials, trace: surroundings.trace })
  const at = (path: string) => objectKey(prefix, path)
  return {
    partial: s3PartialFiles(client),
    read: (path, range) => inS3('read', path, () => openObject(client, at(path), path, range ?? {})),
    readBuffer: (path, maxBytes) => inS3('read', path, () => readWhole(client, at(path), path, maxBytes ?? Infinity)),
    write: (path, data) =>
      inS3('write', path, async () => writeObject(client, at(path), data)).catch((error: unknown) =>
        discard(data, error),
      ),
    exists: (path) => inS3('look up', path, () => exists(client, at(path))),
    size: (path) => inS3('look up', path, async () => (await headObject(client, at(path))).size),
    stat: (path) => inS3('look up', path, () => headObject(client, at(path))),
    move: (from, to) =>
      inS3('move', from, async () => {
        if (at(from) === at(to)) return void (await headObject(client, at(from)))
        await copy(client, at(from), at(to))
        await deleteObject(client, at(from))
      }),
    copy: (from, to) => inS3('copy', from, () => copy(client, at(from), at(to))),
    remove: (path) => inS3('remove', path, () => deleteObject(client, at(path))),
    removeDir: (path) => inS3('remove', path, () => removeBelow(client, `${at(path)}/`)),
    list: (path) => inS3('list', path, () => list(client, at(path))),
    onDisk: async (path, work) => {
      const folder = await mkdtemp(join(tmpdir(), 'outpost-'))
      try {
        const copyOnDisk = join(folder, 'file')
        const content = await inS3('read', path, () => openObject(client, at(path), path, {}))
        await pipeline(content, createWriteStream(copyOnDisk, { mode: 0o600 }))
        return await work(copyOnDisk)
      } finally {
        await rm(folder, { recursive: true, force: true })
      }
    },
    check: () => inS3('reach', `bucket ${settings.bucket}`, () => checkBucket(client)),
    makeBucket: () => inS3('make', `bucket ${settings.bucket}`, () => makeBucket(client)),
    sweep: (olderThan) => inS3('sweep', `bucket ${settings.bucket}`, () => sweep(client, olderThan)),
    close: () => connections.close(),
  }
}

async function exists(client: S3Client, key: string): Promise<boolean> {
  try {
    await headObject(client, key)
    return true
  } catch (error) {
    if (error instanceof S3Error && error.status === 404) return false
    throw error
  }
}

async function copy(client: S3Client, from: string, to: string): Promise<void> {
  const { size } = await headObject(client, from)
  if (from !== to) await compose(client, [{ key: from, size }], to)
}

/** One request for what fits into a part, else many; either way the new content appears at once or not at all. */
async function writeObject(client: S3Client, key: string, data: FileData): Promise<number> {
  let upload: Multipart | undefined
  let size = 0
  let number = 1
  try {
    for await (const part of partsOf(data, client.settings.partBytes)) {
      size += part.size
      if (part.last && !upload) await putObject(client, key, part)
      else {
        upload ??= await beginMultipart(client, key)
        await upload.part(number++, part)
      }
    }
    await upload?.complete()
  } catch (error) {
    await upload?.abort()
    throw error
  }
  return size
}

async function openObject(client: S3Client, key: string, path: string, range: ByteRange): Promise<Readable> {
  const response = await getObject(client, key, range).catch((error: unknown) => {
    if (error instanceof S3Error && error.status === 416) return null // behind the end there is nothing
    throw error
  })
  if (!response) return Readable.from([])
  return Readable.from(bytesOf(client, key, path, response, range.start ?? 0), { objectMode: false })
}

/** The bytes of an open answer. A connection that breaks on the way is taken up again where it broke. */
async function* bytesOf(
  client: S3Client,
  key: string,
  path: string,
  response: IncomingMessage,
  start: number,
): AsyncGenerator<Buffer> {
  const end = start + Number(response.headers['content-length'] ?? 0) - 1
  const { etag } = response.headers
  let position = start
  let current = response
  for (let tries = 1; ;) {
    try {
      for await (const chunk of arriving(current, client.settings.timeoutMs)) {
        position += chunk.length
        yield chunk
      }
      return
    } catch (error) {
      if (!(error instanceof OutgoingError) || ++tries > SINGLE_READ_TRIES) throw fromS3(error, 'read', path)
      current = await inS3('read', path, () => getObject(client, key, { start: position, end }, etag))
    }
  }
}

async function readWhole(client: S3Client, key: string, path: string, maxBytes: number): Promise<Buffer> {
  const response = await getObject(client, key, {})
  const size = Number(response.headers['content-length'] ?? 0)
  if (size > maxBytes) {
    response.destroy()
    throw new FileStoreError('too_large', `${path} has ${size} bytes, more than ${maxBytes}`)
  }
  const chunks: Buffer[] = []
  for await (const chunk of bytesOf(client, key, path, response, 0)) chunks.push(chunk)
  return Buffer.concat(chunks)
}

async function removeBelow(client: S3Client, prefix: string): Promise<void> {
  for await (const page of listObjects(client, prefix)) await eachOf(page, ({ key }) => deleteObject(client, key))
}

async function list(client: S3Client, directory: string): Promise<string[]> {
  const { prefix } = client.settings
  const above = prefix === '' ? 0 : prefix.length + (prefix === '/' ? 0 : 1)
  const names = await listChildren(client, `${directory}/`)
  return names.map((name) => name.slice(above).replace(/\/$/, '')).toSorted((a, b) => (a < b ? -1 : a > b ? 1 : 0))
}

/** Only uploads to paths like ours: others may use the same bucket. */
const OUR_UPLOADS = /^(?:\d{8}\/teams\/|bookmark\/teams\/|incoming\/)/

async function sweep(client: S3Client, olderThan: number): Promise<number> {
  const { prefix } = client.settings
  const above = prefix === '' || prefix === '/' ? prefix : `${prefix}/`
  const uploads = await listUploads(client, above)
  const old = uploads.filter(({ key, at }) => at < olderThan && OUR_UPLOADS.test(key.slice(above.length)))
  await eachOf(old, ({ key, id }) => abortUpload(client, key, id))
  for await (const page of listObjects(client, `${above}incoming/`)) {
    await eachOf(page, async ({ key, modifiedAt }) => {
      if (modifiedAt < olderThan) await deleteObject(client, key)
    })
  }
  return old.length
}
