import { constants } from 'node:fs'
import type { FileHandle } from 'node:fs/promises'
import { copyFile, lstat, mkdir, open, readdir, realpath, rename, rm, unlink } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import type { Readable } from 'node:stream'
import { newId } from '../ids.ts'
import { chunksOf, discard } from './file-data.ts'
import type { ByteRange, FileData, FileStat, FileStore, PartialFiles } from './file-store.ts'
import { FileStoreError, toStoreError } from './file-store.ts'
import { partialPath } from './paths.ts'
import { TEMP_DIR, pathParts, resolveInside } from './safe-path.ts'

const DIR_MODE = 0o750
const FILE_MODE = 0o600
// NOFOLLOW: a link planted as a file must not be followed. NONBLOCK: opening a pipe planted as a file must not hang.
const READ_FLAGS = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK
const APPEND_FLAGS = constants.O_WRONLY | constants.O_CREAT | constants.O_NOFOLLOW | constants.O_NONBLOCK

/** A file store on this machine's disk, with upkeep. */
export type LocalFileStore = FileStore & {
  localPath(path: string): Promise<string>
  /** Removes what writes cut short by a crash left behind and is older than `olderThan` ms. Answers how many. */
  sweepTemp(olderThan: number): Promise<number>
}

/** Opens (and creates, mode 0750) the data directory. `directory` may itself be a link; nothing below may lead out. */
export async function openLocalFileStore(directory: string): Promise<LocalFileStore> {
  const wanted = resolve(directory)
  const root = await attempt('create', wanted, async () => {
    await mkdir(join(wanted, TEMP_DIR), { recursive: true, mode: DIR_MODE })
    return realpath(wanted)
  })
  const at = (path: string) => resolveInside(root, path)
  return {
    read: (path, range) => attempt('read', path, async () => readStream(await at(path), range ?? {})),
    readBuffer: (path, maxBytes) => attempt('read', path, async () => readAll(await at(path), maxBytes ?? Infinity)),
    write: (path, data) => writeFile(root, path, data),
    partial: partialFiles(root),
    exists: (path) => attempt('look up', path, async () => (await statFile(await at(path))) !== null),
    size: (path) => attempt('look up', path, async () => (await statOrThrow(await at(path), path)).size),
    stat: (path) => attempt('look up', path, async () => statOrThrow(await at(path), path)),
    move: (from, to) => moveFile(root, from, to),
    copy: (from, to) =>
      attempt('copy', from, async () => void (await writeFile(root, to, await readStream(await at(from), {})))),
    remove: (path) => attempt('remove', path, async () => rm(await at(path), { force: true })),
    removeDir: (path) => attempt('remove', path, async () => rm(await at(path), { recursive: true, force: true })),
    list: (path) => attempt('list', path, async () => listDir(dirname(await at(`${path}/x`)), path)),
    localPath: (path) => localPath(root, path),
    onDisk: async (path, work) => work(await localPath(root, path)),
    check: async () => {
      const path = 'testfile'
      await writeFile(root, path, Buffer.from('test'))
      await attempt('remove', path, async () => rm(await at(path), { force: true }))
    },
    sweepTemp: (olderThan) => attempt('sweep', TEMP_DIR, () => sweep(join(root, TEMP_DIR), olderThan)),
  }
}

function localPath(root: string, path: string): Promise<string> {
  return attempt('look up', path, async () => {
    const full = await resolveInside(root, path)
    await statOrThrow(full, path)
    return full
  })
}

/** A partial file grows beside its place. */
function partialFiles(root: string): PartialFiles {
  const at = async (path: string) => resolveInside(root, partialPath(pathParts(path).join('/')))
  return {
    size: (path) => attempt('look up', path, async () => (await statFile(await at(path)))?.size ?? null),
    append: (path, data, offset) => appendFile(root, path, () => at(path), data, offset),
    truncate: (path, size) => attempt('shorten', path, async () => truncateFile(await at(path), size)),
    finish: async (path) => {
      await attempt('move', path, () => at(path))
      await moveFile(root, partialPath(path), path)
    },
    remove: (path) => attempt('remove', path, async () => rm(await at(path), { force: true })),
  }
}

function moveFile(root: string, from: string, to: string): Promise<void> {
  return attempt('move', from, async () => {
    const source = await resolveInside(root, from)
    await statOrThrow(source, from)
    await place(root, source, await resolveInside(root, to))
    await syncDir(dirname(source))
  })
}

/** Runs `work`; whatever the file system throws becomes a FileStoreError naming the operation. */
async function attempt<T>(operation: string, path: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    throw toStoreError(error, operation, path)
  }
}

/** Size and time of a regular file; null if there is none (directories and links are not files here). */
async function statFile(full: string): Promise<FileStat | null> {
  const found = await lstat(full).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return null
    throw error
  })
  return found?.isFile() ? { size: found.size, modifiedAt: Math.floor(found.mtimeMs) } : null
}

async function statOrThrow(full: string, path: string): Promise<FileStat> {
  const found = await statFile(full)
  if (!found) throw new FileStoreError('not_found', `no file at ${path}`)
  return found
}

