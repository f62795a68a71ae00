import type pg from 'pg'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createEmptyDatabase, createTestDatabase, type TestDatabase } from '../../../testkit/database.ts'
import { listMigrations, migrate, MigrationError } from './migrator.ts'
import { createPool } from './pool.ts'

let empty: TestDatabase
let pool: pg.Pool
const all = listMigrations().map((migration) => migration.file)

beforeEach(async () => {
  empty = await createEmptyDatabase()
  pool = createPool(empty.dataSource)
})
afterEach(async () => {
  await pool.end()
  await empty.drop()
})

test('an empty database is created once; a second run only reads', async () => {
  expect(await migrate(empty.dataSource)).toEqual({ created: true, applied: all })
  const { rows } = await pool.query('SELECT value FROM systems ORDER BY name')
  expect(await migrate(empty.dataSource)).toEqual({ created: false, applied: [] })
  expect((await pool.query('SELECT value FROM systems ORDER BY name')).rows).toEqual(rows)
})

test('of several nodes that start at once, exactly one creates the database', async () => {
  const results = await Promise.all([1, 2, 3].map(() => migrate(empty.dataSource)))
  expect(results.filter((result) => result.created)).toHaveLength(1)
  expect(results.flatMap((result) => result.applied).toSorted()).toEqual(all)
  expect((await pool.query('SELECT count(*) AS n FROM roles')).rows[0].n).toBe(23)
  expect((await pool.query('SELECT * FROM db_lock')).rows).toEqual([])
})

test('an existing Mattermost database gets the schema outpost and nothing else', async () => {
  await migrate(empty.dataSource)
  // As a 10.11.16 leaves it: rows of later migrations under numbers of their own, a changed role, no DiagnosticId.
  await pool.query('DROP SCHEMA outpost CASCADE')
  await pool.query(`INSERT INTO db_migrations VALUES (142, 'add_schemeid_to_roles')`)
  await pool.query(`UPDATE roles SET permissions = ' mine' WHERE name = 'team_user'`)
  await pool.query(`DELETE FROM systems WHERE name = 'DiagnosticId'`)
  const own = all.slice(1)
  expect(await migrate(empty.dataSource)).toEqual({ created: false, applied: own })
  expect((await pool.query('SELECT count(*) AS n FROM db_migrations')).rows[0].n).toBe(141)
  expect((await pool.query(`SELECT permissions FROM roles WHERE name = 'team_user'`)).rows[0].permissions).toBe(' mine')
  expect((await pool.query(`SELECT 1 FROM systems WHERE name = 'DiagnosticId'`)).rows).toEqual([])
})

test('a database older than 10.11 and one of another application are refused untouched', async () => {
  await pool.query('CREATE TABLE db_migrations (version bigint PRIMARY KEY, name varchar NOT NULL)')
  await pool.query(`INSERT INTO db_migrations VALUES (1, 'create_teams')`)
  await expect(migrate(empty.dataSource)).rejects.toThrow(/older than Mattermost 10\.11.*create_team_members/)
  await pool.query('DROP TABLE db_migrations; CREATE TABLE users (id serial)')
  await expect(migrate(empty.dataSource)).rejects.toThrow(/tables of another application \(users\)/)
  expect(
    (await pool.query(`SELECT to_regclass('outpost.migrations') AS t, to_regclass('db_lock') AS l`)).rows[0],
  ).toEqual({ t: null, l: null })
})

test('a failed creation leaves nothing behind and can be repeated', async () => {
  await pool.query(`CREATE TYPE team_type AS ENUM ('x')`)
  await expect(migrate(empty.dataSource)).rejects.toThrow(/team_type/)
  await pool.query('DROP TYPE team_type')
  expect(await migrate(empty.dataSource)).toMatchObject({ created: true })
})

test('a lock that its dead holder left is taken over once it has expired', async () => {
  await pool.query('CREATE TABLE db_lock (id varchar(64) PRIMARY KEY, expireat bigint)')
  await pool.query(`INSERT INTO db_lock VALUES ('mm-lock-key', extract(epoch FROM now())::bigint + 3600)`)
  const waits: string[] = []
  let expired: Promise<unknown> | undefined
  // It expires as soon as it has been waited for.
  const info = (text: string) => {
    waits.push(text)
    expired ??= pool.query('UPDATE db_lock SET expireat = 0')
  }
  const log = { info, warn: () => {}, error: () => {} }
  expect(await migrate(empty.dataSource, { log })).toMatchObject({ created: true })
  await expired
  expect(waits[0]).toMatch(/Another server is migrating/)
})

test('a user without rights hears which ones are missing', async () => {
  const clone = await createTestDatabase()
  const admin = createPool(clone.dataSource)
  try {
    await admin.query(
      `DROP SCHEMA outpost CASCADE;
       DO $$ BEGIN EXECUTE format('REVOKE CREATE ON DATABASE %I FROM outpost', current_database()); END $$`,
    )
    await expect(migrate(clone.dataSource)).rejects.toThrow(MigrationError)
    await expect(migrate(clone.dataSource)).rejects.toThrow(/lacks a right/)
  } finally {
    await admin.end()
    await clone.drop()
  }
})
