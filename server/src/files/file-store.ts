import type { Readable } from 'node:stream'

/** Bytes to store: in memory, or a stream of chunks (a Node `Readable` is one). */
export type FileData = Uint8Array | AsyncIterable<Uint8Array>

/** First and last byte to read, both inclusive, counted from 0 (as in an HTTP range). */
export type ByteRange = { start?: number; end?: number }

/** Size in bytes and the time of the last change in ms. */
export type FileStat = { size: number; modifiedAt: number }

/**
 * Where files live. Paths are relative with `/` between the parts, as stored in fileinfo.path. Every method throws
 * `FileStoreError` for trouble of its own; an error of the incoming data is passed on unchanged.
 */
export type FileStore = {
  /** Opens a file. Rejects before the first byte if it is missing. The caller must consume or destroy the stream. */
  read(path: string, range?: ByteRange): Promise<Readable>
  /** The whole content; refuses a file larger than `maxBytes` with `too_large`. */
  readBuffer(path: string, maxBytes?: number): Promise<Buffer>
  /** Stores or replaces a file as one step: readers see the old or the new content. Answers the bytes written. */
  write(path: string, data: FileData): Promise<number>
  /** Files that arrive in parts. */
  readonly partial: PartialFiles
  exists(path: string): Promise<boolean>
  size(path: string): Promise<number>
  stat(path: string): Promise<FileStat>
  /** Renames, replacing the target. */
  move(from: string, to: string): Promise<void>
  copy(from: string, to: string): Promise<void>
  /** Removes one file; a missing one is no error. */
  remove(path: string): Promise<void>
  /** Removes a directory with all that is in it; a missing one is no error. */
  removeDir(path: string): Promise<void>
  /** Paths of the direct children (files and directories), sorted; empty for a missing directory. */
  list(path: string): Promise<string[]>
  /** Runs `work` with a path on this machine's disk that holds the file meanwhile: spares reading it into memory. */
  onDisk<T>(path: string, work: (localPath: string) => Promise<T>): Promise<T>
  /** Proves that the storage works; cheap enough for a monitor that asks all the time. */
  check(): Promise<void>
}

/**
 * Files that arrive in parts, kept apart from whole ones: nobody can read one before `finish`. Paths are those of the
 * whole file. Errors as for a FileStore.
 */
export type PartialFiles = {
  /** Bytes that are safe so far, null when nothing was begun. */
  size(path: string): Promise<number | null>
  /**
   * Adds bytes at `at`, which must be the present size (0 at the beginning), else `wrong_offset`. Answers the new size.
   * What arrived before a failing stream stays, so that an upload can go on; ask `size` for the truth.
   */
  append(path: string, data: FileData, at: number): Promise<number>
  /** Shortens to `size` bytes: takes back appended bytes that turned out to be unwanted. */
  truncate(path: string, size: number): Promise<void>
  /** Puts the whole file in its place as one step, replacing what is there. */
  finish(path: string): Promise<void>
  /** Forgets all parts; a file that was never begun is no error. */
  remove(path: string): Promise<void>
}

/**
 * Why a file operation failed. `full`: no space or quota left. `io`: anything else of the disk, see `cause`. Of storage
 * elsewhere: `settings` cannot work as they are, `unavailable` right now, `denied` to this account, `no_bucket`.
 */
export type FileStoreErrorCode =
  | 'invalid_path'
  | 'not_found'
  | 'full'
  | 'too_large'
  | 'wrong_offset'
  | 'io'
  | 'settings'
  | 'unavailable'
  | 'denied'
  | 'no_bucket'

/** Trouble of the store itself. The message is for the operator's log, never for the sender of a request. */
export class FileStoreError extends Error {
  readonly code: FileStoreErrorCode

  constructor(code: FileStoreErrorCode, message: string, cause?: unknown) {
    super(message, { cause })
    this.name = 'FileStoreError'
    this.code = code
  }
}

const CODES: Record<string, FileStoreErrorCode> = {
  ENOENT: 'not_found',
  ENOTDIR: 'not_found',
  ENOSPC: 'full',
  EDQUOT: 'full',
  EFBIG: 'full',
  ELOOP: 'invalid_path',
  ENAMETOOLONG: 'invalid_path',
}

/** Turns an error of the file system into a `FileStoreError` that names the operation and the stored path. */
export function toStoreError(error: unknown, operation: string, path: string): FileStoreError {
  if (error instanceof FileStoreError) return error
  const errno = (error as NodeJS.ErrnoException | null)?.code ?? ''
  const code = CODES[errno] ?? 'io'
  const hint = code === 'full' ? ': no space left for files, free some or enlarge the disk' : ''
  return new FileStoreError(code, `cannot ${operation} ${path} (${errno || String(error)})${hint}`, error)
}
