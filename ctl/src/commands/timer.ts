import { appendFile, mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { reasonOf, UsageError } from '../cli/problem.ts'
import { readSettings } from '../cli/read-settings.ts'
import type { Context } from '../context.ts'
import { runCommand } from '../resources/run-command.ts'
import { nextTime } from '../services/next-time.ts'
import { run as renew } from './renew-le-certs.ts'

/** ms; GitLab's package looks as often */
const LOGROTATE_EVERY = 3_600_000
/** ms; a clock that is set, or a machine that slept, is noticed after this time */
const LOOK_EVERY = 60_000

/** Waits and does what is due, for ever. runit starts it as a service; it ends by a signal. */
export async function run(context: Context, args: string[]): Promise<number> {
  const [what, folder] = args
  if (what === 'logrotate' && folder !== undefined) return rotateLogs(context, folder)
  if (what === 'letsencrypt') return renewWhenDue(context, waitUntil)
  throw new UsageError('Name what is to be done.')
}

async function rotateLogs(context: Context, folder: string): Promise<number> {
  for (;;) {
    const files = ['--state', join(folder, 'logrotate.status'), join(folder, 'logrotate.conf')]
    await runCommand('logrotate', files).catch((error: unknown) => context.stderr(`${reasonOf(error)}\n`))
    await sleep(LOGROTATE_EVERY)
  }
}

/** Looks at the certificate at the times that the settings name, which are read anew for each. Ends when `wait` fails. */
export async function renewWhenDue(context: Context, wait: (time: Date | undefined) => Promise<void>): Promise<number> {
  for (;;) {
    const { letsencrypt } = await readSettings(context)
    const { renewMinute: minute, renewHour: hour, renewDayOfMonth: dayOfMonth } = letsencrypt
    const time = nextTime({ minute, hour, dayOfMonth }, new Date())
    context.stdout(`The next look at the certificate: ${time?.toISOString() ?? 'never, the schedule names no day'}\n`)
    await wait(time)
    await renewIntoLog(context, letsencrypt.renewLogDirectory)
  }
}

async function waitUntil(time: Date | undefined): Promise<void> {
  while (!time || time.getTime() > Date.now()) await sleep(LOOK_EVERY)
}

async function renewIntoLog(context: Context, folder: string): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o755 })
  const lines: string[] = []
  const say = (text: string): void => void lines.push(text)
  await renew({ ...context, stdout: say, stderr: say }).catch((error: unknown) => say(`${reasonOf(error)}\n`))
  await appendFile(join(folder, `renewal.${Math.floor(Date.now() / 1000)}.log`), lines.join(''), { mode: 0o644 })
}
