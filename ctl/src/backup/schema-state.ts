import type { PsqlSession } from './psql-session.ts'
import type { SchemaState } from './manifest.ts'

/** What a database is, in the terms of a chat: nothing, somebody else's, or a chat of a certain level. */
export async function readSchemaState(session: PsqlSession): Promise<SchemaState> {
  const has = await presence(session)
  const migrations = has.migrations
    ? await session.query('SELECT name FROM public.db_migrations ORDER BY version;')
    : []
  const own = has.outpost ? await session.query('SELECT number FROM outpost.migrations ORDER BY number;') : []
  const chat = has.systems ? await session.value("SELECT value FROM public.systems WHERE name = 'DiagnosticId';") : ''
  return {
    migrations: migrations.map(([name = '']) => name),
    outpost: own.map(([number]) => Number(number)),
    chat,
  }
}

export interface Presence {
  readonly migrations: boolean
  readonly outpost: boolean
  readonly systems: boolean
  readonly users: boolean
  /** number of all tables and views */
  readonly tables: number
}

/** Which tables there are. */
export async function presence(session: PsqlSession): Promise<Presence> {
  const [[migrations, outpost, systems, users, tables] = []] = await session.query(`
    SELECT to_regclass('public.db_migrations') IS NOT NULL, to_regclass('outpost.migrations') IS NOT NULL,
      to_regclass('public.systems') IS NOT NULL, to_regclass('public.users') IS NOT NULL,
      (SELECT count(*) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
       WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND n.nspname NOT LIKE 'pg\\_%' AND n.nspname <> 'information_schema');`)
  return {
    migrations: migrations === 't',
    outpost: outpost === 't',
    systems: systems === 't',
    users: users === 't',
    tables: Number(tables),
  }
}
