import type { Action } from '../../cli/command.ts'
import { UsageError } from '../../cli/usage-error.ts'

/** Prints the newest lines of the server's log, made readable. */
export const logs: Action = async ({ flags, out, connect }) => {
  if (out.json || flags.given('format')) throw new UsageError('logs are always plain: leave out --json and --format')
  const { api } = await connect()
  const lines = await api.call<string[]>('GET', `/logs?page=0&logs_per_page=${flags.int('number')}`)
  for (const line of lines) out.print(flags.bool('logrus') ? asFields(line) : readable(line))
}

function parsed(line: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(line)
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined
  } catch {
    return undefined
  }
}

const text = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value))

/** `level [time] message key=value …`; a line that is no JSON stays as it is. */
function readable(line: string): string {
  const entry = parsed(line)
  if (!entry) return line.trimEnd()
  const { level, timestamp, time, msg, ...rest } = entry
  const pairs = Object.entries(rest).map(([key, value]) => `${key}=${text(value)}`)
  return [text(level ?? 'info'), `[${text(timestamp ?? time ?? '')}]`, text(msg ?? ''), ...pairs].join(' ')
}

/** `time="…" level=… msg="…" key=value`. */
function asFields(line: string): string {
  const entry = parsed(line)
  if (!entry) return line.trimEnd()
  const { level, timestamp, time, msg, ...rest } = entry
  const first = [`time=${JSON.stringify(text(timestamp ?? time ?? ''))}`, `level=${text(level ?? 'info')}`]
  const pairs = Object.entries(rest).map(([key, value]) => `${key}=${JSON.stringify(value)}`)
  return [...first, `msg=${JSON.stringify(text(msg ?? ''))}`, ...pairs].join(' ')
}
