import { readFile, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Context } from '../context.ts'
import { placesOf } from '../services/places.ts'
import { sv } from '../services/sv.ts'
import { chosenServices } from './service-command.ts'

/** Stops services; what is left of a service's processes after that is killed. Says what it found. */
export async function run(context: Context, args: string[]): Promise<number> {
  const places = placesOf(context.paths)
  let sum = 0
  for (const { name, enabled } of await chosenServices(places, args)) {
    if (!enabled) {
      context.stdout(`${name} disabled, not stopping\n`)
      sum += 1
      continue
    }
    const pid = Number(await readFile(join(places.enabled, name, 'supervise/pid'), 'utf8').catch(() => ''))
    const group = pid > 1 ? await groupOf(pid) : undefined
    const { output, code } = await sv(places, 'stop', name)
    context.stdout(output)
    sum += await killRest(context, name, group, code)
  }
  return Math.min(sum, 255)
}

async function killRest(context: Context, name: string, group: number | undefined, code: number): Promise<number> {
  if (group === undefined) {
    context.stdout(`${name} had no process\n`)
    return code
  }
  const members = await membersOf(group)
  if (members.length === 0) {
    context.stdout(`all processes of ${name} have ended\n`)
    return 0
  }
  context.stdout(`killing ${members.length} processes of ${name} that did not end (group ${group})\n`)
  process.kill(-group, 'SIGKILL')
  return 0
}

/** Every service has a process group of its own (chpst -P). Never ours. */
async function groupOf(pid: number): Promise<number | undefined> {
  const group = await readGroup(String(pid))
  return group !== undefined && group === pid ? group : undefined
}

async function membersOf(group: number): Promise<string[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name))
  const groups = await Promise.all(pids.map(readGroup))
  return pids.filter((_pid, at) => groups[at] === group)
}

async function readGroup(pid: string): Promise<number | undefined> {
  const text = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '')
  const [state, , group] = text.slice(text.lastIndexOf(')') + 2).split(' ')
  return state === undefined || state === 'Z' || !group ? undefined : Number(group)
}