async function openFile(full: string): Promise<{ handle: FileHandle; size: number }> {
  const handle = await open(full, READ_FLAGS)
  const found = await handle.stat().catch(async (error: unknown) => {
    await handle.close()
    throw error
  })
  if (found.isFile()) return { handle, size: found.size }
  await handle.close()
  throw new FileStoreError('not_found', `not a file: ${full}`)
}

async function readStream(full: string, range: ByteRange): Promise<Readable> {
  const { handle } = await openFile(full)
  return handle.createReadStream(range)
}

async function readAll(full: string, maxBytes: number): Promise<Buffer> {
  const { handle, size } = await openFile(full)
  try {
    if (size > maxBytes) throw new FileStoreError('too_large', `${full} has ${size} bytes, more than ${maxBytes}`)
    return await handle.readFile()
  } finally {
    await handle.close()
  }
}

/**
 * Writes all of `data` from `position` on and syncs it, also when the data breaks off. Answers the end position.
 * Only the disk's own errors become FileStoreErrors.
 */
async function pump(handle: FileHandle, data: FileData, position: number, path: string): Promise<number> {
  try {
    for await (const chunk of chunksOf(data)) {
      for (let done = 0; done < chunk.length;) {
        const written = await attempt('write', path, () => handle.write(chunk, done, chunk.length - done, position))
        done += written.bytesWritten
        position += written.bytesWritten
      }
    }
  } finally {
    await attempt('write', path, () => handle.sync())
  }
  return position
}

/** Temp file, sync, rename: a crash leaves the old file or the new one, never half of one. */
async function writeFile(root: string, path: string, data: FileData): Promise<number> {
  const full = await attempt('write', path, () => resolveInside(root, path)).catch((error: unknown) =>
    discard(data, error),
  )
  const temp = join(root, TEMP_DIR, newId())
  const handle = await attempt('write', path, () => open(temp, 'wx', FILE_MODE)).catch((error: unknown) =>
    discard(data, error),
  )
  try {
    const size = await pump(handle, data, 0, path).finally(() => handle.close())
    await attempt('write', path, () => place(root, temp, full))
    return size
  } catch (error) {
    await rm(temp, { force: true })
    throw error
  }
}

async function appendFile(
  root: string,
  path: string,
  at: () => Promise<string>,
  data: FileData,
  offset: number,
): Promise<number> {
  const handle = await attempt('append to', path, async () => {
    const full = await at()
    await makeDir(root, dirname(full))
    return open(full, APPEND_FLAGS, FILE_MODE)
  }).catch((error: unknown) => discard(data, error))
  try {
    const found = await attempt('append to', path, () => handle.stat())
    if (!found.isFile()) throw new FileStoreError('not_found', `not a file: ${path}`)
    if (found.size !== offset) {
      throw new FileStoreError('wrong_offset', `${path} has ${found.size} bytes, not ${offset}`)
    }
    return await pump(handle, data, offset, path)
  } catch (error) {
    return discard(data, error)
  } finally {
    await handle.close()
  }
}

async function truncateFile(full: string, size: number): Promise<void> {
  const handle = await open(full, constants.O_WRONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK)
  try {
    await handle.truncate(size)
    await handle.sync()
  } finally {
    await handle.close()
  }
}

/** Moves a finished file to its place and makes the move durable. */
async function place(root: string, source: string, target: string): Promise<void> {
  await makeDir(root, dirname(target))
  try {
    await rename(source, target)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EXDEV') throw error
    await placeAcrossDisks(source, target) // a directory of the data may be a mount of its own
  }
  await syncDir(dirname(target))
}

async function placeAcrossDisks(source: string, target: string): Promise<void> {
  const beside = join(dirname(target), `.${newId()}`)
  try {
    await copyFile(source, beside, constants.COPYFILE_EXCL)
    const handle = await open(beside, 'r+')
    await handle.sync().finally(() => handle.close())
    await rename(beside, target)
  } catch (error) {
    await rm(beside, { force: true })
    throw error
  }
  await unlink(source)
}

/** Creates a directory below the root; the names of new ones are synced too, else a power cut could lose the branch. */
async function makeDir(root: string, dir: string): Promise<void> {
  const first = await mkdir(dir, { recursive: true, mode: DIR_MODE })
  if (first === undefined) return
  for (let made = dir; made !== root; made = dirname(made)) {
    await syncDir(dirname(made))
    if (made === first) break
  }
}

async function syncDir(dir: string): Promise<void> {
  const handle = await open(dir, constants.O_RDONLY | constants.O_DIRECTORY)
  await handle.sync().finally(() => handle.close())
}

async function listDir(full: string, path: string): Promise<string[]> {
  const names = await readdir(full).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return []
    throw error
  })
  const parent = pathParts(path).join('/')
  return names.toSorted(byCodePoint).map((name) => `${parent}/${name}`)
}

async function sweep(dir: string, olderThan: number): Promise<number> {
  let removed = 0
  for (const name of await readdir(dir)) {
    const found = await statFile(join(dir, name))
    if (!found || found.modifiedAt >= olderThan) continue
    await rm(join(dir, name), { force: true })
    removed++
  }
  return removed
}

const byCodePoint = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
