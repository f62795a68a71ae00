import { createReadStream, createWriteStream } from 'node:fs'
import { open, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import type { Machine } from '../reconfigure/machine.ts'
import { syncFolder } from '../resources/write-atomically.ts'
import { ArchiveWriter } from './archive-writer.ts'
import type { BackupResult } from './create-backup.ts'
import type { DatabaseAccess } from './database-access.ts'
import { DatabaseSnapshot } from './database-snapshot.ts'
import { addConfig, copyFolders, missingFiles } from './parts.ts'
import { counted, type Progress } from './progress.ts'
import type { Sources } from './sources.ts'

export interface TwoFilesOptions {
  readonly folder: string
  /** the part of both names that tells this backup from others */
  readonly date: string
  readonly progress: Progress
}

/** Names of the two files, as the guide of GitLab's package has them. */
export const twoFileNames = (date: string): [dump: string, data: string] => [
  `mattermost_dbdump_${date}.sql.gz`,
  `mattermost_data_${date}.gz`,
]

/** Writes the two files of the guide: the database with the names of its owners, and data with config.json. */
export async function createTwoFiles(
  machine: Machine,
  access: DatabaseAccess,
  sources: Sources,
  { folder, date, progress }: TwoFilesOptions,
): Promise<BackupResult> {
  const [dump, data] = twoFileNames(date).map((name) => join(folder, name)) as [string, string]
  const drafts = [dump, data, `${data}.tar`].map((path) => join(folder, `.${path.slice(folder.length + 1)}.partial`))
  const [dumpDraft, dataDraft, tarDraft] = drafts as [string, string, string]
  const onlyData = { ...sources, folders: sources.folders.filter(({ name }) => name === 'data') }
  const writer = await ArchiveWriter.create(tarDraft, tarDraft)
  let snapshot: DatabaseSnapshot | undefined
  try {
    const copies = await copyFolders(writer, access, onlyData, progress, sources.bytes)
    snapshot = await DatabaseSnapshot.take(access)
    const [counts, paths] = [await snapshot.counts(), await snapshot.filePaths()]
    progress.begin('Database')
    await writeFile(
      dumpDraft,
      counted(snapshot.dump(true), (bytes) => progress.advance(bytes)),
    )
    await copyFolders(writer, access, onlyData, progress, 0, copies)
    await addConfig(writer, machine, access)
    await writer.finish()
    progress.begin('Packing', writer.size)
    const packed = createReadStream(tarDraft)
      .on('data', (chunk) => progress.advance(chunk.length))
      .pipe(createGzip({ level: 4 }))
    await writeFile(dataDraft, packed as AsyncIterable<Buffer>)
    // The second name appears last: where it is, the pair is complete.
    await rename(dumpDraft, dump)
    await rename(dataDraft, data)
    await syncFolder(dirname(data))
    const warnings = [...copies.flatMap((copy) => copy.skipped), ...sources.notIncluded, NOT_INCLUDED]
    if (sources.hasFiles) warnings.push(...missingFiles(paths, writer))
    return {
      bytes: writer.size,
      files: writer.files.size,
      posts: counts['public.posts'] ?? 0,
      warnings: [...new Set(warnings)],
    }
  } catch (error) {
    await writer.discard()
    await rm(dump, { force: true })
    throw error
  } finally {
    await snapshot?.release()
    for (const path of drafts) await rm(path, { force: true })
  }
}

const NOT_INCLUDED =
  'These two files hold no plugins, settings and secrets: back those up with outpost-ctl backup-etc, or use the single archive.'

async function writeFile(path: string, source: AsyncIterable<Buffer>): Promise<void> {
  await pipeline(source, createWriteStream(path, { flags: 'wx', mode: 0o600 }))
  const handle = await open(path, 'r')
  await handle.sync()
  await handle.close()
}
