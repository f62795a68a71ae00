import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Person } from '../../../testkit/builders.ts'
import { TestServer } from '../../../testkit/server.ts'

let server: TestServer
let anna: Person
let outsider: Person
let team: { id: string; townSquare: string }

beforeAll(async () => {
  server = await TestServer.start()
  ;[anna, outsider] = await Promise.all([server.make.user(), server.make.user()])
  team = await server.make.team([anna])
  await server.make.joinTeam(team.id, outsider)
})
afterAll(() => server.stop())

const say = async (message: string) =>
  (await server.as(anna).post('/posts', { channel_id: team.townSquare, message })).body.id as string
const find = (person: Person, terms: string, more: object = {}) =>
  server.as(person).post(`/teams/${team.id}/posts/search`, { terms, is_or_search: false, ...more })

test.each([
  ['a two-syllable Korean word inside a longer one', '다음주회의실예약을 부탁드립니다', '회의'],
  ['a Korean word with a particle attached', '배포를 미룹시다', '배포'],
  ['the decomposed form of the same text', '서버점검 공지', '서버점검'.normalize('NFD')],
  ['a part of an address', 'the host 192.168.17.4 is down', '168.17'],
  ['an e-mail address', 'write to kim.minsu@example.co.kr', 'kim.minsu@example.co.kr'],
  ['a hyphenated word', 'a copy-on-write file system', 'copy-on'],
  ['a hashtag', 'we shipped it #출시완료', '#출시완료'],
  ['a quoted phrase', 'green apples fall far', '"apples fall"'],
])('finds %s', async (_name, message, terms) => {
  const id = await say(message)
  const { status, body } = await find(anna, terms)
  expect(status).toBe(200)
  expect(body.order).toContain(id)
  expect(body.posts[id].message).toBe(message)
})

test('who is not in the channel finds nothing', async () => {
  const id = await say('confidential pineapples')
  expect((await find(anna, 'pineapples')).body.order).toContain(id)
  expect((await find(outsider, 'pineapples')).body.order).toEqual([])
  expect((await server.as(outsider).post('/posts/search', { terms: 'pineapples' })).body.order).toEqual([])
})

test('a deleted post is not found, an edited one by its new words only', async () => {
  const gone = await say('ephemeralword once')
  await server.as(anna).delete(`/posts/${gone}`)
  expect((await find(anna, 'ephemeralword')).body.order).toEqual([])
  const changed = await say('beforeword stays')
  await server.as(anna).put(`/posts/${changed}/patch`, { message: 'afterword stays' })
  expect((await find(anna, 'beforeword')).body.order).toEqual([])
  expect((await find(anna, 'afterword')).body.order).toEqual([changed])
})

test('bad requests are refused', async () => {
  expect((await find(anna, '')).status).toBe(400)
  for (const terms of [{}, [], 7, null]) {
    expect((await server.as(anna).post('/posts/search', { terms })).status).toBe(400)
  }
  expect((await find(anna, '"'.repeat(500))).status).toBe(200)
})
