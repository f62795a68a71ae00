/** A line of the log as it is kept in a file of `LogSettings.FileJson`. */
export interface LogLine {
  /** `2026-01-31 09:00:00.000 Z`, see `logTime` */
  readonly timestamp: string
  /** `trace`, `debug`, `info`, `warn`, `error`, `fatal` */
  readonly level: string
  readonly msg: string
  readonly [field: string]: unknown
}

/** A moment as Mattermost's log, console and mmctl write it, always in UTC. */
export const logTime = (at: Date): string => at.toISOString().replace('T', ' ').replace('Z', ' Z')

/** The line if it is JSON of the log; undefined for any other text. */
export function parseLogLine(text: string): LogLine | undefined {
  try {
    const line = JSON.parse(text) as Partial<LogLine> | null
    if (typeof line?.level !== 'string' || typeof line.timestamp !== 'string') return undefined
    return { ...line, timestamp: line.timestamp, level: line.level, msg: String(line.msg ?? '') }
  } catch {
    return undefined
  }
}

/** A line for people, `level [time] message key=value …`, from one in JSON. */
export function readableLine(json: string): string {
  const line = parseLogLine(json)
  if (!line) return json
  const { timestamp, level, msg, ...rest } = line
  const fields = Object.entries(rest).map(([key, value]) => ` ${key}=${JSON.stringify(value)}`)
  // Only the fields are escaped so far; nobody may begin a line of his own with a message.
  return `${level.padEnd(5)} [${timestamp}] ${msg.replaceAll(/[\r\n]+/g, ' ')}${fields.join('')}\n`
}
