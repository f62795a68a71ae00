import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../../../testkit/database.ts'
import { openDatabase, type Database } from './pool.ts'
import { defaultRoles, migrationMarkers } from './seed.ts'

interface Table {
  columns: { name: string; type: string; nullable: boolean; default: string | null }[]
  primary: { name: string; columns: string[] } | null
  unique: { name: string; columns: string[] }[]
  foreignKeys: { name: string; def: string }[]
  storage: string[]
  indexes: { name: string; def: string }[]
}
interface Schema {
  migrations: [number, string][]
  types: Record<string, string[]>
  tables: Record<string, Table>
  materializedViews: Record<string, { definition: string; indexes: { name: string; def: string }[] }>
}

const expected = JSON.parse(
  readFileSync(new URL('../../migrations/schema-141.json', import.meta.url), 'utf8'),
) as Schema
let clone: TestDatabase
let database: Database

beforeAll(async () => {
  clone = await createTestDatabase()
  database = openDatabase(clone.dataSource)
})
afterAll(async () => {
  await database.close()
  await clone.drop()
})

const query = async <T extends object>(text: string): Promise<T[]> => (await database.pool.query<T>(text)).rows

async function introspectTables(): Promise<Record<string, Table>> {
  const tables: Record<string, Table> = {}
  for (const { name, storage } of await query<{ name: string; storage: string[] | null }>(
    `SELECT relname AS name, reloptions AS storage FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'`,
  ))
    tables[name] = { columns: [], primary: null, unique: [], foreignKeys: [], storage: storage ?? [], indexes: [] }
  for (const { table, ...column } of await query<Table['columns'][0] & { table: string }>(
    `SELECT c.relname AS table, a.attname AS name, format_type(a.atttypid, a.atttypmod) AS type,
       NOT a.attnotnull AS nullable, pg_get_expr(d.adbin, d.adrelid) AS default
     FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
     LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
     WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' AND a.attnum > 0 AND NOT a.attisdropped
     ORDER BY c.relname, a.attnum`,
  ))
    tables[table]!.columns.push(column)
  for (const row of await query<{ table: string; name: string; type: string; def: string; columns: string[] }>(
    `SELECT conrelid::regclass::text AS table, conname AS name, contype AS type, pg_get_constraintdef(oid) AS def,
       array(SELECT attname::text FROM unnest(conkey) WITH ORDINALITY k(num, pos)
         JOIN pg_attribute ON attrelid = conrelid AND attnum = num ORDER BY pos) AS columns
     FROM pg_constraint WHERE connamespace = 'public'::regnamespace ORDER BY conname`,
  )) {
    const { table, name, type, def, columns } = row
    if (type === 'p') tables[table]!.primary = { name, columns }
    else if (type === 'u') tables[table]!.unique.push({ name, columns })
    else tables[table]!.foreignKeys.push({ name, def })
  }
  for (const { table, ...index } of await indexes('r')) tables[table]!.indexes.push(index)
  return tables
}

function indexes(kind: 'r' | 'm'): Promise<{ table: string; name: string; def: string }[]> {
  // Our own indexes on Mattermost's tables are named outpost_… and are not part of its schema.
  return query(
    `SELECT t.relname AS table, i.relname AS name, replace(pg_get_indexdef(i.oid), ' ON public.', ' ON ') AS def
     FROM pg_index x JOIN pg_class i ON i.oid = x.indexrelid JOIN pg_class t ON t.oid = x.indrelid
     WHERE t.relnamespace = 'public'::regnamespace AND t.relkind = '${kind}' AND i.relname NOT LIKE 'outpost%'
       AND NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = i.oid AND contype IN ('p', 'u')) ORDER BY i.relname`,
  )
}

const byName = <T extends { name: string }>(list: T[]): T[] => list.toSorted((a, b) => (a.name < b.name ? -1 : 1))

