import type { App } from '../app.ts'
import { invalidBody, noPermission } from '../http/errors.ts'
import type { Query } from '../http/route.ts'
import { parseLogLine } from '../log-format.ts'
import type { LogLine } from '../log-format.ts'
import type { Session } from '../sessions/session.ts'
import { linesBackwards } from './log-lines.ts'
import { systemError } from './system.errors.ts'

type Parts = Pick<App, 'access' | 'host'>

/** The name of a node where there is only one. */
const NODE = 'default'
const MAX_LINES = 10_000
/** How far back a page is looked for: a filter that nothing meets must not read gigabytes. */
const MAX_BYTES = 256 * 1024 * 1024

/** What lines somebody wants to see. A missing or empty part leaves out nothing. */
export interface LogFilter {
  readonly server_names?: readonly string[] | null
  readonly log_levels?: readonly string[] | null
  readonly date_from?: string | null
  readonly date_to?: string | null
}

/**
 * A page of the log as it is written, the oldest line first; page 0 holds the newest lines. Empty when no file is
 * written. Throws 403, 500 when the file cannot be read.
 */
export async function readLog(app: Parts, session: Session, query: Query): Promise<string[]> {
  requireLogs(app, session)
  return page(app, query, (text) => ({ line: text }))
}

/**
 * A page of the lines that meet the filter, by the name of the node, as objects. Throws 400 for a date that is none, 403,
 * 500 when the file cannot be read.
 */
export async function queryLog(
  app: Parts,
  session: Session,
  query: Query,
  filter: LogFilter,
): Promise<Record<string, LogLine[]>> {
  requireLogs(app, session)
  const names = filter.server_names ?? []
  const levels = new Set((filter.log_levels ?? []).map((level) => level.toLowerCase()))
  const from = moment('date_from', filter.date_from)
  const to = moment('date_to', filter.date_to)
  if (names.length > 0 && !names.includes(NODE)) return {}
  const lines = await page(app, query, (text) => {
    const line = parseLogLine(text) ?? { timestamp: '', level: '', msg: text }
    const at = Date.parse(line.timestamp.replace(' Z', 'Z'))
    // Lines are in the order of time, so everything before this one is older still.
    if (at < (from ?? -Infinity)) return 'end'
    const isWithin = (from ?? to) === undefined || at <= (to ?? Infinity)
    return isWithin && (levels.size === 0 || levels.has(line.level)) ? { line } : undefined
  })
  return { [NODE]: lines }
}

/** Throws 403 unless the caller may read the log. */
export function requireLogs(app: Pick<App, 'access'>, session: Session): void {
  if (!app.access.can(session, 'get_logs')) throw noPermission('get_logs')
}

/** The newest lines of the log in order; undefined when no file is written. Throws 500 when it cannot be read. */
export async function logTail(app: Pick<App, 'host'>, maxBytes: number): Promise<string | undefined> {
  if (app.host.logFile === undefined) return undefined
  const lines = await Array.fromAsync(linesBackwards(app.host.logFile, maxBytes)).catch(unreadable)
  return lines
    .toReversed()
    .map((line) => `${line}\n`)
    .join('')
}

/** Reads what `choose` picks, newest first, until a page is full. */
async function page<T>(
  app: Pick<App, 'host'>,
  query: Query,
  choose: (text: string) => { line: T } | 'end' | undefined,
): Promise<T[]> {
  const { logFile } = app.host
  if (logFile === undefined) return []
  const asked = query.int('logs_per_page', MAX_LINES)
  const count = asked < 0 ? MAX_LINES : Math.min(asked, MAX_LINES)
  let skip = Math.max(0, query.int('page', 0)) * count
  const found: T[] = []
  if (count === 0) return found
  try {
    for await (const text of linesBackwards(logFile, MAX_BYTES)) {
      const chosen = choose(text)
      if (chosen === 'end') break
      if (!chosen || skip-- > 0) continue
      if (found.push(chosen.line) === count) break
    }
  } catch (error) {
    unreadable(error)
  }
  return found.toReversed()
}

function unreadable(error: unknown): never {
  throw systemError('api.admin.file_read_error', {}, String(error))
}

/** ISO 8601, Mattermost's `2026-01-31 09:00:00.000 +09:00` (UTC without an offset) or ms; undefined for none. */
function moment(name: string, text: string | null | undefined): number | undefined {
  if (!text) return undefined
  if (/^\d{12,15}$/.test(text)) return Number(text)
  const [, date, time = '00:00', zone = 'Z'] =
    /^(\d{4}-\d\d-\d\d)(?:[ T]([\d:.]+))? ?(Z|[+-]\d\d:?\d\d)?$/.exec(text) ?? []
  const at = Date.parse(`${date}T${time}${zone}`)
  if (Number.isNaN(at)) throw invalidBody(name)
  return at
}
