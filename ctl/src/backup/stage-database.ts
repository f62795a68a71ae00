import { spawn } from 'node:child_process'
import { pipeline } from 'node:stream/promises'
import { Problem } from '../cli/problem.ts'
import { findProgram, inSession, programEnv, type DatabaseAccess } from './database-access.ts'
import { countRows } from './database-snapshot.ts'
import { filterDump, type DumpReport } from './filter-dump.ts'
import type { SchemaState } from './manifest.ts'
import { identifier, literal } from './psql-session.ts'
import { readSchemaState } from './schema-state.ts'

/** The database that is being filled beside the old one, and the one that the old one becomes. */
export const stagedName = (name: string): string => `${name.slice(0, 40)}_restore`
export const oldName = (name: string): string => `${name.slice(0, 40)}_before_restore`

export interface StagedDatabase {
  readonly state: SchemaState
  readonly counts: Readonly<Record<string, number>>
}

/**
 * Fills a new database with a dump, beside the one in use, and proves that every row arrived. `expected`: rows by
 * table as the manifest has them; without, those that the dump itself held.
 */
export async function stageDatabase(
  access: DatabaseAccess,
  dump: AsyncIterable<Buffer>,
  expected?: Readonly<Record<string, number>>,
): Promise<StagedDatabase> {
  await createEmpty(access)
  const report: DumpReport = { rows: {}, isComplete: false }
  await load(access, filterDump(dump, report))
  if (!report.isComplete) throw new Problem('The dump does not end as a dump ends: it is cut off.', OTHER_COPY)
  return inSession(access, access.admin, stagedName(access.name), async (session) => {
    const counts = await countRows(session)
    compareCounts(counts, expected ?? report.rows)
    await session.query('ANALYZE;')
    return { counts, state: await readSchemaState(session) }
  })
}

const OTHER_COPY = 'Take another copy of the backup, or an older one.'

async function createEmpty(access: DatabaseAccess): Promise<void> {
  const staged = identifier(stagedName(access.name))
  await inSession(access, access.admin, access.maintenance, async (session) => {
    const may = await session.value('SELECT rolsuper OR rolcreatedb FROM pg_roles WHERE rolname = current_user;')
    if (may !== 't')
      throw new Problem(
        `The role ${access.role} may not create databases, and a restore fills a new one beside the old one.`,
        `As the database's superuser: ALTER ROLE ${identifier(access.role)} CREATEDB; take it away again afterwards.`,
      )
    const role = await session.value(`SELECT 1 FROM pg_roles WHERE rolname = ${literal(access.role)};`)
    if (role !== '1') throw new Problem(`The role ${access.role} does not exist.`, 'Run outpost-ctl reconfigure first.')
    await session.query(`DROP DATABASE IF EXISTS ${staged} WITH (FORCE);`)
    await session.query(
      `CREATE DATABASE ${staged} OWNER ${identifier(access.role)} ENCODING 'UTF8' TEMPLATE template0;`,
    )
  })
}

/** As the service's own role and account: what a dump says runs with no more rights than the service has. */
async function load(access: DatabaseAccess, sql: AsyncIterable<string>): Promise<void> {
  const program = await findProgram(access, 'psql')
  const { numbers, env } = access.service
  const args = [
    '-X',
    '-q',
    '-w',
    '-v',
    'ON_ERROR_STOP=1',
    '--single-transaction',
    '-d',
    stagedName(access.name),
    '-f',
    '-',
  ]
  const child = spawn(program, args, {
    ...numbers,
    cwd: '/',
    env: programEnv({ numbers, env }),
    stdio: ['pipe', 'ignore', 'pipe'],
  })
  let said = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    if (said.length < 4000) said += text
  })
  const ended = new Promise<number>((done, fail) => {
    child.once('error', fail)
    child.once('close', (code) => done(code ?? 1))
  })
  const fed = pipeline(sql, child.stdin).then(
    () => undefined,
    (error: unknown) => error,
  )
  const failure = await fed
  if (failure !== undefined && !isBrokenPipe(failure)) child.kill()
  const code = await ended
  if (failure !== undefined && !isBrokenPipe(failure)) throw failure
  if (code !== 0 || failure !== undefined) throw refusal(said)
}

const isBrokenPipe = (error: unknown): boolean =>
  ['EPIPE', 'ERR_STREAM_PREMATURE_CLOSE', 'ECONNRESET'].includes((error as NodeJS.ErrnoException).code ?? '')

function refusal(said: string): Problem {
  const line = said.split('\n').find((one) => /ERROR|FATAL|error:/.test(one)) ?? said.trim().split('\n')[0] ?? ''
  const reason = line.replace(/^psql:\s*(<stdin>:\d+:\s*)?/, '').trim() || 'it ended without a word'
  const isFull = /No space left|disk full/i.test(said)
  return new Problem(
    `PostgreSQL did not take the dump: ${reason}. The database in use was not touched.`,
    isFull ? 'Free some space on the disk of the database, then run the command again.' : OTHER_COPY,
  )
}

function compareCounts(found: Readonly<Record<string, number>>, expected: Readonly<Record<string, number>>): void {
  const wrong = Object.entries(expected).filter(([table, count]) => found[table] !== count)
  if (wrong.length === 0) return
  const list = wrong
    .slice(0, 5)
    .map(([table, count]) => `${table} has ${found[table] ?? 'no'} rows instead of ${count}`)
  throw new Problem(`Not every row arrived: ${list.join(', ')}. The database in use was not touched.`, OTHER_COPY)
}