test('a fresh database has exactly the tables of level 141', async () => {
  const found = await introspectTables()
  expect(Object.keys(found).toSorted()).toEqual(Object.keys(expected.tables).toSorted())
  for (const [name, table] of Object.entries(expected.tables)) {
    const sorted = { ...table, indexes: byName(table.indexes), unique: byName(table.unique) }
    expect({ name, ...found[name], indexes: byName(found[name]!.indexes) }).toEqual({ name, ...sorted })
  }
})

test('types and materialized views are those of level 141', async () => {
  const types = await query<{ name: string; letters: string[] }>(
    `SELECT t.typname AS name, array_agg(e.enumlabel::text ORDER BY e.enumsortorder) AS letters
     FROM pg_type t JOIN pg_enum e ON e.enumtypid = t.oid WHERE t.typnamespace = 'public'::regnamespace GROUP BY 1`,
  )
  expect(Object.fromEntries(types.map((type) => [type.name, type.letters]))).toEqual(expected.types)
  const views = await query<{ name: string; definition: string }>(
    `SELECT relname AS name, pg_get_viewdef(oid, true) AS definition FROM pg_class
     WHERE relnamespace = 'public'::regnamespace AND relkind = 'm'`,
  )
  const wanted = Object.entries(expected.materializedViews).map(([name, { definition }]) => ({ name, definition }))
  expect(byName(views)).toEqual(byName(wanted))
  const wantedIndexes = Object.values(expected.materializedViews).flatMap((view) => view.indexes)
  expect((await indexes('m')).map(({ name, def }) => ({ name, def }))).toEqual(byName(wantedIndexes))
})

test('nothing but tables, indexes and materialized views stands in the public schema', async () => {
  const others = await query(
    `SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind NOT IN ('r', 'i', 'm')`,
  )
  expect(others).toEqual([])
})

test('db_migrations holds the rows 1 to 141 without 110', async () => {
  const rows = await query<{ version: number; name: string }>(
    'SELECT version, name FROM db_migrations ORDER BY version',
  )
  expect(rows).toHaveLength(140)
  expect(rows.map((row) => [row.version, row.name])).toEqual(expected.migrations.map((row) => row.slice(0, 2)))
  expect(await query('SELECT * FROM db_lock')).toEqual([])
})

test('the built-in roles carry permissions as text, each after a blank, and none of 11.x', async () => {
  const rows = await query<{ name: string; permissions: string; builtin: boolean }>('SELECT * FROM roles')
  expect(rows.map((row) => row.name).toSorted()).toEqual(defaultRoles.map((role) => role.name).toSorted())
  const text = new Map(rows.map((row) => [row.name, row.permissions]))
  expect(text.get('team_guest')).toBe(' view_team')
  expect(text.get('custom_group_user')).toBe('')
  expect(text.get('system_user')).toContain(' create_emojis')
  expect([...text.values()].join('')).not.toMatch(/manage_own_|bypass_incoming|auto_translation|access_rules/)
})

test('the systems rows are those of a server that has done every data migration', async () => {
  const rows = await query<{ name: string; value: string }>('SELECT name, value FROM systems')
  const values = new Map(rows.map((row) => [row.name, row.value]))
  for (const marker of migrationMarkers) expect(values.get(marker), marker).toBe('true')
  expect(values.get('DiagnosticId')).toMatch(/^[a-z0-9]{26}$/)
  expect(Number(values.get('InstallationDate'))).toBeGreaterThan(1.7e12)
  const key = /^\{"ecdsa_key":\{"curve":"P-256","x":\d{70,78},"y":\d{70,78},"d":\d{70,78}\}\}$/
  expect(values.get('AsymmetricSigningKey')).toMatch(key)
  const { key: secret } = JSON.parse(values.get('PostActionCookieSecret')!) as { key: string }
  expect(Buffer.from(secret, 'base64')).toHaveLength(32)
})

test('lower() and word characters know accents and Korean', async () => {
  const [row] = await query(`SELECT lower('ÉÜ 한국') AS low, '한' ~ '\\w' AS word, 'É' ~* 'é' AS fold`)
  expect(row).toEqual({ low: 'éü 한국', word: true, fold: true })
})
