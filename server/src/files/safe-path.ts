import { lstat, realpath } from 'node:fs/promises'
import { dirname, join, sep } from 'node:path'
import { FileStoreError } from './file-store.ts'

/** Directory under the root for files still being written; no stored path may lead into it. */
export const TEMP_DIR = '.tmp'

const MAX_PATH_BYTES = 2048
const MAX_PART_BYTES = 255 // of ext4 and xfs

/**
 * The parts of a stored path. Throws `invalid_path` for anything that could leave the root: `..`, an absolute path, NUL,
 * a value that is not text, parts longer than the file system takes. `.` and empty parts are dropped.
 */
export function pathParts(path: string): string[] {
  const refuse = (why: string) => new FileStoreError('invalid_path', `refused path ${JSON.stringify(path)}: ${why}`)
  if (typeof path !== 'string') throw refuse('not a string')
  if (path.includes('\0')) throw refuse('contains NUL')
  if (path.startsWith('/')) throw refuse('absolute')
  if (Buffer.byteLength(path) > MAX_PATH_BYTES) throw refuse('too long')
  const parts = path.split('/').filter((part) => part !== '' && part !== '.')
  if (parts.length === 0) throw refuse('empty')
  if (parts[0] === TEMP_DIR) throw refuse('reserved')
  for (const part of parts) {
    if (part === '..') throw refuse('contains ..')
    if (Buffer.byteLength(part) > MAX_PART_BYTES) throw refuse('a part is too long')
  }
  return parts
}

/** Whether `path` (absolute, resolved) is `root` or lies below it. */
function isInside(root: string, path: string): boolean {
  return path === root || path.startsWith(root.endsWith(sep) ? root : root + sep)
}

/** The real place of the deepest directory of `path` that exists already. */
async function realExistingDir(path: string): Promise<string> {
  for (let dir = path; ; dir = dirname(dir)) {
    try {
      return await realpath(dir)
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT' || dir === dirname(dir)) throw error
      // A link that points to nothing also says ENOENT: creating "below" it would write wherever it points.
      if (
        await lstat(dir).then(
          (found) => found.isSymbolicLink(),
          () => false,
        )
      ) {
        throw new FileStoreError('invalid_path', `refused path: ${dir} is a dangling link`)
      }
    }
  }
}

/**
 * The absolute path of a stored path below `root` (itself absolute and free of links). Directories on the way may be
 * links only if they stay inside the root; the last part is never followed (openers add O_NOFOLLOW).
 */
export async function resolveInside(root: string, path: string): Promise<string> {
  const full = join(root, ...pathParts(path))
  const parent = await realExistingDir(dirname(full))
  if (!isInside(root, parent)) {
    throw new FileStoreError('invalid_path', `refused path ${JSON.stringify(path)}: leads out of the data directory`)
  }
  return full
}
