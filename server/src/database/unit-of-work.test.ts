import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../../../testkit/database.ts'
import type { ServerEvent } from '../realtime/events.ts'
import { openDatabase, type Database, type Queries } from './pool.ts'
import { createUnitOfWork, type Tx, type UnitOfWork } from './unit-of-work.ts'

let clone: TestDatabase
let database: Database
let unitOfWork: UnitOfWork
let said: string[]
let failDelivery = false

beforeAll(async () => {
  clone = await createTestDatabase()
  database = openDatabase(clone.dataSource)
  unitOfWork = createUnitOfWork(
    database.db,
    (changes, events) => {
      said.push(...changes.map((change) => `change ${change.kind}`), ...events.map((event) => `event ${nameOf(event)}`))
      if (failDelivery) throw new Error('hub')
    },
    (error) => said.push(`reported ${(error as Error).message}`),
  )
})
beforeEach(async () => {
  said = []
  failDelivery = false
  await database.pool.query(`DELETE FROM systems WHERE name IN ('a', 'b')`)
})
afterAll(async () => {
  await database.close()
  await clone.drop()
})

const event = (name: string): ServerEvent => ({ event: name }) as unknown as ServerEvent
const nameOf = (value: ServerEvent): string => (value as unknown as { event: string }).event
const put = (db: Queries, name: string, value: string): Promise<unknown> =>
  db.insertInto('systems').values({ name, value }).execute()
const read = async (name: string): Promise<string | null | undefined> =>
  (await database.db.selectFrom('systems').select('value').where('name', '=', name).executeTakeFirst())?.value

test('changes come before events, callbacks last, all after the commit', async () => {
  const result = await unitOfWork(async (tx) => {
    tx.publish(event('first'))
    tx.afterCommit(() => said.push('callback'))
    tx.changed({ kind: 'roles' })
    tx.publish(event('second'))
    await put(tx.db, 'a', '1')
    expect(said).toEqual([])
    expect(await read('a')).toBeUndefined()
    return 42
  })
  expect(result).toBe(42)
  expect(await read('a')).toBe('1')
  expect(said).toEqual(['change roles', 'event first', 'event second', 'callback'])
})

test('after a rollback nothing is written and nothing is said', async () => {
  const failure = unitOfWork(async (tx) => {
    await put(tx.db, 'a', '1')
    tx.publish(event('never'))
    tx.afterCommit(() => said.push('never'))
    throw new Error('no')
  })
  await expect(failure).rejects.toThrow('no')
  expect(await read('a')).toBeUndefined()
  expect(said).toEqual([])
})

test('a deadlock is retried and its events are said once', async () => {
  await put(database.db, 'a', '0')
  await put(database.db, 'b', '0')
  let attempts = 0
  let arrived = 0
  let open!: () => void
  const both = new Promise<void>((resolve) => (open = resolve))
  const bump = (db: Queries, name: string): Promise<unknown> =>
    db
      .updateTable('systems')
      .set({ value: sql<string>`(value::int + 1)::text` })
      .where('name', '=', name)
      .execute()
  const work = (first: string, second: string) => async (tx: Tx) => {
    attempts++
    tx.publish(event(first))
    await bump(tx.db, first)
    if (++arrived === 2) open()
    await both
    await bump(tx.db, second)
  }
  await Promise.all([unitOfWork(work('a', 'b')), unitOfWork(work('b', 'a'))])
  // At least one of the two had to begin again.
  expect(attempts).toBeGreaterThan(2)
  expect([await read('a'), await read('b')]).toEqual(['2', '2'])
  expect(said.toSorted()).toEqual(['event a', 'event b'])
})

test('a failure that keeps coming back is thrown after three retries, others at once', async () => {
  let attempts = 0
  const fail = (code: string): Promise<unknown> =>
    unitOfWork(async (tx) => {
      attempts++
      await sql.raw(`DO $$ BEGIN RAISE EXCEPTION 'x' USING ERRCODE = '${code}'; END $$`).execute(tx.db)
    })
  await expect(fail('40001')).rejects.toMatchObject({ code: '40001' })
  expect(attempts).toBe(4)
  attempts = 0
  await expect(fail('23505')).rejects.toMatchObject({ code: '23505' })
  expect(attempts).toBe(1)
})

test('a failing delivery does not undo the result and does not silence callbacks', async () => {
  failDelivery = true
  const done = unitOfWork(async (tx) => {
    tx.publish(event('x'))
    tx.afterCommit(() => {
      throw new Error('callback')
    })
    tx.afterCommit(() => said.push('still called'))
    return 'fine'
  })
  await expect(done).resolves.toBe('fine')
  expect(said).toEqual(['event x', 'reported hub', 'reported callback', 'still called'])
})

test('publishing when the unit of work has ended is an error, not a lost event', async () => {
  const tx = await unitOfWork(async (inside) => inside)
  expect(() => tx.publish(event('late'))).toThrow('the unit of work has ended')
})
