import { stat, statfs } from 'node:fs/promises'
import { dirname } from 'node:path'
import { Problem } from '../cli/problem.ts'
import { readableSize } from './progress.ts'

/** Bytes that a folder's file system still takes; for one that does not exist yet, its parent's. */
export async function freeSpace(path: string): Promise<number> {
  const found = await stat(path).catch(() => undefined)
  if (!found) return path === '/' ? 0 : freeSpace(dirname(path))
  const { bavail, bsize } = await statfs(path)
  return bavail * bsize
}

/** Throws a Problem unless there is room for so many bytes. `what` begins the sentence: "The backup". */
export async function demandSpace(folder: string, bytes: number, what: string, repair: string): Promise<void> {
  const free = await freeSpace(folder)
  if (free >= bytes) return
  throw new Problem(
    `${what} needs about ${readableSize(bytes)} in ${folder}, and ${readableSize(free)} are free. Nothing was changed.`,
    repair,
  )
}

/** Makes a Problem of the system's word that the disk, or a file, can hold no more; other errors stay as they are. */
export function explainFullDisk(error: unknown, folder: string, what: string): unknown {
  const { code } = error as NodeJS.ErrnoException
  if (code === 'EFBIG')
    return new Problem(
      `A file in ${folder} may not become larger. ${what}`,
      'Name a folder of another file system with -p (FAT ends at 4 GB), or lift the limit (ulimit -f unlimited), then run the command again.',
      { cause: error },
    )
  if (code !== 'ENOSPC' && code !== 'EDQUOT') return error
  const reason = code === 'ENOSPC' ? 'The disk became full' : 'The disk quota was used up'
  return new Problem(
    `${reason} in ${folder}. ${what}`,
    'Free some space, or name another folder with -p, then run the command again.',
    { cause: error },
  )
}
