import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../../../testkit/database.ts'
import { openDatabase, type Database, type Queries } from './pool.ts'
import { createUnitOfWork } from './unit-of-work.ts'

let clone: TestDatabase
let database: Database

beforeAll(async () => {
  clone = await createTestDatabase()
  // One connection: every statement meets the plans of those before.
  database = openDatabase(clone.dataSource, { maxConnections: 1 })
  await database.pool.query('CREATE TABLE outpost.shelf AS SELECT 1 AS book')
})
afterAll(async () => {
  await database.close()
  await clone.drop()
})

const read = async (db: Queries) => (await sql`SELECT shelf.* FROM outpost.shelf WHERE book = ${1}`.execute(db)).rows
const readPlainly = async () => (await database.pool.query('SELECT * FROM outpost.shelf WHERE book = $1', [1])).rows
const addColumn = (name: string) => database.pool.query(`ALTER TABLE outpost.shelf ADD COLUMN ${name} int`)

/** Often enough that the statement is prepared, and once more to see its plan at work. */
async function often(work: () => Promise<unknown>): Promise<void> {
  for (let i = 0; i < 4; i++) await work()
}

test('a table that is changed under the running server is read as it is now', async () => {
  await often(() => read(database.db))
  await often(readPlainly)
  await addColumn('page')
  expect(await read(database.db)).toEqual([{ book: 1, page: null }])
  expect(await readPlainly()).toEqual([{ book: 1, page: null }])
  await addColumn('line')
  await often(() => read(database.db))
  expect(await read(database.db)).toEqual([{ book: 1, page: null, line: null }])
})

test('a transaction that meets the change is repeated as a whole', async () => {
  const unitOfWork = createUnitOfWork(database.db, () => undefined)
  await often(() => read(database.db))
  await addColumn('word')
  let runs = 0
  const rows = await unitOfWork(async (tx) => {
    runs++
    await sql`UPDATE outpost.shelf SET word = 7`.execute(tx.db)
    return read(tx.db)
  })
  expect([runs, rows]).toEqual([2, [{ book: 1, page: null, line: null, word: 7 }]])
})
