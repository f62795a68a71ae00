import { access, readdir, readlink } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { Problem } from '../cli/problem.ts'
import { tryCommand } from '../resources/run-command.ts'
import type { Places } from './places.ts'

/** Seconds that start, stop and restart wait, as in GitLab's package; the variable is runit's own. */
const WAIT = Number(process.env.SVWAIT) || 30

export interface SvResult {
  readonly output: string
  readonly code: number
}

/**
 * Runs `sv` for one service by its short name. Output lines are runit's own; the codes are those of its init scripts:
 * status 0 running, 3 down, 1 no supervisor, 4 not allowed to look.
 */
export async function sv(places: Places, command: string, service: string, wait = WAIT): Promise<SvResult> {
  const env = { ...process.env, SVDIR: places.enabled }
  const args = ['-w', String(wait), command, service]
  const before = command === 'restart' ? pidOf(await ownStatus(env, service)) : undefined
  const { code, stdout, stderr } = await tryCommand('sv', args, { env, timeout: (wait + 10) * 1000 })
  const output = stdout + stderr
  if (before !== undefined && code === 0 && pidOf(output) === before) return untilAnew(env, service, before, wait)
  if (command === 'stop' && code === 0 && isToBeUp(output)) {
    await untilTaken(env, service)
    return { output: output.replace(', want up', ''), code }
  }
  return { output, code: command === 'status' ? statusCode(output) : Math.min(code, 1) }
}

/**
 * One that is down in the second before its restart is stopped before its supervisor has read the word. A start in that
 * moment would be lost: `sv` sends none to what is to be up already.
 */
async function untilTaken(env: NodeJS.ProcessEnv, service: string): Promise<void> {
  for (let attempt = 0; attempt < 100; attempt++) {
    if (!isToBeUp(await ownStatus(env, service))) return
    await sleep(20)
  }
}

/** `sv` takes a process that began within the same second for the new one, before its supervisor has ended it. */
async function untilAnew(env: NodeJS.ProcessEnv, service: string, before: string, wait: number): Promise<SvResult> {
  let status = ''
  for (const end = Date.now() + wait * 1000; Date.now() < end; await sleep(20)) {
    status = await ownStatus(env, service)
    const pid = pidOf(status)
    if (pid !== undefined && pid !== before) return { output: `ok: ${status}\n`, code: 0 }
  }
  return { output: `timeout: ${status}\n`, code: 1 }
}

/** The status of the service alone, without that of its log. */
async function ownStatus(env: NodeJS.ProcessEnv, service: string): Promise<string> {
  const { stdout } = await tryCommand('sv', ['status', service], { env, timeout: 10_000 })
  return stdout.split(';')[0]!.trimEnd()
}

/** The process of a service that runs. */
const pidOf = (status: string): string | undefined => /^(?:ok: )?run: [^:]+: \(pid (\d+)\)/.exec(status)?.[1]

function statusCode(output: string): number {
  if (/^(run|finish):/.test(output)) return 0
  if (output.startsWith('down:')) return 3
  return output.startsWith('warning:') ? 4 : 1
}

/** Whether a status tells that somebody stopped the service. One that died is down for a moment too, but is to be up again. */
export const isStopped = ({ code, output }: SvResult): boolean => code === 3 && !isToBeUp(output)

/** Whether the service is down and is to be up again; behind the semicolon stands the state of its log. */
const isToBeUp = (status: string): boolean => status.split(';')[0]!.includes('want up')

/** All services that have a definition, in alphabetical order, and whether they are to run. */
export async function listServices(places: Places): Promise<{ name: string; enabled: boolean }[]> {
  const names = (await readdir(places.definitions).catch(() => [])).filter((name) => !name.startsWith('.'))
  const links = new Set(await readdir(places.enabled).catch(() => []))
  return names.toSorted().map((name) => ({ name, enabled: links.has(name) }))
}

/** Whether the service is to run. */
export async function isEnabled(places: Places, service: string): Promise<boolean> {
  return readlink(join(places.enabled, service)).then(
    () => true,
    () => false,
  )
}

/** Waits until the supervisor has taken on a service. It looks for new ones every five seconds. */
export async function waitForSupervisor(places: Places, service: string): Promise<void> {
  const ok = join(places.enabled, service, 'supervise/ok')
  for (let attempt = 0; attempt < 200; attempt++) {
    const found = await access(ok).then(
      () => true,
      () => false,
    )
    if (found && !/runsv not running/.test((await sv(places, 'status', service)).output)) return
    await sleep(100)
  }
  throw new Problem(
    `Nobody supervises the service ${service}: runsvdir does not watch ${places.enabled}.`,
    'Start it (systemctl start outpost-runsvdir, or runsvdir -P with that folder), then run the command again.',
  )
}
