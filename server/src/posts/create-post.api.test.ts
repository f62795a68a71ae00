import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Person } from '../../../testkit/builders.ts'
import { TestServer } from '../../../testkit/server.ts'

let server: TestServer
let anna: Person
let ben: Person
let outsider: Person
let team: { id: string; townSquare: string }

beforeAll(async () => {
  server = await TestServer.start()
  ;[anna, ben, outsider] = await Promise.all([server.make.user(), server.make.user(), server.make.user()])
  team = await server.make.team([anna, ben])
})
afterAll(() => server.stop())

test('a post is stored, answered and heard by the channel', async () => {
  const socket = await server.socket(ben)
  const { status, body } = await server.as(anna).post('/posts', { channel_id: team.townSquare, message: '안녕 #hello' })
  expect(status).toBe(201)
  expect(body).toMatchObject({ message: '안녕 #hello', user_id: anna.id, hashtags: '#hello' })
  const posted = await socket.heard('posted')
  expect(JSON.parse(posted.data.post)).toMatchObject({ id: body.id, message: '안녕 #hello' })
  await socket.settle()
})

test('someone outside the channel may not post and hears nothing', async () => {
  const socket = await server.socket(outsider)
  const { status, body } = await server.as(outsider).post('/posts', { channel_id: team.townSquare, message: 'hi' })
  expect([status, body.id]).toEqual([403, 'api.context.permissions.app_error'])
  await server.as(anna).post('/posts', { channel_id: team.townSquare, message: 'secret' })
  await socket.settle()
  expect(socket.named('posted')).toEqual([])
})

test('the same pending id makes one post', async () => {
  const draft = { channel_id: team.townSquare, message: 'once', pending_post_id: `${anna.id}:1` }
  const first = await server.as(anna).post('/posts', draft)
  const second = await server.as(anna).post('/posts', draft)
  expect(second.body.id).toBe(first.body.id)
})

test('a post of a type that is too long for its column, or of one of the server, is refused', async () => {
  const type = async (name: string) => {
    const { status, body } = await server.as(anna).post('/posts', {
      channel_id: team.townSquare,
      message: 'hi',
      type: name,
    })
    return status === 201 ? body.type : [status, body.id]
  }
  const longest = `custom_${'a'.repeat(19)}`
  expect(await type(longest)).toBe(longest)
  for (const name of [`${longest}a`, 'system_add_to_team']) {
    expect(await type(name)).toEqual([400, 'model.post.is_valid.type.app_error'])
  }
})

test('administrators choose the time of a post, as far as it is one; for others it is now', async () => {
  const admin = await server.make.admin()
  const at = async (person: Person, time: number) => {
    const draft = { channel_id: team.townSquare, message: 'when', create_at: time }
    const { status, body } = await server.as(person).post('/posts', draft)
    return [status, body.create_at ?? body.id]
  }
  expect(await at(admin, 1000)).toEqual([201, 1000])
  expect(await at(admin, 1e30)).toEqual([400, 'api.context.invalid_body_param.app_error'])
  expect(await at(anna, 1000)).toEqual([201, expect.toSatisfy((time: number) => time > 1000)])
})

test('counters move with the post: the author has read it, the others have not', async () => {
  const channel = await server.make.channel(team.id, [anna, ben])
  for (const message of ['one', 'two']) await server.as(anna).post('/posts', { channel_id: channel.id, message })
  const rows = await server.app.db
    .selectFrom('channelmembers')
    .innerJoin('channels', 'channels.id', 'channelmembers.channelid')
    .select(['channelmembers.userid', 'channelmembers.msgcount', 'channels.totalmsgcount'])
    .where('channels.id', '=', channel.id)
    .execute()
  expect(rows).toContainEqual({ userid: anna.id, msgcount: 2, totalmsgcount: 2 })
  expect(rows).toContainEqual({ userid: ben.id, msgcount: 0, totalmsgcount: 2 })
})
