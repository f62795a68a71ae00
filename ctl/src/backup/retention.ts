import { readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { twoFileNames } from './two-files.ts'

/** Names of this program's backups: the time is in them, so that their order is that of the alphabet. */
const ARCHIVE = /^(\d{8}T\d{6}Z)_outpost_backup\.tar$/
const DATA = /^mattermost_data_(\d{8}T\d{6}Z)\.gz$/
const DRAFT = /^\..*_outpost_backup\.tar\.partial$|^\.mattermost_(dbdump|data)_.*\.partial$/

/** The time as names have it: `20260131T235959Z`. */
export const stamp = (time: Date): string => time.toISOString().replaceAll(/[-:]|\.\d+/g, '')

export const archiveName = (date: string): string => `${date}_outpost_backup.tar`

/** One backup and the files that make it. */
interface Kept {
  readonly date: string
  readonly paths: readonly string[]
}

/** The complete backups of one form in a folder, the newest first. */
async function listBackups(folder: string, isPair: boolean): Promise<Kept[]> {
  const names = await readdir(folder)
  const dates = names.flatMap((name) => (isPair ? DATA : ARCHIVE).exec(name)?.[1] ?? [])
  return dates
    .toSorted((a, b) => (a < b ? 1 : -1))
    .map((date) => ({
      date,
      paths: (isPair ? twoFileNames(date) : [archiveName(date)]).map((name) => join(folder, name)),
    }))
}

/** Removes what a run that was killed left half written. Call it while no other backup can be at work. */
export async function removeDrafts(folder: string): Promise<void> {
  for (const name of await readdir(folder)) if (DRAFT.test(name)) await rm(join(folder, name), { force: true })
}

/**
 * Removes older backups of the same form and answers their names: all but the newest `keep`, and those older than
 * `seconds`. The newest one always stays.
 */
export async function prune(
  folder: string,
  { isPair, keep, seconds }: { isPair: boolean; keep: number | undefined; seconds: number },
): Promise<string[]> {
  const removed: string[] = []
  for (const [at, { paths }] of (await listBackups(folder, isPair)).entries()) {
    const { mtimeMs } = await stat(paths.at(-1)!)
    const isOld = seconds > 0 && mtimeMs < Date.now() - seconds * 1000
    if (at === 0 || !((keep !== undefined && at >= keep) || isOld)) continue
    for (const path of paths) await rm(path, { force: true })
    removed.push(...paths)
  }
  return removed
}
