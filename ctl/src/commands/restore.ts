import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { accessDatabase, type DatabaseAccess } from '../backup/database-access.ts'
import { recognise, type Input } from '../backup/input.ts'
import type { Manifest } from '../backup/manifest.ts'
import { Progress } from '../backup/progress.ts'
import { restore, type RestoreOptions, type RestoreResult } from '../backup/restore.ts'
import { bringBackSettings } from '../backup/restore-settings.ts'
import { demandUnused, isServiceUp, startService, stopService } from '../backup/running-service.ts'
import { pendingSwap, swap } from '../backup/swap.ts'
import { verifyArchive } from '../backup/verify-archive.ts'
import { UsageError } from '../cli/problem.ts'
import { demandRoot, readSettings } from '../cli/read-settings.ts'
import { onDisk, type Context } from '../context.ts'
import { withLock } from '../reconfigure/lock.ts'
import { lookAtMachine, type Machine } from '../reconfigure/machine.ts'
import { placesOf } from '../services/places.ts'

interface Options extends RestoreOptions {
  readonly files: readonly string[]
  readonly isCheck: boolean
  readonly withSettings: boolean
}

/**
 * Brings a backup back: an archive of outpost-ctl backup, or a dump and the data file of GitLab's guide, together or
 * one of them. The old state stays until the new one is complete and proven. Interrupted, it is run again.
 */
export async function run(context: Context, args: string[]): Promise<number> {
  demandRoot(context, 'restore')
  const options = readOptions(context, args)
  const inputs = await recogniseAll(options.files)
  if (options.isCheck) return check(inputs, options.progress)
  if (options.withSettings && !(await bringBackSettings(context, inputs[0]!, options.progress))) return 1
  return withLock(placesOf(context.paths).lockFile, 'restore', async () => {
    const machine = await lookAtMachine(context, await readSettings(context))
    const access = await accessOf(machine)
    if (await finishEarlier(machine, access, options)) return 0
    const manifest = await verify(inputs, options.progress)
    report(context, await restore(machine, access, inputs, manifest, options), options)
    return 0
  })
}

function readOptions(context: Context, args: string[]): Options {
  const boolean = { type: 'boolean', default: false } as const
  const { values, positionals } = parseArgs({
    args,
    options: { check: boolean, stop: boolean, settings: boolean, overwrite: boolean, 'keep-old': boolean },
    allowPositionals: true,
  })
  if (positionals.length === 0) throw new UsageError('Name the backup that is to be brought back.')
  if (positionals.length > 2) throw new UsageError('Name one archive, or a dump and its data file.')
  return {
    files: positionals.map((file) => resolve(file)),
    isCheck: values.check,
    withSettings: values.settings,
    mayStop: values.stop,
    mayOverwrite: values.overwrite,
    keepOld: values['keep-old'],
    progress: new Progress(context),
  }
}

async function recogniseAll(files: readonly string[]): Promise<Input[]> {
  const inputs = await Promise.all(files.map(recognise))
  const parts = inputs.map(({ kind }) => (kind === 'custom dump' ? 'dump' : kind))
  if (new Set(parts).size < parts.length || (parts.length > 1 && parts.includes('archive')))
    throw new UsageError(
      `These do not belong together: ${inputs.map(({ file, kind }) => `${file} (${kind})`).join(', ')}.`,
    )
  return inputs
}

/** Where the database of the machine's settings is, and how it is entered. */
function accessOf({ context, settings, superuser }: Machine): Promise<DatabaseAccess> {
  return accessDatabase(settings, superuser, onDisk(context.paths, context.paths.gitlabDirectory))
}

async function verify(inputs: readonly Input[], progress: Progress): Promise<Manifest | undefined> {
  const [input] = inputs
  if (input?.kind !== 'archive') return undefined
  progress.begin(`Checking ${input.file}`, input.size)
  return verifyArchive(input, (bytes) => progress.advance(bytes))
}

async function check(inputs: readonly Input[], progress: Progress): Promise<number> {
  const manifest = await verify(inputs, progress)
  if (!manifest) throw new UsageError('--check compares an archive of outpost-ctl backup with its own checksums.')
  const { created, siteUrl, outpost, counts, files, notIncluded } = manifest
  progress.say(`Backup of ${siteUrl || 'the chat'}, ${created}, Outpost ${outpost}: every checksum is right.`)
  progress.say(
    `${Object.keys(files).length} files, ${counts['public.posts'] ?? 0} posts, ${counts['public.users'] ?? 0} accounts`,
  )
  for (const sentence of notIncluded) progress.say(sentence)
  return 0
}

/** A restore that was killed while it changed places is completed; true when it was this very one. */
async function finishEarlier(machine: Machine, access: DatabaseAccess, options: Options): Promise<boolean> {
  const pending = await pendingSwap(machine)
  if (!pending) return false
  options.progress.say(
    `A restore of ${pending.inputs.join(' and ')} was cut off while it changed places; it is completed.`,
  )
  // Somebody may have started it again meanwhile, which is the natural thing to do after a crash.
  const isUp = await isServiceUp(machine)
  if (isUp) await stopService(machine)
  if (pending.database) await demandUnused(access)
  await swap(machine, access, pending)
  if (isUp || pending.start) await startService(machine)
  const isThis =
    pending.inputs.length === options.files.length && pending.inputs.every((file) => options.files.includes(file))
  if (isThis) options.progress.say('Restored.')
  return isThis
}

function report(context: Context, { files, counts, warnings, isRunning }: RestoreResult, { keepOld }: Options): void {
  for (const warning of warnings) context.stderr(`Warning: ${warning}\n`)
  const rows = counts
    ? `, ${counts['public.posts'] ?? 0} posts, ${counts['public.users'] ?? 0} accounts; every row counted`
    : ''
  context.stdout(`Restored: ${files} files${rows}.\n`)
  if (keepOld)
    context.stdout(
      'What was there before is kept: the database …_before_restore, .before-restore in each folder. The next restore removes it.\n',
    )
  if (!isRunning) context.stdout('The chat server was down and still is. Start it: outpost-ctl start mattermost\n')
}
