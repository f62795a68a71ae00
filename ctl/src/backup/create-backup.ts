import type { Machine } from '../reconfigure/machine.ts'
import { ArchiveWriter } from './archive-writer.ts'
import type { DatabaseAccess } from './database-access.ts'
import { DatabaseSnapshot } from './database-snapshot.ts'
import { HEAD, MANIFEST, type BackupHead, type Manifest, type SchemaState } from './manifest.ts'
import { addConfig, copyFolders, dumpDatabase, missingFiles } from './parts.ts'
import type { Progress } from './progress.ts'
import { settingsFiles } from './settings-files.ts'
import type { Sources } from './sources.ts'

export interface BackupOptions {
  readonly draft: string
  readonly path: string
  readonly progress: Progress
}

export interface BackupResult {
  readonly bytes: number
  readonly files: number
  readonly posts: number
  readonly warnings: readonly string[]
}

/**
 * Writes one archive of the whole chat while people use it. Files are copied before and after the database's moment:
 * a file of that moment is among them even if it was deleted meanwhile, and one that came later does no harm.
 */
export async function createBackup(
  machine: Machine,
  access: DatabaseAccess,
  sources: Sources,
  options: BackupOptions,
): Promise<BackupResult> {
  const writer = await ArchiveWriter.create(options.draft, options.path)
  let snapshot: DatabaseSnapshot | undefined
  try {
    const warnings: string[] = []
    const before = await currentState(access)
    await writer.addText(HEAD, json(headOf(machine, before)))
    const copies = await copyFolders(writer, access, sources, options.progress, sources.bytes)
    snapshot = await DatabaseSnapshot.take(access)
    const { counts, paths, state } = await dumpDatabase(writer, snapshot, options.progress)
    await copyFolders(writer, access, sources, options.progress, 0, copies)
    await addConfig(writer, machine, access)
    for (const { path, text } of await settingsFiles(machine)) await writer.addText(path, text)
    warnings.push(...copies.flatMap((copy) => copy.skipped), ...sources.notIncluded)
    if (sources.hasFiles) warnings.push(...missingFiles(paths, writer))
    const files = Object.fromEntries(writer.files)
    const manifest: Manifest = {
      ...headOf(machine, state),
      counts,
      databaseSize: sources.databaseBytes,
      files,
      notIncluded: sources.notIncluded,
    }
    await writer.addText(MANIFEST, json(manifest))
    await writer.finish()
    const result = { files: writer.files.size, posts: counts['public.posts'] ?? 0, warnings: [...new Set(warnings)] }
    return { ...result, bytes: writer.size }
  } catch (error) {
    await writer.discard()
    throw error
  } finally {
    await snapshot?.release()
  }
}

const json = (value: unknown): string => `${JSON.stringify(value, null, 1)}\n`

async function currentState(access: DatabaseAccess): Promise<SchemaState> {
  const snapshot = await DatabaseSnapshot.take(access)
  try {
    return await snapshot.state()
  } finally {
    await snapshot.release()
  }
}

function headOf({ settings, version }: Machine, database: SchemaState): BackupHead {
  const [protocol = '', own = ''] = version.split('\n')
  return {
    kind: 'outpost-backup',
    format: 1,
    created: new Date().toISOString(),
    outpost: own.replace('Outpost ', ''),
    protocol,
    siteUrl: settings.siteUrl,
    database,
  }
}
