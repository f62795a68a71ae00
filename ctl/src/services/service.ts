import { lstat, mkdir, rm, symlink, unlink, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { Problem } from '../cli/problem.ts'
import { exists } from '../postgresql/programs.ts'
import { directory } from '../resources/directory.ts'
import { file, link } from '../resources/file.ts'
import type { Owner } from '../resources/owner.ts'
import type { Plan, Resource } from '../resources/resource.ts'
import type { Settings } from '../settings/settings.ts'
import type { Places } from './places.ts'
import { logConfig, logScript, type Definition } from './scripts.ts'
import { isEnabled, sv, waitForSupervisor } from './sv.ts'

const ROOT = { user: 'root', group: 'root' }
const SCRIPT: Owner = { ...ROOT, mode: 0o755 }
const TEXT: Owner = { ...ROOT, mode: 0o644 }

/** The files that define a service and its log. What changes says exactly what has to be restarted. */
export function definitionFiles(
  places: Places,
  definition: Definition,
  settings: Settings,
  logOwner: Owner,
): Resource[] {
  const { name, scripts, logDirectory } = definition
  const folder = join(places.definitions, name)
  const folders = new Set([
    folder,
    join(folder, 'log'),
    ...Object.keys(scripts).map((script) => dirname(join(folder, script))),
  ])
  const log = join(folder, 'log')
  return [
    ...[...folders].toSorted().map((path) => directory(path, SCRIPT)),
    directory(logDirectory, logOwner),
    ...Object.entries(scripts).map(([script, text]) =>
      file(join(folder, script), text, SCRIPT, { triggers: script === 'run' ? [`restart ${name}`] : [] }),
    ),
    file(join(log, 'run'), logScript(definition), SCRIPT, { triggers: [`restart ${name}/log`] }),
    file(join(log, 'config'), logConfig(settings), TEXT, { triggers: [`reload ${name}/log`] }),
    link(join(logDirectory, 'config'), join(log, 'config'), [`reload ${name}/log`]),
  ]
}

/**
 * The service is linked into the supervised folder and waits there, down, until enabledService starts it. The supervisor
 * looks for new services every five seconds only: announced together, they are waited for once.
 */
export function announcedService(places: Places, name: string): Resource {
  const plan = async (): Promise<Plan | undefined> => {
    if (await isEnabled(places, name)) return undefined
    return { changes: ['announce to the supervisor'], apply: () => announce(places, name) }
  }
  return { name: `service ${name}`, plan }
}

async function announce(places: Places, name: string): Promise<void> {
  const path = join(places.enabled, name)
  const found = await lstat(path).catch(() => undefined)
  if (found) throw new Problem(`${path} is not a symbolic link.`, 'Move it away, then run the command again.')
  await mkdir(places.enabled, { recursive: true })
  await writeFile(markOf(places, name), '')
  await symlink(join(places.definitions, name), path)
}

/** With this file runit does not start a service by itself. */
const markOf = (places: Places, name: string): string => join(places.definitions, name, 'down')

/** The service is to run, and is started when it is new. One that the administrator stopped stays down. */
export function enabledService(places: Places, name: string): Resource {
  const plan = async (): Promise<Plan | undefined> => {
    const isLinked = await isEnabled(places, name)
    if (isLinked && !(await exists(markOf(places, name)))) return undefined
    const apply = async (): Promise<void> => {
      if (!isLinked) await announce(places, name)
      await waitForSupervisor(places, name)
      await expectUp(places, name)
      await rm(markOf(places, name))
    }
    return { changes: ['enable and start'], settles: triggersOf(name), apply }
  }
  return { name: `service ${name}`, plan }
}

/** The service is not to run: brought down and no longer supervised. Its definition and data stay. */
export function disabledService(places: Places, name: string): Resource {
  const plan = async (): Promise<Plan | undefined> => {
    if (!(await isEnabled(places, name))) return undefined
    const apply = async (): Promise<void> => {
      await sv(places, 'stop', name)
      await unlink(join(places.enabled, name))
      // The supervisor lets go of it by itself; until then it would answer for a service that is no more.
      await sv(places, 'exit', name, 5).catch(() => undefined)
      await rm(markOf(places, name), { force: true })
    }
    return { changes: ['stop and disable'], settles: triggersOf(name), apply }
  }
  return { name: `service ${name}`, plan }
}

const triggersOf = (name: string): string[] => [
  `start ${name}`,
  ...[name, `${name}/log`].flatMap((one) => [`restart ${one}`, `reload ${one}`]),
]

async function expectUp(places: Places, name: string): Promise<void> {
  const { code, output } = await sv(places, 'start', name)
  if (code === 0) return
  throw new Problem(
    `The service ${name} does not start: ${output.trim()}`,
    `See what it says: outpost-ctl tail ${name}`,
  )
}

/**
 * Does what a trigger asks for: `restart NAME`, `restart NAME/log`, `reload NAME/log`, or `start NAME` after it had to be
 * stopped. Any other service that is down stays down and will find everything new when it is started.
 */
export async function fireServiceTrigger(places: Places, trigger: string): Promise<string> {
  const [verb = '', name = ''] = trigger.split(' ')
  const service = name.split('/')[0]!
  if (!(await isEnabled(places, service))) return 'not enabled, nothing to do'
  const status = await sv(places, 'status', name)
  if (status.code !== 0 && verb !== 'start') return `${status.output.trim().split(';')[0]}; nothing to do`
  const { code, output } = await sv(places, verb === 'reload' ? 'hup' : verb, name)
  if (code === 0) return output.trim() || 'done'
  throw new Problem(`${output.trim()}`, `See what it says: outpost-ctl tail ${service}`)
}
