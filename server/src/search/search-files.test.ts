import { afterAll, beforeAll, expect, test } from 'vitest'
import { newId } from '../ids.ts'
import { parseQuery } from './parse-query.ts'
import { findFiles } from './search-files.ts'
import { openSearchWorld, seedChannel, seedFile, seedPost, seedUser } from './search-testkit.ts'

let world: Awaited<ReturnType<typeof openSearchWorld>>
const ids: Record<string, string> = {}

async function names(terms: string, userId = ids.ann!): Promise<string[]> {
  const found = await findFiles(world, { userId, query: parseQuery(terms) })
  return found.ids.map((id) => Object.keys(ids).find((name) => ids[name] === id) ?? id)
}

async function seed(name: string, fileName: string, more: { channel?: string; user?: string; content?: string } = {}) {
  const [channelId, userId] = [ids[more.channel ?? 'town']!, ids[more.user ?? 'ann']!]
  ids[`${name}Post`] = await seedPost(world.pool, { message: 'files', channelId, userId })
  const content = more.content === undefined ? {} : { content: more.content }
  ids[name] = await seedFile(world.pool, { postId: ids[`${name}Post`]!, userId, channelId, name: fileName, ...content })
  world.indexer.noteCommitted([ids[`${name}Post`]!])
}

beforeAll(async () => {
  world = await openSearchWorld()
  ids.ann = await seedUser(world.pool, 'ann')
  ids.ben = await seedUser(world.pool, 'ben')
  ids.town = await seedChannel(world.pool, { name: 'town', members: [ids.ann, ids.ben] })
  ids.secret = await seedChannel(world.pool, { name: 'secret', members: [ids.ben] })
  await seed('report', '주간보고서_2026-01.PDF')
  await seed('photo', 'team photo.png', { user: 'ben' })
  await seed('text', 'notes.txt', { content: '분기 예산 회의 결과\n총액 10,000' })
  await seed('hidden', 'secret-plan.pdf', { channel: 'secret', user: 'ben' })
})

afterAll(() => world.close())

test.each([
  ['보고서', ['report']],
  ['주간보고서'.normalize('NFD'), ['report']],
  ['2026-01.pdf', ['report']],
  ['ext:pdf', ['report']],
  ['ext:pdf ext:.PNG', ['photo', 'report']],
  ['-ext:pdf', ['text', 'photo']],
  ['예산', ['text']],
  ['"예산 회의"', ['text']],
  ['photo from:ben', ['photo']],
  ['from:ben', ['photo']],
  ['in:town -from:ben -notes', ['report']],
  ['secret', []],
  ['before:2001-01-01 photo', []],
  ['', []],
])('%s', async (terms, wanted) => expect(await names(terms)).toEqual(wanted))

test('only members find a file', async () => {
  expect(await names('secret-plan', ids.ben)).toEqual(['hidden'])
  expect(await names('보고서', newId())).toEqual([])
})

test('text extracted later is found, a removed file or post is not', async () => {
  await seed('late', 'scan.tiff')
  expect(await names('extracted')).toEqual([])
  await world.pool.query(`UPDATE fileinfo SET content = 'extracted words' WHERE id = $1`, [ids.late])
  world.indexer.noteCommitted([ids.latePost!])
  expect(await names('extracted')).toEqual(['late'])
  await world.pool.query('UPDATE fileinfo SET deleteat = 9 WHERE id = $1', [ids.late])
  expect(await names('extracted')).toEqual([])
  await world.pool.query('UPDATE posts SET deleteat = 9, updateat = updateat + 1 WHERE id = $1', [ids.photoPost])
  expect(await names('photo')).toEqual([])
  world.indexer.noteCommitted([ids.latePost!, ids.photoPost!])
  await world.indexer.flush()
  const left = await world.pool.query('SELECT id FROM outpost.file_search WHERE id = ANY($1)', [[ids.late, ids.photo]])
  expect(left.rows).toEqual([])
})
