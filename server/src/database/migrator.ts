import { readdirSync, readFileSync } from 'node:fs'
import type { Pool, PoolClient } from 'pg'
import { parseDataSource, type DataSource } from './data-source.ts'
import { takeMigrationLock } from './migration-lock.ts'
import { createPool, type DatabaseLog } from './pool.ts'
import { mattermostMigrations, mattermostTables, seedNewDatabase } from './seed.ts'
import { prepareTaskTables } from './task-tables.ts'

/** The database cannot be brought to the state this server needs; the text says why, for an operator. */
export class MigrationError extends Error {
  override name = 'MigrationError'
}

export interface MigrateResult {
  /** Whether the database was empty and has been created from nothing. */
  created: boolean
  /** File names of what was applied now, in order. */
  applied: string[]
}

export interface MigrateOptions {
  log?: DatabaseLog
  /** `SqlSettings.MigrationsStatementTimeoutSeconds`; 0 = none (default). */
  statementTimeoutSeconds?: number
}

interface Migration {
  number: number
  name: string
  file: string
}

interface State {
  base: 'missing' | 'present'
  pending: Migration[]
}

const FOLDER = new URL('../../migrations/', import.meta.url)
const BASE = 1
/** Serialises our own servers inside the database: unlike db_lock it cannot expire under a running statement. */
const ADVISORY_LOCK = 7_310_141

/** Our migrations in order. `NNNN_name.sql`; numbers must not repeat. */
export function listMigrations(folder: URL = FOLDER): Migration[] {
  const migrations = readdirSync(folder)
    .filter((file) => file.endsWith('.sql'))
    .sort()
    .map((file) => {
      const match = /^(\d{4})_(\w+)\.sql$/.exec(file)
      if (!match) throw new MigrationError(`The migration ${file} is not named NNNN_name.sql.`)
      return { number: Number(match[1]), name: match[2]!, file }
    })
  const numbers = new Set(migrations.map((migration) => migration.number))
  if (numbers.size !== migrations.length) throw new MigrationError('Two migrations have the same number.')
  return migrations
}

/**
 * Brings the database to the level of this server. A database without tables becomes Mattermost's at level 141 with
 * the rows a fresh 10.11 has; an existing one of 10.11 is left as it is, apart from the schema `outpost`. May be
 * called by several nodes at once and again at every start (then it only reads). Throws MigrationError.
 */
export async function migrate(dataSource: string | DataSource, options: MigrateOptions = {}): Promise<MigrateResult> {
  const source = typeof dataSource === 'string' ? parseDataSource(dataSource) : dataSource
  const pool = createPool(source, { maxConnections: 3, log: options.log })
  try {
    const result = await run(pool, options)
    await prepareTaskTables(pool)
    return result
  } catch (error) {
    throw explain(error)
  } finally {
    await pool.end()
  }
}

async function run(pool: Pool, options: MigrateOptions): Promise<MigrateResult> {
  await checkServer(pool)
  const before = await readState(pool, options.log)
  if (before.base === 'present' && before.pending.length === 0) return { created: false, applied: [] }
  const lock = await takeMigrationLock(pool, {
    onWait: () => options.log?.info('Another server is migrating the database; waiting for it.'),
  })
  const client = await pool.connect()
  try {
    await client.query(`SET statement_timeout = ${Math.trunc((options.statementTimeoutSeconds ?? 0) * 1000)}`)
    return await applyPending(client, lock.signal, options.log)
  } finally {
    client.release(true)
    await lock.release().catch(() => undefined)
  }
}

async function applyPending(client: PoolClient, lost: AbortSignal, log?: DatabaseLog): Promise<MigrateResult> {
  const result: MigrateResult = { created: false, applied: [] }
  await client.query('SELECT pg_advisory_lock($1)', [ADVISORY_LOCK])
  const state = await readState(client)
  if (state.base === 'missing') {
    await createFromNothing(client)
    result.created = true
    result.applied.push(listMigrations()[0]!.file)
    log?.info('Created the database schema.')
  }
  if (state.pending.length > 0) await createBookkeeping(client)
  for (const migration of state.pending) {
    lost.throwIfAborted()
    await applyOne(client, migration)
    result.applied.push(migration.file)
    log?.info(`Applied the migration ${migration.file}.`)
  }
  return result
}

async function createFromNothing(client: PoolClient): Promise<void> {
  const base = listMigrations().find((migration) => migration.number === BASE)!
  await inTransaction(client, async () => {
    await client.query(readFileSync(new URL(base.file, FOLDER), 'utf8'))
    await seedNewDatabase(client)
  })
}

