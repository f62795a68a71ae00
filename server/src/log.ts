import { mkdir } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { pino } from 'pino'
import type { Logger } from 'pino'
import type { Config } from './config/config-types.ts'
import type { DatabaseLog } from './database/pool.ts'
import { logTime, readableLine } from './log-format.ts'
import { rotateWhenFull } from './log-rotation.ts'

/** The server's log: structured for the app, plain lines for the parts that only say sentences. */
export interface Log {
  readonly logger: Logger
  readonly text: DatabaseLog
  /** path of the file that lines are added to, undefined without one */
  readonly file: string | undefined
  close(): Promise<void>
}

/** Header and body fields that must never reach a log, whoever writes the line. */
const SECRETS = ['token', 'password', 'secret', 'authorization', 'cookie', '*.token', '*.password', '*.secret']

/** As Mattermost writes its lines, because its console and its mmctl read them. */
const FORMAT: pino.LoggerOptions = {
  timestamp: () => `,"timestamp":"${logTime(new Date())}"`,
  formatters: { level: (label) => ({ level: label }) },
}

/**
 * Opens the log as LogSettings say: on the terminal and in a file in the home's `logs` folder. OUTPOST_LOG_LEVEL has
 * the terminal show that level whatever the settings say.
 */
export async function openLog(home: string, settings: Config['LogSettings'], env: NodeJS.ProcessEnv): Promise<Log> {
  const terminal = pino.destination({ fd: 2, sync: true })
  // A terminal that was closed must not take the server with it.
  terminal.on('error', () => undefined)
  const streams: pino.StreamEntry[] = []
  const shown = env.OUTPOST_LOG_LEVEL ?? (settings.EnableConsole ? settings.ConsoleLevel : undefined)
  if (shown !== undefined) {
    streams.push({ level: level(shown), stream: settings.ConsoleJson ? terminal : readable(terminal) })
  }
  const file = settings.EnableFile ? join(resolve(home, settings.FileLocation || 'logs'), 'outpost.log') : undefined
  if (file !== undefined) {
    await mkdir(dirname(file), { recursive: true })
    const opened = await openLogFile(file)
    const stream = settings.FileJson ? opened : readable(opened)
    streams.push({ level: level(settings.FileLevel), stream })
  }
  const every = pino.multistream(streams)
  const logger = pino({ ...FORMAT, level: 'trace', base: null, redact: SECRETS }, every)
  const say = (severity: 'info' | 'warn' | 'error') => (text: string) => logger[severity](text)
  const close = async () => {
    try {
      every.flushSync()
    } catch {
      // The disk is full: there is no place left to say so.
    }
  }
  return { logger, text: { info: say('info'), warn: say('warn'), error: say('error') }, file, close }
}

type LogFile = ReturnType<typeof pino.destination>

/** Writes lines for people instead of JSON (`LogSettings.FileJson` or `ConsoleJson` false). */
const readable = (file: LogFile): pino.DestinationStream & { flushSync(): void } => ({
  write: (line: string) => void file.write(readableLine(line)),
  flushSync: () => file.flushSync(),
})

/** Lines that cannot be written (a full disk) are lost beyond a few megabytes; the server goes on without them. */
async function openLogFile(path: string): Promise<LogFile> {
  const file = pino.destination({ dest: path, append: true, sync: false, mkdir: true, maxLength: 4 * 1024 * 1024 })
  await new Promise((ready, failed) => file.once('ready', ready).once('error', failed))
  file.on('error', () => undefined)
  rotateWhenFull(file, path)
  return file
}

function level(name: string): pino.Level {
  const lower = name.toLowerCase()
  if (lower === 'critical' || lower === 'panic') return 'fatal'
  return lower in pino.levels.values ? (lower as pino.Level) : 'info'
}
