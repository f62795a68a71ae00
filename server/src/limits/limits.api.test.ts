import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Person } from '../../../testkit/builders.ts'
import { TestServer } from '../../../testkit/server.ts'
import { rounded } from './usage.ts'

let server: TestServer
let anna: Person

beforeAll(async () => {
  server = await TestServer.start()
  anna = await server.make.user()
})
afterAll(() => server.stop())

test('nothing is limited', async () => {
  const { body } = await server.as(anna).get('/limits/server')
  expect(Object.values(body).every((value) => value === 0)).toBe(true)
  expect((await server.as().get('/limits/server')).status).toBe(401)
})

test('what is used: posts, files, teams', async () => {
  const team = await server.make.team([anna])
  for (let i = 0; i < 12; i++)
    await server.as(anna).post('/posts', { channel_id: team.townSquare, message: `post ${i}` })
  expect((await server.as(anna).get('/usage/posts')).body).toEqual({ count: 10 })
  expect((await server.as(anna).get('/usage/storage')).body).toEqual({ bytes: 0 })
  expect((await server.as(anna).get('/usage/teams')).body).toEqual({ active: 1, cloud_archived: 0 })
})

test('figures are rounded to their first digit', () => {
  expect([0, 7, 10, 99, 1234].map(rounded)).toEqual([0, 7, 10, 90, 1000])
})
