import { cp, mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { UsageError } from '../cli/problem.ts'
import { demandRoot, readSettings } from '../cli/read-settings.ts'
import { onDisk, type Context } from '../context.ts'
import { exists } from '../postgresql/programs.ts'
import { lookAtMachine, type Machine } from '../reconfigure/machine.ts'
import { stopEverything } from './uninstall.ts'

/** s in which Ctrl+C still helps */
const GRACE = 60

/** Deletes everything of the chat: data, logs, settings, its own PostgreSQL. What belongs to GitLab stays. */
export async function run(context: Context, args: string[]): Promise<number> {
  demandRoot(context, 'cleanse')
  if (args.some((arg) => arg !== 'yes') || args.length > 1) throw new UsageError('The only argument is yes.')
  const machine = await lookAtMachine(context, await readSettings(context))
  const folders = foldersOf(machine)
  context.stdout(`This deletes for good:\n${folders.map((path) => `  ${path}\n`).join('')}`)
  if (args[0] !== 'yes') {
    context.stdout(`Press Ctrl+C within ${GRACE} seconds to keep it.\n`)
    await sleep(GRACE * 1000)
  }
  const copy = await keepSettings(context)
  await stopEverything(context)
  for (const path of folders) await rm(path, { recursive: true, force: true })
  context.stdout(`Everything is gone. The settings and secrets were copied to ${copy}\n`)
  if (!machine.hasOwnCluster) context.stdout(databaseStays(machine.settings))
  return 0
}

function databaseStays({ database, gitlab }: Machine['settings']): string {
  const drop = gitlab.installed ? ` Delete it with: gitlab-psql -d postgres -c 'DROP DATABASE "${database.name}"'` : ''
  return `The database ${database.parsed.database} at ${database.parsed.host} stays.${drop}\n`
}

function foldersOf({ settings, places, nginx, hasOwnCluster, context }: Machine): string[] {
  const { directories, database, nginx: web } = settings
  const { home, files, plugins, clientPlugins, logs, env } = directories
  const folders = [home, files, plugins, clientPlugins, logs, env, places.definitions, places.enabled]
  folders.push(join(places.psqlFile, '..'), places.state, places.logs, onDisk(context.paths, '/etc/outpost'))
  if (hasOwnCluster) folders.push(database.local.directory)
  if (web.enabled && nginx.kind === 'own') folders.push(web.directory, web.logDirectory)
  return [...new Set(folders)].filter((path, _at, all) => !all.some((other) => path.startsWith(`${other}/`)))
}

async function keepSettings(context: Context): Promise<string> {
  const time = new Date().toISOString().slice(0, 19).replaceAll(':', '-')
  const copy = onDisk(context.paths, `/root/outpost-cleanse-${time}`)
  await mkdir(copy, { recursive: true, mode: 0o700 })
  const settings = onDisk(context.paths, '/etc/outpost')
  if (await exists(settings)) await cp(settings, join(copy, 'outpost'), { recursive: true, preserveTimestamps: true })
  return copy
}
