import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { Problem } from '../cli/problem.ts'
import type { CommandOptions } from '../resources/run-command.ts'

const FIELD = '\u001F'

interface Waiting {
  readonly marker: string
  readonly done: (rows: string[][]) => void
  readonly fail: (error: Error) => void
}

/**
 * One psql that stays open, so that statements share a session and its snapshot. It is a program of its own because
 * PostgreSQL asks the system in whose name it is entered. Values must not hold line breaks.
 */
export class PsqlSession {
  readonly #child: ChildProcessWithoutNullStreams
  #said = ''
  #complaint = ''
  #waiting: Waiting | undefined

  private constructor(child: ChildProcessWithoutNullStreams) {
    this.#child = child
    child.stdout.setEncoding('utf8').on('data', (text: string) => this.#hear(text))
    child.stderr.setEncoding('utf8').on('data', (text: string) => (this.#complaint += text.slice(0, 4000)))
    child.stdin.on('error', () => undefined)
    child.on('error', (error) => this.#end(error.message))
    child.on('close', () => this.#end(this.#complaint))
  }

  /** Rejects with a Problem, in PostgreSQL's words, when the database cannot be entered. */
  static async open(program: string, database: string, options: CommandOptions): Promise<PsqlSession> {
    const args = ['-X', '-A', '-t', '-q', '-w', '-F', FIELD, '-v', 'ON_ERROR_STOP=1', '-d', database]
    const session = new PsqlSession(spawn(program, args, { ...options, cwd: '/', stdio: 'pipe' }))
    await session.query('SELECT 1;')
    return session
  }

  /** Runs one or more complete statements and answers the rows. After a failure the session is over. */
  query(sql: string): Promise<string[][]> {
    const marker = `outpost-${randomBytes(8).toString('hex')}`
    return new Promise((done, fail) => {
      if (this.#child.exitCode !== null) return fail(problem(this.#complaint))
      this.#waiting = { marker, done, fail }
      this.#child.stdin.write(`${sql}\n\\echo ${marker}\n`)
    })
  }

  /** The first column of the first row; '' when there is none. */
  async value(sql: string): Promise<string> {
    return (await this.query(sql))[0]?.[0] ?? ''
  }

  /** Ends the session; what was not committed is rolled back. */
  async close(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return
    const ended = new Promise((done) => this.#child.once('close', done))
    this.#child.stdin.end()
    await ended
  }

  #hear(text: string): void {
    this.#said += text
    const { marker, done } = this.#waiting ?? {}
    if (marker === undefined || !this.#said.endsWith(`${marker}\n`)) return
    const lines = this.#said
      .slice(0, -marker.length - 1)
      .split('\n')
      .filter(Boolean)
    this.#said = ''
    this.#waiting = undefined
    done?.(lines.map((line) => line.split(FIELD)))
  }

  #end(reason: string): void {
    this.#waiting?.fail(problem(reason))
    this.#waiting = undefined
  }
}

function problem(said: string): Problem {
  const reason = said.trim().split('\n').slice(0, 3).join(' ') || 'it ended without a word'
  const isDown = /connection to server .* failed|could not connect/.test(reason)
  const start = 'If it is down, start it (outpost-ctl start postgresql; beside GitLab: gitlab-ctl start postgresql)'
  return new Problem(
    `PostgreSQL refused: ${reason.replace(/^psql:\s*(<stdin>:\d+:\s*)?(error:\s*)?/i, '')}`,
    `${isDown ? start : 'Remove the cause'}, then run the command again. outpost-ctl doctor looks at the database too.`,
  )
}

/** A name as SQL has it. */
export const identifier = (name: string): string => `"${name.replaceAll('"', '""')}"`

/** A text as SQL has it. */
export const literal = (text: string): string => `'${text.replaceAll("'", "''")}'`
