import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { ArchiveWriter } from './archive-writer.ts'
import { counted } from './progress.ts'
import type { SourceFolder } from './sources.ts'
import { openFile, walkFolder, type FoundFile } from './walk-folder.ts'

/** What was copied of a folder, and what was not. */
export interface FolderCopy {
  /** by path: size and time, to see what changed later */
  readonly seen: Map<string, string>
  readonly skipped: string[]
}

/** Adds a folder to the archive; with `earlier`, only what is new or different since that copy, which it then extends. */
export async function addFolder(
  writer: ArchiveWriter,
  folder: SourceFolder,
  onBytes: (bytes: number) => void,
  earlier?: FolderCopy,
): Promise<FolderCopy> {
  const copy = earlier ?? { seen: new Map<string, string>(), skipped: [] }
  const skip = (path: string, why: string): void =>
    void copy.skipped.push(`Left out: ${join(folder.path, path)} (${why})`)
  const root = await stat(folder.path).catch(() => undefined)
  if (!root?.isDirectory()) return copy
  if (!earlier) await writer.addDirectory(folder.name, { mode: root.mode & 0o777, mtime: root.mtime })
  for await (const found of walkFolder(folder.path, { except: folder.except, onSkipped: skip })) {
    const mark = found.isFolder ? 'folder' : `${found.size} ${found.mtime.getTime()}`
    if (copy.seen.get(found.path) === mark) continue
    if (await addOne(writer, folder, found, onBytes, skip)) copy.seen.set(found.path, mark)
  }
  return copy
}

async function addOne(
  writer: ArchiveWriter,
  folder: SourceFolder,
  found: FoundFile,
  onBytes: (bytes: number) => void,
  skip: (path: string, why: string) => void,
): Promise<boolean> {
  const name = `${folder.name}/${found.path}`
  if (found.isFolder) {
    await writer.addDirectory(name, found)
    return true
  }
  const handle = await openFile(join(folder.path, found.path)).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EACCES' && error.code !== 'ELOOP') throw error
    skip(found.path, "the service's account may not read it")
  })
  if (!handle) return false
  try {
    const stream = handle.createReadStream({ autoClose: false, highWaterMark: 1 << 18 })
    await writer.add(name, counted(stream as AsyncIterable<Buffer>, onBytes), found)
  } finally {
    await handle.close()
  }
  return true
}
