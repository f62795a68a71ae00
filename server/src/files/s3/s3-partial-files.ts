import { buffer } from 'node:stream/consumers'
import { chunksOf, discard } from '../file-data.ts'
import type { FileData, PartialFiles } from '../file-store.ts'
import { FileStoreError } from '../file-store.ts'
import { partialPath } from '../paths.ts'
import { objectKey } from './object-key.ts'
import { partsOf } from './parts-of.ts'
import { compose, deleteObject, eachOf, getObject, listObjects, putObject } from './s3-bucket.ts'
import type { StoredObject } from './s3-bucket.ts'
import { bodyOf } from './s3-client.ts'
import type { S3Client } from './s3-client.ts'
import { inS3 } from './s3-error.ts'

/** One stored stretch of a partial file. */
type Segment = StoredObject & { offset: number }

/**
 * Partial files in S3, where nothing can be appended: each stretch is an object named by its offset, in a folder beside
 * the place of the whole file. All but the last are full parts: what follows a short one is stored together with it,
 * under its name. So the whole file can be composed inside the storage, which takes no short pieces but the last.
 */
export function s3PartialFiles(client: S3Client): PartialFiles {
  return {
    size: (path) =>
      inS3('look up', path, async () => {
        const { segments } = await readSegments(client, path)
        return segments.length === 0 ? null : endOf(segments)
      }),
    append: (path, data, at) =>
      inS3('append to', path, () => append(client, path, data, at).catch((error: unknown) => discard(data, error))),
    truncate: (path, size) => inS3('shorten', path, () => truncate(client, path, size)),
    finish: (path) =>
      inS3('move', path, async () => {
        const { segments, others } = await readSegments(client, path)
        if (segments.length === 0) throw new FileStoreError('not_found', `nothing was begun at ${path}`)
        await compose(client, segments, objectKey(client.settings.prefix, path))
        await removeAll(client, [...segments, ...others])
      }),
    remove: (path) =>
      inS3('remove', path, async () => {
        const { segments, others } = await readSegments(client, path)
        await removeAll(client, [...segments, ...others])
      }),
  }
}

const folderOf = (client: S3Client, path: string): string => `${partialPath(objectKey(client.settings.prefix, path))}/`

/** So many digits that the names of segments sort like their offsets. */
const segmentKey = (folder: string, offset: number): string => folder + String(offset).padStart(15, '0')

/** The segments that follow each other without a gap from the beginning, and what else lies there: of no use. */
async function readSegments(client: S3Client, path: string): Promise<{ segments: Segment[]; others: StoredObject[] }> {
  const folder = folderOf(client, path)
  const segments: Segment[] = []
  const others: StoredObject[] = []
  let end = 0
  for await (const page of listObjects(client, folder)) {
    for (const object of page) {
      if (object.key === segmentKey(folder, end) && object.size > 0) {
        segments.push({ ...object, offset: end })
        end += object.size
      } else others.push(object)
    }
  }
  return { segments, others }
}

function endOf(segments: readonly Segment[]): number {
  const last = segments.at(-1)
  return last ? last.offset + last.size : 0
}

async function append(client: S3Client, path: string, data: FileData, at: number): Promise<number> {
  const folder = folderOf(client, path)
  const { segments, others } = await readSegments(client, path)
  const size = endOf(segments)
  if (size !== at) throw new FileStoreError('wrong_offset', `${path} has ${size} bytes, not ${at}`)
  // A leftover behind the end would be taken for a segment once the file has grown up to it.
  await removeAll(client, others)
  const last = segments.at(-1)
  const short = last && last.size < client.settings.partBytes ? last : undefined
  let offset = short?.offset ?? at
  const begun = short ? await buffer(await getObject(client, short.key, {})) : undefined
  for await (const part of partsOf(begun ? joined(begun, data) : data, client.settings.partBytes, true)) {
    if (part.size > 0) await putObject(client, segmentKey(folder, offset), part, true)
    offset += part.size
  }
  return offset
}

async function* joined(begun: Uint8Array, data: FileData): AsyncGenerator<Uint8Array> {
  yield begun
  yield* chunksOf(data)
}

async function truncate(client: S3Client, path: string, size: number): Promise<void> {
  const { segments, others } = await readSegments(client, path)
  if (size > endOf(segments)) throw new FileStoreError('io', `${path} is shorter than ${size} bytes`)
  const cut = segments.find(({ offset, size: length }) => offset < size && offset + length > size)
  if (cut) {
    const kept = await buffer(await getObject(client, cut.key, { start: 0, end: size - cut.offset - 1 }))
    await putObject(client, cut.key, bodyOf(kept), true)
  }
  await removeAll(client, [...segments.filter(({ offset }) => offset >= size), ...others])
}

/** The first goes first: a file of which half is removed when the power fails then counts as not begun. */
async function removeAll(client: S3Client, objects: readonly StoredObject[]): Promise<void> {
  const [first, ...rest] = objects
  if (first) await deleteObject(client, first.key)
  await eachOf(rest, ({ key }) => deleteObject(client, key))
}
