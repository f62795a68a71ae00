import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { parseQuery } from './parse-query.ts'
import { PostIndexer } from './post-indexer.ts'
import { findPosts } from './search-posts.ts'
import { openSearchWorld, seedChannel, seedPost, seedUser } from './search-testkit.ts'

let world: Awaited<ReturnType<typeof openSearchWorld>>
let userId: string
let channelId: string

const search = async (terms: string) =>
  (await findPosts(world, { userId, query: parseQuery(terms) })).posts.map(({ id }) => id)
const indexed = async () =>
  (await world.pool.query<{ id: string }>('SELECT id FROM outpost.post_search ORDER BY id')).rows.map((row) => row.id)
const cursor = async () =>
  (await world.pool.query<{ update_at: number }>('SELECT update_at FROM outpost.search_cursor')).rows[0]?.update_at

beforeAll(async () => {
  world = await openSearchWorld()
  userId = await seedUser(world.pool, 'ann')
  channelId = await seedChannel(world.pool, { name: 'town', members: [userId] })
})

beforeEach(async () => {
  await world.pool.query('TRUNCATE posts, outpost.post_search, outpost.search_cursor')
})

afterAll(() => world.close())

describe('after a commit of this process', () => {
  test('a post is found at once', async () => {
    const id = await seedPost(world.pool, { message: '방금 쓴 글', channelId, userId })
    expect(await search('방금')).toEqual([])
    world.indexer.noteCommitted([id])
    expect(await search('방금')).toEqual([id])
  })

  test('a second post noted while the first is being indexed is waited for', async () => {
    const found: Promise<string | undefined>[] = []
    const wanted: string[] = []
    for (let i = 0; i < 20; i++) {
      const id = await seedPost(world.pool, { message: `number n${i}n`, channelId, userId })
      world.indexer.noteCommitted([id])
      wanted.push(id)
      found.push(search(`n${i}n`).then((ids) => ids[0]))
    }
    expect(await Promise.all(found)).toEqual(wanted)
  })

  test('an edit replaces the text, a deletion removes it', async () => {
    const id = await seedPost(world.pool, { message: 'first text', channelId, userId })
    world.indexer.noteCommitted([id])
    expect(await search('first')).toEqual([id])
    await world.pool.query(`UPDATE posts SET message = 'second text', updateat = updateat + 1 WHERE id = $1`, [id])
    world.indexer.noteCommitted([id])
    expect([await search('first'), await search('second')]).toEqual([[], [id]])
    await world.pool.query('UPDATE posts SET deleteat = 9, updateat = updateat + 1 WHERE id = $1', [id])
    expect(await search('second')).toEqual([])
    world.indexer.noteCommitted([id, 'never committed'])
    await world.indexer.flush()
    expect(await indexed()).toEqual([])
  })

  test('without ids the newest changes are looked up', async () => {
    const id = await seedPost(world.pool, { message: 'no id', channelId, userId, updateAt: Date.now() })
    world.indexer.noteCommitted()
    expect(await search('no id')).toEqual([id])
  })
})

describe('catching up', () => {
  test('finds what others wrote, changed and deleted, however old its time stamps', async () => {
    const kept = await seedPost(world.pool, { message: 'kept', channelId, userId, createAt: 5 })
    const edited = await seedPost(world.pool, { message: 'old text', channelId, userId, createAt: 6 })
    const deleted = await seedPost(world.pool, { message: 'deleted', channelId, userId })
    await world.indexer.catchUp()
    await world.pool.query(`UPDATE posts SET message = 'new text', updateat = $2 WHERE id = $1`, [edited, Date.now()])
    await world.pool.query('UPDATE posts SET deleteat = $2, updateat = $2 WHERE id = $1', [deleted, Date.now()])
    const imported = await seedPost(world.pool, { message: 'imported', channelId, userId, createAt: 1 })
    await world.indexer.catchUp()
    expect(await indexed()).toEqual([kept, edited, imported].sort())
    expect(await search('new text')).toEqual([edited])
    expect(await search('imported')).toEqual([imported])
  })

  test('keeps the cursor behind for late commits and never moves it back', async () => {
    const now = Date.now()
    await seedPost(world.pool, { message: 'x', channelId, userId, updateAt: now + 3_600_000 })
    await world.indexer.catchUp()
    const first = (await cursor())!
    expect(first).toBeLessThanOrEqual(Date.now() - 300_000)
    expect(first).toBeGreaterThanOrEqual(now - 300_000)
    await world.indexer.catchUp()
    expect(await cursor()).toBeGreaterThanOrEqual(first)
  })

  test('skips history, system and burn-on-read posts', async () => {
    await seedPost(world.pool, { message: 'a', channelId, userId, type: 'system_join_team' })
    await seedPost(world.pool, { message: 'b', channelId, userId, type: 'burn_on_read' })
    await seedPost(world.pool, { message: 'c', channelId, userId, originalId: 'x', deleteAt: 1 })
    const me = await seedPost(world.pool, { message: 'd', channelId, userId, type: 'me' })
    await world.indexer.catchUp()
    expect(await indexed()).toEqual([me])
  })

  test('works from several servers at once', async () => {
    const wanted: string[] = []
    for (let i = 0; i < 60; i++) wanted.push(await seedPost(world.pool, { message: `같은 ${i}`, channelId, userId }))
    const other = new PostIndexer({ pool: world.pool })
    world.indexer.noteCommitted(wanted)
    await Promise.all([other.catchUp(), world.indexer.catchUp(), world.indexer.flush()])
    expect(await indexed()).toEqual(wanted.sort())
    await other.stop()
  })
})

test('a failing database costs the search nothing but freshness, and nothing is forgotten', async () => {
  const warnings: string[] = []
  let fail = true
  const pool = new Proxy(world.pool, {
    get: (target, key) => {
      if (key === 'query' && fail) return () => Promise.reject(new Error('down'))
      const value: unknown = Reflect.get(target, key, target)
      return typeof value === 'function' ? value.bind(target) : value
    },
  })
  const indexer = new PostIndexer({ pool, log: { warn: (text) => warnings.push(text) } })
  const id = await seedPost(world.pool, { message: 'stubborn', channelId, userId })
  indexer.noteCommitted([id])
  const waiting = indexer.flush()
  await expect.poll(() => warnings.length).toBeGreaterThan(0)
  fail = false
  await waiting
  await indexer.flush()
  expect(await indexed()).toEqual([id])
  await indexer.stop()
})
