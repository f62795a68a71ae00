import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Machine } from '../reconfigure/machine.ts'
import type { ArchiveWriter } from './archive-writer.ts'
import { asAccount } from './as-account.ts'
import { addFolder, type FolderCopy } from './copy-folder.ts'
import type { DatabaseAccess } from './database-access.ts'
import type { DatabaseSnapshot } from './database-snapshot.ts'
import { CONFIG, DUMP, type SchemaState } from './manifest.ts'
import { counted, type Progress } from './progress.ts'
import type { Sources } from './sources.ts'

/** First pass, or a second one that adds what is new or has changed since. */
export async function copyFolders(
  writer: ArchiveWriter,
  access: DatabaseAccess,
  sources: Sources,
  progress: Progress,
  expected: number,
  earlier?: FolderCopy[],
): Promise<FolderCopy[]> {
  progress.begin(earlier ? 'Files that came meanwhile' : 'Files', expected)
  const copies: FolderCopy[] = []
  for (const [at, folder] of sources.folders.entries())
    copies.push(
      await asAccount(access.service.numbers, () =>
        addFolder(writer, folder, (bytes) => progress.advance(bytes), earlier?.[at]),
      ),
    )
  return copies
}

/** Counts the rows of the snapshot and adds its dump, ready packed. */
export async function dumpDatabase(
  writer: ArchiveWriter,
  snapshot: DatabaseSnapshot,
  progress: Progress,
): Promise<{ counts: Record<string, number>; paths: string[]; state: SchemaState }> {
  progress.begin('Database')
  const [state, counts, paths] = [await snapshot.state(), await snapshot.counts(), await snapshot.filePaths()]
  const dump = counted(snapshot.dump(false), (bytes) => progress.advance(bytes))
  await writer.add(DUMP, dump, { mode: 0o600, mtime: new Date() })
  return { state, counts, paths }
}

/** Holds keys of the service, so it is read as it is and never shown. */
export async function addConfig(writer: ArchiveWriter, { settings }: Machine, access: DatabaseAccess): Promise<void> {
  const file = settings.directories.configFile
  const text = await asAccount(access.service.numbers, () => readFile(file, 'utf8')).catch(missing)
  if (text !== undefined) await writer.addText(CONFIG, text)
}

function missing(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT') throw error
}

/** Files that messages refer to and that are not on the disk any more: worth knowing before a restore. */
export function missingFiles(paths: readonly string[], { files }: ArchiveWriter): string[] {
  const lost = paths.filter((path) => path !== '' && !files.has(join('data', path)))
  if (lost.length === 0) return []
  const examples = lost.slice(0, 3).join(', ')
  return [`${lost.length} files that messages refer to are not on the disk: ${examples}${lost.length > 3 ? ', …' : ''}`]
}
