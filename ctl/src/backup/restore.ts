import { pipeline, Readable } from 'node:stream'
import { createGunzip } from 'node:zlib'
import { Problem } from '../cli/problem.ts'
import type { Machine } from '../reconfigure/machine.ts'
import { asAccount } from './as-account.ts'
import { demandSameChat, lookAtTarget, type Target } from './check-target.ts'
import { inSession, type DatabaseAccess } from './database-access.ts'
import { demandSpace, explainFullDisk } from './disk-space.ts'
import { contentOf, sqlOf, unpackProblem, type Input } from './input.ts'
import { DUMP, type Manifest } from './manifest.ts'
import type { Progress } from './progress.ts'
import { readTar } from './read-tar.ts'
import { demandUnused, isServiceUp, isStartOwed, startService, stopService } from './running-service.ts'
import { demandLevel } from './schema-level.ts'
import { stageDatabase, stagedName, type StagedDatabase } from './stage-database.ts'
import { StagedFiles } from './stage-files.ts'
import { pendingSwap, swap } from './swap.ts'

export interface RestoreOptions {
  readonly mayStop: boolean
  readonly mayOverwrite: boolean
  readonly keepOld: boolean
  readonly progress: Progress
}

export interface RestoreResult {
  readonly files: number
  readonly counts: Readonly<Record<string, number>> | undefined
  readonly warnings: readonly string[]
  readonly isRunning: boolean
}

/**
 * Brings back what the inputs hold. Everything is unpacked and proven beside the old state, which goes on being used;
 * then both change places while the service is down for a moment.
 */
export async function restore(
  machine: Machine,
  access: DatabaseAccess,
  inputs: readonly Input[],
  manifest: Manifest | undefined,
  options: RestoreOptions,
): Promise<RestoreResult> {
  const { progress } = options
  const target = await checkBefore(machine, access, inputs, manifest, options)
  const files = new StagedFiles(machine.settings)
  await asAccount(access.service.numbers, () => files.clear())
  let database: StagedDatabase | undefined
  try {
    for (const input of inputs) database = (await stage(input, access, files, manifest, progress)) ?? database
    await asAccount(access.service.numbers, () => files.sync())
    if (database) checkStaged(database, target, access, options)
    const warnings = database ? await lostFiles(access, files) : []
    const isRunning = await takePlace(machine, access, files, database !== undefined, inputs, options)
    return { files: files.files.size, counts: database?.counts, warnings, isRunning }
  } catch (error) {
    throw explainFullDisk(error, machine.settings.directories.home, 'What was in use before still is.')
  }
}

/** What can be known to go wrong is told before anything is copied. */
async function checkBefore(
  machine: Machine,
  access: DatabaseAccess,
  inputs: readonly Input[],
  manifest: Manifest | undefined,
  { mayStop, mayOverwrite }: RestoreOptions,
): Promise<Target | undefined> {
  const isUp = await isServiceUp(machine)
  if (isUp && !mayStop)
    throw new Problem(
      'The chat server runs. A restore replaces what people write now by what they had written then.',
      'Add --stop to have it stopped for the moment in which it matters, or stop it: outpost-ctl stop mattermost',
    )
  if (manifest) demandLevel(manifest.database, `The chat in ${inputs[0]!.file}`)
  const hasDump = inputs.some(({ kind }) => kind !== 'data')
  const target = hasDump ? await lookAtTarget(access) : undefined
  if (target && manifest && !mayOverwrite) demandSameChat(target, manifest.database.chat, access)
  if (hasDump && !isUp) await demandUnused(access)
  const bytes = manifest
    ? Object.entries(manifest.files).reduce((sum, [path, { size }]) => sum + (path === DUMP ? 0 : size), 0)
    : inputs.filter(({ kind }) => kind === 'data').reduce((sum, { size }) => sum + size, 0)
  const repair = 'Free some space: the old state stays until the new one is complete.'
  await demandSpace(machine.settings.directories.files, Math.ceil(bytes * 1.02), 'The restore', repair)
  if (access.directory !== undefined && manifest)
    await demandSpace(access.directory, Math.ceil(manifest.databaseSize * 1.1), 'The database', repair)
  return target
}

/** Unpacks one input beside what is in use; answers the database if it was in there. */
async function stage(
  input: Input,
  access: DatabaseAccess,
  files: StagedFiles,
  manifest: Manifest | undefined,
  progress: Progress,
): Promise<StagedDatabase | undefined> {
  progress.begin(`Unpacking ${input.file}`, input.size)
  const advance = (bytes: number): void => progress.advance(bytes)
  if (input.kind === 'dump' || input.kind === 'custom dump') return stageDatabase(access, sqlOf(input, access, advance))
  let database: StagedDatabase | undefined
  for await (const entry of readTar(contentOf(input, advance), input.file)) {
    if (entry.path === DUMP && manifest) {
      const dump = gunzip(entry.content, `${input.file}, ${DUMP}`)
      database = await stageDatabase(access, dump, manifest.counts)
    } else if (files.isWanted(entry))
      await asAccount(access.service.numbers, () => files.add(entry, input.file, manifest?.files[entry.path]))
  }
  return database
}

async function* gunzip(content: AsyncIterable<Buffer>, name: string): AsyncGenerator<Buffer> {
  try {
    yield* pipeline(Readable.from(content), createGunzip(), () => undefined) as AsyncIterable<Buffer>
  } catch (error) {
    throw unpackProblem(error, name)
  }
}

/** A dump without a manifest shows only now what it is. */
function checkStaged(
  { state }: StagedDatabase,
  target: Target | undefined,
  access: DatabaseAccess,
  { mayOverwrite }: RestoreOptions,
): void {
  demandLevel(state, 'The database of the dump')
  if (target && !mayOverwrite) demandSameChat(target, state.chat, access)
}

/** Files that the restored messages refer to and that are neither in the backup nor on the disk. */
async function lostFiles(access: DatabaseAccess, files: StagedFiles): Promise<string[]> {
  if (!files.folders.has('data')) return []
  const paths = await inSession(access, access.admin, stagedName(access.name), (session) =>
    session.query('SELECT path FROM public.fileinfo WHERE deleteat = 0;'),
  )
  const lost = paths.map(([path = '']) => path).filter((path) => path !== '' && !files.files.has(`data/${path}`))
  if (lost.length === 0) return []
  return [`${lost.length} files that messages refer to were not in the backup: ${lost.slice(0, 3).join(', ')}`]
}

/** Answers whether the service runs afterwards. */
async function takePlace(
  machine: Machine,
  access: DatabaseAccess,
  files: StagedFiles,
  hasDatabase: boolean,
  inputs: readonly Input[],
  { keepOld, progress }: RestoreOptions,
): Promise<boolean> {
  const isUp = await isServiceUp(machine)
  const start = isUp || (await isStartOwed(machine))
  if (isUp) {
    progress.begin('Stopping the chat server')
    await stopService(machine)
  }
  try {
    if (hasDatabase) await demandUnused(access)
    progress.begin('Changing places')
    await swap(machine, access, {
      database: hasDatabase,
      folders: files.paths,
      configFile: files.configFile,
      keepOld,
      start,
      inputs: inputs.map(({ file }) => file),
    })
  } catch (error) {
    if (start && (await pendingSwap(machine)) === undefined) await startService(machine)
    throw error
  }
  if (start) {
    progress.begin('Starting the chat server')
    await startService(machine)
  }
  return start
}
