import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { createBackup } from '../backup/create-backup.ts'
import { demandSpace, explainFullDisk } from '../backup/disk-space.ts'
import { Progress } from '../backup/progress.ts'
import { removeDrafts } from '../backup/retention.ts'
import { findSources } from '../backup/sources.ts'
import type { Context } from '../context.ts'
import { exists } from '../postgresql/programs.ts'
import type { Bundled } from './bundled.ts'
import { savedFolder } from './saved.ts'

/** The package's chat as an archive, from which the copy is filled; one that is complete already is used. */
export async function copyArchive(context: Context, { machine, access }: Bundled): Promise<string> {
  const folder = savedFolder(context)
  const path = join(folder, 'chat.tar')
  if (await exists(path)) return path
  await mkdir(folder, { recursive: true, mode: 0o700 })
  await removeDrafts(folder)
  const sources = await findSources(machine, access)
  const needed = sources.bytes + sources.databaseBytes / 5
  await demandSpace(folder, needed, 'The copy', 'Free some space, or leave --copy out: then nothing is copied.')
  const draft = join(folder, '.chat_outpost_backup.tar.partial')
  try {
    await createBackup(machine, access, sources, { draft, path, progress: new Progress(context) })
  } catch (error) {
    throw explainFullDisk(error, folder, 'The unfinished copy was removed.')
  }
  return path
}
