import type { Pool, PoolClient } from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { channelGram, documentGrams } from './grams.ts'
import { parseQuery } from './parse-query.ts'
import { findPosts } from './search-posts.ts'
import { openSearchWorld, seedChannel, seedUser } from './search-testkit.ts'

// 20,000 posts: enough that PostgreSQL would rather scan a table than use a wrong index.
const POSTS = 20_000
let world: Awaited<ReturnType<typeof openSearchWorld>>
let userId: string
const channels: string[] = []

/** Deterministic texts: common words, a medium one, a rare one, and one long ago that was common then. */
function message(i: number): string {
  const words = [`공지 ${(i >> 2) % 3 ? '회의를' : 'the server'} ${(i * 7919) % 9973}번`]
  if (i % 170 === 0) words.push('중간나무입니다')
  if (i % 6000 === 77) words.push('희귀단어가 zanzibar quick brown')
  if (i < 3000) words.push('예전말은')
  return words.join(' ')
}

interface PlanNode {
  'Node Type': string
  'Relation Name'?: string
  'Index Name'?: string
  Plans?: PlanNode[]
}

/** A pool whose connections explain each query, with the search's own settings, before running it. */
function explaining(pool: Pool, nodes: PlanNode[]): Pool {
  const collect = (node: PlanNode): void => {
    nodes.push(node)
    node.Plans?.forEach(collect)
  }
  const run = async (
    client: Pool | PoolClient,
    query: { text: string; values: unknown[] } | string,
    values?: unknown[],
  ) => {
    const text = typeof query === 'string' ? query : query.text
    const parameters = values ?? (typeof query === 'string' ? undefined : query.values)
    if (/^\s*(SELECT|WITH)/u.test(text)) {
      const plan = await client.query(`EXPLAIN (FORMAT JSON) ${text}`, parameters)
      collect(plan.rows[0]['QUERY PLAN'][0].Plan)
    }
    return client.query(text, parameters)
  }
  const wrap = <T extends Pool | PoolClient>(target: T): T =>
    new Proxy(target, {
      get: (_, key) => {
        if (key === 'query') return run.bind(undefined, target)
        if (key === 'connect') return async () => wrap(await pool.connect())
        const value: unknown = Reflect.get(target, key, target)
        return typeof value === 'function' ? value.bind(target) : value
      },
    })
  return wrap(pool)
}

beforeAll(async () => {
  world = await openSearchWorld()
  userId = await seedUser(world.pool, 'ann')
  for (let i = 0; i < 3; i++) channels.push(await seedChannel(world.pool, { name: `c${i}`, members: [userId] }))
  const texts = Array.from({ length: POSTS }, (_, i) => message(i))
  const grams = texts.map((text, i) => `{${[...documentGrams(text), channelGram(channels[i % 3]!)].join(',')}}`)
  // Filling before the indexes are there takes a second instead of five; the definitions come from the migration.
  const drop = `SELECT indexdef FROM pg_indexes WHERE indexname IN
    ('post_search_grams', 'idx_posts_message_txt', 'idx_posts_hashtags_txt')`
  const definitions = (await world.pool.query<{ indexdef: string }>(drop)).rows.map((row) => row.indexdef)
  await world.pool.query('DROP INDEX outpost.post_search_grams, idx_posts_message_txt, idx_posts_hashtags_txt')
  await world.pool.query(
    `INSERT INTO posts (id, createat, updateat, deleteat, userid, channelid, rootid, originalid, message, type, props)
     SELECT 'p' || lpad(i::text, 25, '0'), 1000 + i, 1000 + i, 0, $1, ($2::text[])[1 + i % 3], '', '', ($3::text[])[i + 1], '', '{}'
     FROM generate_series(0, ${POSTS - 1}) AS i`,
    [userId, channels, texts],
  )
  await world.pool.query(
    `INSERT INTO outpost.post_search (create_at, update_at, id, channel_id, user_id, body, grams)
     SELECT posts.createat, posts.updateat, posts.id, posts.channelid, posts.userid, posts.message, new.grams::smallint[]
     FROM unnest($1::text[]) WITH ORDINALITY AS new (grams, n) JOIN posts ON posts.createat = 999 + new.n`,
    [grams],
  )
  for (const definition of definitions) await world.pool.query(definition)
  await world.pool.query('ANALYZE posts')
  await world.pool.query('ANALYZE outpost.post_search')
})

afterAll(() => world.close())

describe.each(['all channels', 'one channel'])('%s', (scope) => {
  test.each([
    ['희귀단어', true, (text: string) => text.includes('희귀단어')],
    ['단어', true, (text: string) => text.includes('단어')],
    ['zanzi*', true, (text: string) => text.includes('zanzi')],
    ['"quick brown"', true, (text: string) => text.includes('quick brown')],
    ['나무', true, (text: string) => text.includes('나무')],
    ['예전말', true, (text: string) => text.includes('예전말')],
    ['나무 -server', true, (text: string) => text.includes('나무') && !text.includes('server')],
    ['없는단어', true, () => false],
    ['공지', false, () => true],
    ['회의', false, (text: string) => text.includes('회의')],
    ['the -회의', false, (text: string) => text.includes('the') && !text.includes('회의')],
    ['from:ann', false, () => true],
    ['9번', false, (text: string) => text.includes('9번')],
  ])('%s: exact hits, an index and no scan', async (terms, needsGrams, matches) => {
    const nodes: PlanNode[] = []
    const channelIds = scope === 'one channel' ? [channels[1]!] : channels
    const services = { pool: explaining(world.pool, nodes) }
    const found = await findPosts(services, { userId, channelIds, query: parseQuery(terms) })
    const wanted: string[] = []
    for (let i = POSTS - 1; i >= 0 && wanted.length < 60; i--)
      if (channelIds.includes(channels[i % 3]!) && matches(message(i))) wanted.push(`p${String(i).padStart(25, '0')}`)
    expect(found.posts.map(({ id }) => id)).toEqual(wanted)
    const tables = ['posts', 'post_search']
    const scans = nodes.filter(
      (node) => node['Node Type'].includes('Seq Scan') && tables.includes(node['Relation Name']!),
    )
    expect(scans).toEqual([])
    const indexes = nodes.map((node) => node['Index Name'])
    expect(indexes.includes('post_search_grams')).toBe(needsGrams)
    expect(indexes.includes('posts_pkey')).toBe(wanted.length > 0)
  })
})
