import { statfs } from 'node:fs/promises'
import { dirname } from 'node:path'
import { reasonOf } from '../cli/problem.ts'
import { exists } from '../postgresql/programs.ts'
import { listServices, sv } from '../services/sv.ts'
import { findSupervisor } from '../services/supervisor.ts'
import { fail, ok, warn, type Finding, type Patient } from './finding.ts'

/** Whether everything runs that is to run. */
export async function checkServices({ places }: Patient): Promise<Finding[]> {
  const services = (await listServices(places)).filter(({ enabled }) => enabled)
  if (services.length === 0) return [fail('No service is set up.', 'Run outpost-ctl reconfigure.')]
  if ((await findSupervisor(places)) === undefined)
    return [fail('Nobody supervises the services.', 'Run outpost-ctl reconfigure, or start outpost-runsvdir.')]
  return Promise.all(
    services.map(async ({ name }) => {
      const { code, output } = await sv(places, 'status', name)
      const state = output.trim().split(';')[0] ?? ''
      if (code !== 0)
        return fail(`${name} does not run (${state}).`, `outpost-ctl start ${name}; its log: outpost-ctl tail ${name}`)
      return / [012]s\b/.test(state)
        ? warn(`${name} was started just now (${state}).`, `If that repeats itself: outpost-ctl tail ${name}`)
        : ok(state)
    }),
  )
}

const GIGABYTE = 1_000_000_000

/** Whether the disks that are written to have room: bytes and files. */
export async function checkDisk({ settings, places }: Patient): Promise<Finding[]> {
  const { directories, database, nginx } = settings
  const folders = [directories.files, directories.logs, places.logs]
  if (database.manage) folders.push(database.local.directory)
  if (nginx.enabled) folders.push(nginx.logDirectory)
  const seen = new Map<string, Finding>()
  for (const folder of folders) {
    const { bavail, blocks, bsize, ffree, files, type } = await statfs(await nearest(folder))
    const free = bavail * bsize
    const text = `${(free / GIGABYTE).toFixed(1)} GB are free at ${folder}`
    const key = `${type} ${blocks} ${files} ${bavail}`
    if (seen.has(key)) continue
    const repair = 'Free some space or give it more, before posts and files are refused.'
    const noFiles = files > 0 && ffree / files < 0.02
    if (free < GIGABYTE / 5 || noFiles)
      seen.set(key, fail(`Only ${text}${noFiles ? ', and hardly any file can be made' : ''}.`, repair))
    else if (free < GIGABYTE * 2 || bavail / blocks < 0.05) seen.set(key, warn(`Only ${text}.`, repair))
    else seen.set(key, ok(`${text}.`))
  }
  return [...seen.values()]
}

async function nearest(path: string): Promise<string> {
  let folder = path
  while (!(await exists(folder))) folder = dirname(folder)
  return folder
}

/** ms; more than this breaks signing in with two factors and makes logs of two machines hard to read together */
const TOLERANCE = 30_000

/** Compares the clock with that of another machine which says what time it is with each answer. */
export async function checkClock({ settings }: Patient): Promise<Finding[]> {
  const url = settings.gitlab.url
  if (url === undefined) return [ok('The clock was not compared: no GitLab is named in the settings.')]
  const before = Date.now()
  const date = await fetch(url, { method: 'HEAD', redirect: 'manual', signal: AbortSignal.timeout(10_000) }).then(
    ({ headers }) => headers.get('date'),
    (error: unknown) => void reasonOf(error),
  )
  if (!date) return [warn(`The clock could not be compared with that of ${url}.`, 'See what is said of GitLab above.')]
  const middle = (before + Date.now()) / 2
  const seconds = Math.round(Math.abs(Date.parse(date) + 500 - middle) / 1000)
  if (seconds * 1000 <= TOLERANCE) return [ok(`The clock agrees with that of ${url}.`)]
  return [
    fail(
      `The clock differs by ${seconds} s from that of ${url}.`,
      'Let the time be kept right: timedatectl set-ntp true',
    ),
  ]
}
