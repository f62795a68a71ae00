import { spawn } from 'node:child_process'
import { createGzip } from 'node:zlib'
import { Problem } from '../cli/problem.ts'
import { findProgram, openSession, programEnv, type DatabaseAccess } from './database-access.ts'
import type { SchemaState } from './manifest.ts'
import { identifier, type PsqlSession } from './psql-session.ts'
import { readSchemaState } from './schema-state.ts'

/**
 * One moment of the database, held while people go on writing: the rows that are counted are exactly those that are
 * dumped.
 */
export class DatabaseSnapshot {
  readonly #access: DatabaseAccess
  readonly #session: PsqlSession
  readonly #id: string
  readonly #major: number

  private constructor(access: DatabaseAccess, session: PsqlSession, id: string, major: number) {
    this.#access = access
    this.#session = session
    this.#id = id
    this.#major = major
  }

  static async take(access: DatabaseAccess): Promise<DatabaseSnapshot> {
    const session = await openSession(access, access.admin)
    await session.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY;')
    const [[id = '', version = '0'] = []] = await session.query(
      "SELECT pg_export_snapshot(), current_setting('server_version_num');",
    )
    return new DatabaseSnapshot(access, session, id, Math.floor(Number(version) / 10_000))
  }

  state(): Promise<SchemaState> {
    return readSchemaState(this.#session)
  }

  counts(): Promise<Record<string, number>> {
    return countRows(this.#session)
  }

  /** Paths of all files that messages refer to. */
  async filePaths(): Promise<string[]> {
    const rows = await this.#session.query('SELECT path FROM public.fileinfo WHERE deleteat = 0;')
    return rows.map(([path = '']) => path)
  }

  /** The dump as plain SQL, packed with gzip. `withOwner`: it names the role that owns everything, as the guide's form does. */
  async *dump(withOwner: boolean): AsyncGenerator<Buffer> {
    const program = await findProgram(this.#access, 'pg_dump', this.#major)
    const { admin, name } = this.#access
    const args = ['-w', `--snapshot=${this.#id}`, ...(withOwner ? [] : ['--no-owner', '--no-privileges']), '-d', name]
    const child = spawn(program, args, {
      ...admin.numbers,
      cwd: '/',
      env: programEnv(admin),
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let said = ''
    child.stderr.setEncoding('utf8').on('data', (text: string) => (said = (said + text).slice(-4000)))
    const ended = new Promise<number>((done) => child.once('close', (code) => done(code ?? 1)))
    try {
      yield* child.stdout.pipe(createGzip({ level: 4 })) as AsyncIterable<Buffer>
      if ((await ended) === 0) return
    } finally {
      child.kill()
    }
    const reason = said.trim().split('\n').slice(-3).join(' ') || 'it ended without a word'
    throw new Problem(`The database could not be dumped: ${reason}`, 'Remove the cause, then run the command again.')
  }

  async release(): Promise<void> {
    await this.#session.close().catch(() => undefined)
  }
}

/** Rows of every table of a database, by `schema.table`. */
export async function countRows(session: PsqlSession): Promise<Record<string, number>> {
  const tables = await session.query(`
    SELECT n.nspname, c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE c.relkind = 'r' AND n.nspname NOT LIKE 'pg\\_%' AND n.nspname <> 'information_schema' ORDER BY 1, 2;`)
  const counts: Record<string, number> = {}
  for (const [schema = '', table = ''] of tables) {
    const count = await session.value(`SELECT count(*) FROM ${identifier(schema)}.${identifier(table)};`)
    counts[`${schema}.${table}`] = Number(count)
  }
  return counts
}
