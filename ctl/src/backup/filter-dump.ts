import { StringDecoder } from 'node:string_decoder'
import { Problem } from '../cli/problem.ts'

/** What was seen of a dump on its way. */
export interface DumpReport {
  /** rows by `schema.table`, of the tables whose rows come as COPY has them */
  readonly rows: Record<string, number>
  /** the dump's own last words were read */
  isComplete: boolean
}

/** Statements that have no meaning for a new database whose owner is known: rights, owners, what is not there yet. */
const LEFT_OUT = [
  /^ALTER [\s\S]* OWNER TO [^;]*;$/i,
  /^(GRANT|REVOKE|DROP|ALTER DEFAULT PRIVILEGES|SET SESSION AUTHORIZATION|RESET SESSION AUTHORIZATION)\b/i,
  /^(CREATE|ALTER|DROP|COMMENT ON) (DATABASE|ROLE|USER)\b/i,
  /^COMMENT ON (SCHEMA|EXTENSION)\b/i,
  /^CREATE SCHEMA public;$/i,
  /^CREATE EXTENSION (IF NOT EXISTS )?plpgsql\b/i,
  /^ALTER TABLE [^;]* DROP CONSTRAINT\b/i,
  // Settings that an older server than the dump's does not know.
  /^SET (transaction_timeout|default_table_access_method)\b/i,
]

/** psql's own commands that pg_dump writes. Every other one is refused: it could run a program. */
const HARMLESS_COMMAND = /^\\(restrict|unrestrict|connect)\b/

/**
 * Passes on the SQL of a dump without what only concerns the server it came from. Knows where strings and rows are, so
 * that nothing inside them is touched, and refuses commands to psql.
 */
export async function* filterDump(source: AsyncIterable<Buffer>, report: DumpReport): AsyncGenerator<string> {
  const filter = new Filter(report)
  const decoder = new StringDecoder('utf8')
  let rest = ''
  for await (const chunk of source) {
    const text = rest + decoder.write(chunk)
    const end = text.lastIndexOf('\n') + 1
    rest = text.slice(end)
    if (rest.length > MAX_LINE) throw new Problem('A line of the dump is longer than 512 MB.', REPAIR)
    if (end > 0) yield filter.pass(text.slice(0, end))
  }
  yield filter.pass(`${rest}${decoder.end()}\n`)
  if (filter.isOpen) throw new Problem('The dump ends in the middle of a statement: it is cut off.', REPAIR)
}

const REPAIR = 'Take another copy of the dump, or an older one.'
const MAX_LINE = 512_000_000

/** Begin of a part that is not plain SQL; what ends it depends on which one it is. */
const OPENING = /'|"|--|\/\*|\$(?:[A-Za-z_\u0080-\uFFFF][\w\u0080-\uFFFF]*)?\$|;|\\/g

class Filter {
  readonly #report: DumpReport
  #line = 0
  #statement = ''
  /** what ends the part that we are in: a quote, a comment's end, a dollar tag; '' in plain SQL */
  #until = ''
  #isEscaping = false
  /** table whose rows are being passed on */
  #copying: string | undefined

  constructor(report: DumpReport) {
    this.#report = report
  }

  /** In the middle of something. */
  get isOpen(): boolean {
    return this.#copying !== undefined || this.#until !== '' || this.#statement.trim() !== ''
  }

  /** Whole lines in, whole statements and rows out. */
  pass(text: string): string {
    let out = ''
    for (let at = 0; at < text.length;) {
      if (this.#copying !== undefined) {
        const end = this.#endOfRows(text, at)
        out += text.slice(at, end)
        at = end
        continue
      }
      const end = text.indexOf('\n', at) + 1
      this.#line++
      out += this.#takeLine(text.slice(at, end))
      at = end
    }
    return out
  }

  /** Rows hold no raw line breaks, so their end is a line of its own. */
  #endOfRows(text: string, from: number): number {
    const last = text.startsWith('\\.\n', from) ? from : text.indexOf('\n\\.\n', from) + 1
    const isEnd = last > 0 || text.startsWith('\\.\n', from)
    const rows = countLines(text, from, isEnd ? last : text.length)
    this.#report.rows[this.#copying!]! += rows
    this.#line += rows + (isEnd ? 1 : 0)
    if (!isEnd) return text.length
    this.#copying = undefined
    return last + 3
  }

  #takeLine(line: string): string {
    if (this.#until === '' && this.#statement.trim() === '') {
      if (line.startsWith('-- PostgreSQL database dump complete')) this.#report.isComplete = true
      if (HARMLESS_COMMAND.test(line)) return ''
    }
    let out = ''
    for (let at = 0; at < line.length;) {
      if (this.#until !== '') at = this.#skipPart(line, at)
      else {
        const [next, isEnd] = this.#plain(line, at)
        at = next
        if (isEnd) out += this.#finish()
      }
    }
    return out
  }

  /** Plain SQL up to the next part or the end of a statement. */
  #plain(line: string, at: number): [next: number, isEnd: boolean] {
    OPENING.lastIndex = at
    const match = OPENING.exec(line)
    const end = match ? match.index + match[0].length : line.length
    const [token = ''] = match ?? []
    if (token === '\\')
      throw new Problem(`Line ${this.#line} of the dump is a command to psql, which could run programs.`, REPAIR)
    if (token === '--') return [line.length, false]
    this.#statement += line.slice(at, end)
    if (token === '' || token === ';') return [end, token === ';']
    this.#until = token === '/*' ? '*/' : token
    this.#isEscaping = token === "'" && /(^|[^\w$])[eE]'$/.test(line.slice(0, end))
    return [end, false]
  }

  #skipPart(line: string, from: number): number {
    let end = line.indexOf(this.#until, from)
    if (this.#isEscaping) end = endOfEscaped(line, from)
    const next = end < 0 ? line.length : end + this.#until.length
    this.#statement += line.slice(from, next)
    if (end >= 0) {
      this.#until = ''
      this.#isEscaping = false
    }
    return next
  }

  #finish(): string {
    const statement = this.#statement.trim()
    this.#statement = ''
    const copy = /^COPY ((?:"(?:[^"]|"")+"|[\w$]+)(?:\.(?:"(?:[^"]|"")+"|[\w$]+))?) [\s\S]*FROM stdin\b/i.exec(
      statement,
    )
    if (copy) {
      this.#copying = copy[1]!.replaceAll(/"((?:[^"]|"")*)"/g, (_all, name: string) => name.replaceAll('""', '"'))
      this.#report.rows[this.#copying] ??= 0
      return `${statement}\n`
    }
    return LEFT_OUT.some((pattern) => pattern.test(statement)) ? '' : `${statement}\n`
  }
}

/** Where a string with backslashes ends; -1 if not in this line. */
function endOfEscaped(line: string, from: number): number {
  for (let at = from; at < line.length; at++) {
    if (line[at] === '\\') at++
    else if (line[at] === "'") return at
  }
  return -1
}

function countLines(text: string, from: number, to: number): number {
  let count = 0
  for (let at = text.indexOf('\n', from); at >= 0 && at < to; at = text.indexOf('\n', at + 1)) count++
  return count
}
