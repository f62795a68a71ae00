import { mkdir } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { pino } from 'pino'
import type { Logger } from 'pino'
import type { Config } from './config/config-types.ts'
import type { DatabaseLog } from './database/pool.ts'

/** The server's log: structured for the app, plain lines for the parts that only say sentences. */
export interface Log {
  readonly logger: Logger
  readonly text: DatabaseLog
  close(): Promise<void>
}

/** Header and body fields that must never reach a log, whoever writes the line. */
const SECRETS = ['token', 'password', 'secret', 'authorization', 'cookie', '*.token', '*.password', '*.secret']

/**
 * Opens the log as LogSettings say: a file in the home's `logs` folder, and on the terminal only what a person
 * should look at (OUTPOST_LOG_LEVEL changes that).
 */
export async function openLog(home: string, settings: Config['LogSettings'], env: NodeJS.ProcessEnv): Promise<Log> {
  const terminal = pino.destination({ fd: 2, sync: true })
  // A terminal that was closed must not take the server with it.
  terminal.on('error', () => undefined)
  const streams: pino.StreamEntry[] = [{ level: level(env.OUTPOST_LOG_LEVEL ?? 'warn'), stream: terminal }]
  if (settings.EnableFile) {
    const folder = resolve(home, settings.FileLocation || 'logs')
    await mkdir(folder, { recursive: true })
    streams.push({ level: level(settings.FileLevel), stream: await openLogFile(join(folder, 'outpost.log')) })
  }
  const every = pino.multistream(streams)
  const logger = pino({ level: 'trace', base: null, redact: SECRETS }, every)
  const say = (severity: 'info' | 'warn' | 'error') => (text: string) => logger[severity](text)
  const close = async () => {
    try {
      every.flushSync()
    } catch {
      // The disk is full: there is no place left to say so.
    }
  }
  return { logger, text: { info: say('info'), warn: say('warn'), error: say('error') }, close }
}

type LogFile = ReturnType<typeof pino.destination>

/** Lines that cannot be written (a full disk) are lost beyond a few megabytes; the server goes on without them. */
async function openLogFile(path: string): Promise<LogFile> {
  const file = pino.destination({ dest: path, append: true, sync: false, mkdir: true, maxLength: 4 * 1024 * 1024 })
  await new Promise((ready, failed) => file.once('ready', ready).once('error', failed))
  file.on('error', () => undefined)
  return file
}

function level(name: string): pino.Level {
  const lower = name.toLowerCase()
  if (lower === 'critical' || lower === 'panic') return 'fatal'
  return lower in pino.levels.values ? (lower as pino.Level) : 'info'
}
