import { mkdir, stat } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { createBackup, type BackupResult } from '../backup/create-backup.ts'
import { accessDatabase, type DatabaseAccess } from '../backup/database-access.ts'
import { demandSpace, explainFullDisk } from '../backup/disk-space.ts'
import { Progress, readableSize } from '../backup/progress.ts'
import { archiveName, prune, removeDrafts, stamp } from '../backup/retention.ts'
import { findSources, type Sources } from '../backup/sources.ts'
import { createTwoFiles, twoFileNames } from '../backup/two-files.ts'
import { UsageError } from '../cli/problem.ts'
import { demandRoot, readSettings } from '../cli/read-settings.ts'
import { onDisk, type Context } from '../context.ts'
import { withLock } from '../reconfigure/lock.ts'
import { lookAtMachine, type Machine } from '../reconfigure/machine.ts'

interface Options {
  readonly folder: string
  readonly keep: number | undefined
  readonly isPair: boolean
}

/**
 * Writes one archive of the whole chat, for root's eyes only, while people use it: database, files, config.json,
 * plugins, settings and secrets. With --two-files, the two files of GitLab's guide.
 */
export async function run(context: Context, args: string[]): Promise<number> {
  demandRoot(context, 'backup')
  const options = readOptions(context, args)
  const machine = await lookAtMachine(context, await readSettings(context))
  return withLock(machine.places.lockFile, 'backup', async () => {
    const access = await accessDatabase(
      machine.settings,
      machine.superuser,
      onDisk(context.paths, context.paths.gitlabDirectory),
    )
    const sources = await findSources(machine, access)
    await prepareFolder(context, options.folder)
    await removeDrafts(options.folder)
    await checkSpace(sources, options)
    const date = stamp(new Date())
    const names = options.isPair ? twoFileNames(date) : [archiveName(date)]
    const result = await write(machine, access, sources, options, date)
    report(
      context,
      result,
      names.map((name) => join(options.folder, name)),
    )
    const seconds = keepTime(machine)
    for (const path of await prune(options.folder, { isPair: options.isPair, keep: options.keep, seconds }))
      context.stdout(`Removed ${path}\n`)
    return 0
  })
}

function readOptions(context: Context, args: string[]): Options {
  const { values } = parseArgs({
    args,
    options: {
      path: { type: 'string', short: 'p' },
      keep: { type: 'string' },
      'two-files': { type: 'boolean', default: false },
    },
  })
  if (values.keep !== undefined && !/^[1-9]\d{0,5}$/.test(values.keep))
    throw new UsageError('--keep takes the number of backups that are to stay, from 1.')
  return {
    folder: values.path === undefined ? onDisk(context.paths, '/var/opt/outpost/backups') : resolve(values.path),
    keep: values.keep === undefined ? undefined : Number(values.keep),
    isPair: values['two-files'],
  }
}

async function prepareFolder(context: Context, folder: string): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const { mode, uid } = await stat(folder)
  if ((mode & 0o022) !== 0 || uid !== 0)
    context.stderr(`Warning: ${folder} is not root's alone; others could replace the backups.\n`)
}

/** A dump is much smaller than its database: text packs well, and indexes are not in it. */
async function checkSpace({ bytes, databaseBytes }: Sources, { folder, isPair }: Options): Promise<void> {
  const needed = Math.ceil(bytes * (isPair ? 2 : 1) * 1.01 + databaseBytes / 5) + 1_000_000
  await demandSpace(folder, needed, 'The backup', 'Free some space, or name another folder with -p.')
}

async function write(
  machine: Machine,
  access: DatabaseAccess,
  sources: Sources,
  { folder, isPair }: Options,
  date: string,
): Promise<BackupResult> {
  const progress = new Progress(machine.context)
  try {
    if (isPair) return await createTwoFiles(machine, access, sources, { folder, date, progress })
    const name = archiveName(date)
    const [draft, path] = [join(folder, `.${name}.partial`), join(folder, name)]
    return await createBackup(machine, access, sources, { draft, path, progress })
  } catch (error) {
    throw explainFullDisk(error, folder, 'The unfinished backup was removed; earlier ones are untouched.')
  }
}

function report(context: Context, { bytes, files, posts, warnings }: BackupResult, paths: string[]): void {
  for (const warning of warnings.slice(0, 20)) context.stderr(`Warning: ${warning}\n`)
  if (warnings.length > 20) context.stderr(`Warning: and ${warnings.length - 20} more like these.\n`)
  context.stdout(
    `${files} files, ${posts} posts, ${readableSize(bytes)}:\n${paths.map((path) => `  ${path}\n`).join('')}`,
  )
  context.stdout('Keep a copy on another machine. It holds every message and the keys of the service.\n')
}

/** GitLab's own setting for its backups, in seconds; 0: none is ever too old. */
function keepTime({ settings }: Machine): number {
  const rails = settings.written.gitlab_rails as Record<string, unknown> | undefined
  return Math.max(0, Number(rails?.backup_keep_time ?? 0)) || 0
}