async function createBookkeeping(client: PoolClient): Promise<void> {
  await client.query('CREATE SCHEMA IF NOT EXISTS outpost')
  await client.query(
    `CREATE TABLE IF NOT EXISTS outpost.migrations
     (number integer PRIMARY KEY, name text NOT NULL, appliedat bigint NOT NULL)`,
  )
}

/**
 * One file in one transaction with its bookkeeping row. A file that begins with `-- no transaction` (for CREATE INDEX
 * CONCURRENTLY) runs statement by statement, each ending with `;` at the end of a line, and must bear being run again.
 */
async function applyOne(client: PoolClient, migration: Migration): Promise<void> {
  const text = readFileSync(new URL(migration.file, FOLDER), 'utf8')
  const record = (): Promise<unknown> =>
    client.query('INSERT INTO outpost.migrations (number, name, appliedat) VALUES ($1, $2, $3)', [
      migration.number,
      migration.name,
      Date.now(),
    ])
  if (text.startsWith('-- no transaction')) {
    for (const statement of text.split(/;\s*$/m)) if (statement.trim()) await client.query(statement)
    await record()
    return
  }
  await inTransaction(client, async () => {
    await client.query(text)
    await record()
  })
}

async function inTransaction(client: PoolClient, work: () => Promise<void>): Promise<void> {
  await client.query('BEGIN')
  try {
    await work()
    await client.query('COMMIT')
  } catch (error) {
    await client.query('ROLLBACK').catch(() => undefined)
    throw error
  }
}

async function checkServer(pool: Pool): Promise<void> {
  const { rows } = await pool.query<{ version: number; encoding: string }>(
    `SELECT current_setting('server_version_num')::int AS version, current_setting('server_encoding') AS encoding`,
  )
  const { version, encoding } = rows[0]!
  if (version < 140_000)
    throw new MigrationError(`PostgreSQL ${Math.trunc(version / 10_000)} is too old; Outpost needs 14 or newer.`)
  if (encoding !== 'UTF8')
    throw new MigrationError(`The database is encoded in ${encoding}; create it with ENCODING 'UTF8'.`)
}

/** What is there. Decided by migration names and tables, never by the highest number (see docs on schema history). */
async function readState(db: Pool | PoolClient, log?: DatabaseLog): Promise<State> {
  const tables = await db.query<{ engine: boolean; own: boolean; taken: string[] }>(
    `SELECT to_regclass('db_migrations') IS NOT NULL AS engine, to_regclass('outpost.migrations') IS NOT NULL AS own,
       array(SELECT relname::text FROM pg_class WHERE relnamespace = current_schema()::regnamespace
         AND relkind IN ('r', 'p', 'v', 'm', 'f') AND relname = ANY($1) AND relname NOT IN ('db_lock', 'db_migrations')
         ORDER BY relname) AS taken`,
    [mattermostTables],
  )
  const { engine, own, taken } = tables.rows[0]!
  const names = engine ? (await db.query<{ name: string }>('SELECT name FROM db_migrations')).rows : []
  const base = names.length > 0 ? 'present' : 'missing'
  if (base === 'present') checkLevel(new Set(names.map((row) => row.name)), log)
  else if (taken.length > 0)
    throw new MigrationError(
      `The database already has tables of another application (${taken.slice(0, 3).join(', ')}); give Outpost a database of its own.`,
    )
  const rows = own ? (await db.query<{ number: number }>('SELECT number FROM outpost.migrations')).rows : []
  const done = new Set(rows.map((row) => row.number))
  const all = listMigrations()
  const newest = Math.max(...all.map((migration) => migration.number))
  if (rows.some((row) => row.number > newest)) log?.warn('A newer Outpost has used this database before.')
  return { base, pending: all.filter((migration) => migration.number !== BASE && !done.has(migration.number)) }
}

function checkLevel(names: Set<string>, log?: DatabaseLog): void {
  const missing = mattermostMigrations.filter(([, name]) => !names.has(name))
  if (missing.length > 0)
    throw new MigrationError(
      `The database is older than Mattermost 10.11 (${missing.length} of its migrations are missing, the first is ` +
        `${missing[0]![0]} ${missing[0]![1]}). Start Mattermost 10.11 on it once, then try again.`,
    )
  // 142 and 144 of 11.x; 10.11.16 and later record other names under the same numbers.
  if (names.has('create_content_flagging_tables') || names.has('add_dcr_fields_to_oauth_apps'))
    log?.warn('A Mattermost server newer than 10.11 has used this database; what it added is left alone.')
}

/** Turns the driver's errors into sentences for an operator. */
function explain(error: unknown): unknown {
  const { code, message } = error as { code?: string; message?: string }
  if (code === '42501')
    return new MigrationError(
      `The database user lacks a right (${message}). Make it the owner of the database or grant it CREATE on the database and its schema.`,
    )
  if (code === '53100') return new MigrationError('The database server has no disk space left.')
  return error
}
