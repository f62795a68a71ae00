import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Person } from '../../../testkit/builders.ts'
import { TestServer } from '../../../testkit/server.ts'

let server: TestServer
let anna: Person
let ben: Person

beforeAll(async () => {
  server = await TestServer.start()
  ;[anna, ben] = await Promise.all([server.make.user(), server.make.user()])
})
afterAll(() => server.stop())

const goAway = (person: Person, text = '휴가 중입니다') =>
  server.as(person).put('/users/me/patch', {
    notify_props: { auto_responder_active: 'true', auto_responder_message: text },
  })
const say = async (person: Person, channelId: string, message = 'are you there?') =>
  (await server.as(person).post('/posts', { channel_id: channelId, message })).body
const replies = (channelId: string) =>
  server.app.db
    .selectFrom('posts')
    .selectAll()
    .where('channelid', '=', channelId)
    .where('type', '=', 'system_auto_responder')
    .execute()

test('a direct message to somebody who is away is answered once a day', async () => {
  await goAway(ben)
  expect(server.app.statuses.statusOf(ben.id).status).toBe('ooo')
  const direct = await server.make.direct(anna, ben)
  const socket = await server.socket(anna)
  const [first] = await Promise.all([say(anna, direct.id), say(anna, direct.id)])
  const heard = await socket.heard('posted', (one) => one.data.post.includes('system_auto_responder'))
  expect(JSON.parse(heard.data.post)).toMatchObject({ message: '휴가 중입니다', user_id: ben.id })
  expect(heard.data).toMatchObject({ set_online: false, mentions: JSON.stringify([anna.id]) })
  await say(anna, direct.id)
  const other = await server.make.user()
  const second = await server.make.direct(other, ben)
  const own = await say(other, second.id)
  await expect.poll(async () => (await replies(second.id)).map((post) => post.rootid)).toEqual([own.id])
  const found = await replies(direct.id)
  expect(found).toHaveLength(1)
  const roots = await server.app.db.selectFrom('posts').select('id').where('channelid', '=', direct.id).execute()
  expect(roots.map(({ id }) => id)).toContain(first.id)

  const yesterday = Date.now() - 24 * 60 * 60_000
  await server.app.db.updateTable('posts').set({ createat: yesterday }).where('id', '=', found[0]!.id).execute()
  await say(anna, direct.id)
  await expect.poll(async () => (await replies(direct.id)).length).toBe(2)
  await socket.settle()
  socket.close()
})

test('two absent people do not answer each other, a bot gets no answer', async () => {
  const [cho, dan, bot] = [
    await server.make.user(),
    await server.make.user(),
    await server.make.user({ bot: true, roles: 'system_user' }),
  ]
  for (const person of [cho, dan]) await goAway(person)
  const both = await server.make.direct(cho, dan)
  const machine = await server.make.direct(bot, dan)
  await say(bot, machine.id)
  await say(cho, both.id)
  await expect.poll(async () => (await replies(both.id)).map((post) => post.userid)).toEqual([dan.id])
  const last = await server.make.direct(anna, dan)
  await say(anna, last.id)
  await expect.poll(async () => (await replies(last.id)).length).toBe(1)
  expect(await replies(both.id)).toHaveLength(1)
  expect(await replies(machine.id)).toEqual([])
})

test('who is back answers himself', async () => {
  const cho = await server.make.user()
  await goAway(cho)
  const direct = await server.make.direct(anna, cho)
  await server.as(cho).put('/users/me/patch', { notify_props: { auto_responder_active: 'false' } })
  expect(server.app.statuses.statusOf(cho.id).status).toBe('online')
  await say(anna, direct.id)
  const dan = await server.make.user()
  await goAway(dan)
  const other = await server.make.direct(anna, dan)
  await say(anna, other.id)
  await expect.poll(async () => (await replies(other.id)).length).toBe(1)
  expect(await replies(direct.id)).toEqual([])
})
