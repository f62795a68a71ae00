import { constants } from 'node:fs'
import { lstat, open, readdir, type FileHandle } from 'node:fs/promises'
import { join } from 'node:path'

export interface FoundFile {
  /** below the folder, with / between the parts */
  readonly path: string
  readonly isFolder: boolean
  readonly size: number
  readonly mode: number
  readonly mtime: Date
}

export interface Walk {
  /** left out, names that the folder itself has (not those deeper down) */
  readonly except: readonly string[]
  /** what is neither a file nor a folder, or cannot be read */
  readonly onSkipped: (path: string, why: string) => void
}

/**
 * Every folder and regular file below `root`, folders before what is in them. What vanishes meanwhile is passed over
 * without a word: the service deletes files too. Links are not followed, as the server does not follow them either.
 */
export async function* walkFolder(root: string, walk: Walk, below = ''): AsyncGenerator<FoundFile> {
  const names = await readdir(join(root, below)).catch((error: NodeJS.ErrnoException) => {
    if (!isGone(error)) walk.onSkipped(below || root, 'cannot be read')
    return []
  })
  for (const name of names.toSorted((a, b) => (a < b ? -1 : 1))) {
    if (below === '' && walk.except.includes(name)) continue
    const path = below === '' ? name : `${below}/${name}`
    const stat = await lstat(join(root, path)).catch(() => undefined)
    if (!stat) {
      if (name.includes('\uFFFD')) walk.onSkipped(path, 'its name is not UTF-8')
      continue
    }
    const isFolder = stat.isDirectory()
    if (!isFolder && !stat.isFile()) {
      walk.onSkipped(path, stat.isSymbolicLink() ? 'is a link' : 'is not a file')
      continue
    }
    yield { path, isFolder, size: isFolder ? 0 : stat.size, mode: stat.mode & 0o777, mtime: stat.mtime }
    if (isFolder) yield* walkFolder(root, walk, path)
  }
}

/** Opens a file to be read, and nothing but a file; undefined when it is gone. */
export async function openFile(path: string): Promise<FileHandle | undefined> {
  // NONBLOCK: opening a pipe that took the file's place must not hang.
  const flags = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK
  const handle = await open(path, flags).catch((error: NodeJS.ErrnoException) => {
    if (isGone(error)) return undefined
    throw error
  })
  if (handle && !(await handle.stat()).isFile()) {
    await handle.close()
    return undefined
  }
  return handle
}

const isGone = ({ code }: NodeJS.ErrnoException): boolean => code === 'ENOENT' || code === 'ENOTDIR'

/** Bytes of all files below a folder. */
export async function measureFolder(
  root: string,
  except: readonly string[],
): Promise<{ files: number; bytes: number }> {
  const total = { files: 0, bytes: 0 }
  for await (const found of walkFolder(root, { except, onSkipped: () => undefined })) {
    if (found.isFolder) continue
    total.files++
    total.bytes += found.size
  }
  return total
}
