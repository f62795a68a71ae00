import { CompiledQuery, Kysely, PostgresDialect } from 'kysely'
import pg from 'pg'
import { preparingClient } from './preparing-client.ts'
import { clientConfig, parseDataSource, type DataSource } from './data-source.ts'
import type { DB } from './tables.ts'

/** What stores work with: the pool or, inside a unit of work, its transaction. */
export type Queries = Kysely<DB>

/** What this folder writes to; a pino logger fits. */
export interface DatabaseLog {
  info(text: string): void
  warn(text: string): void
  error(text: string): void
}

export interface PoolOptions {
  /** `SqlSettings.MaxOpenConns`; default 20. */
  maxConnections?: number
  /** `SqlSettings.ConnMaxIdleTimeMilliseconds`; default 5 minutes. */
  idleTimeoutMs?: number
  /** `SqlSettings.ConnMaxLifetimeMilliseconds`; default 1 hour. */
  maxLifetimeMs?: number
  /** `SqlSettings.QueryTimeout` in milliseconds, enforced by the server on every statement; default none. */
  statementTimeoutMs?: number
  log?: DatabaseLog
}

/** An open database. `close` waits for the queries under way. */
export interface Database {
  pool: pg.Pool
  db: Queries
  source: DataSource
  close(): Promise<void>
}

const OID_BIGINT = 20
const OID_BIGINT_LIST = 1016
const OID_DATE = 1082

/**
 * Reads bigint as number (times and counters stay far below 2^53) and date as its text, without touching pg's
 * global parsers, which belong to everyone in the process.
 */
const types: pg.CustomTypesConfig = {
  getTypeParser(oid: number, format?: 'text' | 'binary') {
    if (format !== 'binary') {
      if (oid === OID_BIGINT) return Number
      if (oid === OID_BIGINT_LIST) return readBigintList
      if (oid === OID_DATE) return String
    }
    return pg.types.getTypeParser(oid, format as 'text')
  },
}

function readBigintList(text: string): (number | null)[] {
  const items = pg.types.getTypeParser(OID_BIGINT_LIST as number as 20, 'text')(text) as (string | null)[]
  return items.map((item) => (item === null ? null : Number(item)))
}

/** A pool for a data source string or an already parsed one. Connects lazily; throws DataSourceError only. */
export function createPool(dataSource: string | DataSource, options: PoolOptions = {}): pg.Pool {
  const source = typeof dataSource === 'string' ? parseDataSource(dataSource) : dataSource
  const pool = new pg.Pool({
    Client: preparingClient(),
    ...clientConfig(source),
    max: options.maxConnections ?? 20,
    idleTimeoutMillis: options.idleTimeoutMs ?? 300_000,
    maxLifetimeSeconds: Math.ceil((options.maxLifetimeMs ?? 3_600_000) / 1000),
    // A hanging connect must not hang every request: the reference gives a ping ten seconds.
    connectionTimeoutMillis: source.connectTimeoutMs || 10_000,
    ...(options.statementTimeoutMs ? { statement_timeout: options.statementTimeoutMs } : {}),
    types,
  })
  // Without a listener, the server closing an idle connection would end the process.
  pool.on('error', (error) => {
    // One that is being closed here anyway may hear first that the database stops.
    if (!pool.ending) options.log?.warn(`The database closed an idle connection: ${error.message}`)
  })
  // One that is lost while it is lent, between two statements, says so to itself alone, with the same effect. Whoever
  // holds it hears of it at his next statement, and the pool drops it when it comes back.
  pool.on('connect', (client) => void client.on('error', () => undefined))
  return pool
}

/** Opens the database: a pool and Kysely on it. Warnings about the data source go to the log once. */
export function openDatabase(dataSource: string, options: PoolOptions = {}): Database {
  const source = parseDataSource(dataSource)
  for (const warning of source.warnings) options.log?.warn(warning)
  const pool = createPool(source, options)
  const db = new Kysely<DB>({ dialect: new PostgresDialect({ pool }) })
  return { pool, db, source, close: () => db.destroy() }
}

/** Whether the database answers; throws the driver's error when not. */
export async function ping(db: Queries): Promise<void> {
  await db.executeQuery(CompiledQuery.raw('SELECT 1'))
}
