import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Person } from '../../../testkit/builders.ts'
import { TestServer } from '../../../testkit/server.ts'

let server: TestServer
let anna: Person
let ben: Person
let outsider: Person
let team: { id: string; townSquare: string; offTopic: string }

beforeAll(async () => {
  server = await TestServer.start()
  ;[anna, ben, outsider] = await Promise.all([server.make.user(), server.make.user(), server.make.user()])
  team = await server.make.team([anna, ben])
})
afterAll(() => server.stop())

const unread = async (channelId: string) => (await server.as(ben).get(`/users/me/channels/${channelId}/unread`)).body

test('opening a channel reads it, for this person only, and his clients are told', async () => {
  const channel = await server.make.channel(team.id, [anna, ben])
  const post = (await server.as(anna).post('/posts', { channel_id: channel.id, message: `@${ben.username} hi` })).body
  expect(await unread(channel.id)).toMatchObject({ msg_count: 1, mention_count: 1, team_id: team.id })
  const [own, other] = [await server.socket(ben), await server.socket(anna)]
  const { status, body } = await server.as(ben).post('/channels/members/me/view', { channel_id: channel.id })
  expect([status, body]).toEqual([200, { status: 'OK', last_viewed_at_times: { [channel.id]: post.create_at } }])
  expect(await unread(channel.id)).toMatchObject({ msg_count: 0, msg_count_root: 0, mention_count: 0 })
  const viewed = await own.heard('multiple_channels_viewed')
  expect(viewed.data).toEqual({ channel_times: { [channel.id]: post.create_at } })
  await other.settle()
  expect(other.named('multiple_channels_viewed')).toEqual([])
  own.clear()
  await server.as(ben).post('/channels/members/me/view', { channel_id: channel.id })
  await own.settle()
  expect(own.named('multiple_channels_viewed')).toEqual([])
})

test('many channels are read at once; those of others are left out', async () => {
  const [one, two] = [await server.make.channel(team.id, [anna, ben]), await server.make.channel(team.id, [anna, ben])]
  const foreign = await server.make.channel(team.id, [anna])
  for (const { id } of [one, two, foreign]) await server.as(anna).post('/posts', { channel_id: id, message: 'x' })
  const { body } = await server.as(ben).post('/channels/members/me/mark_read', [one.id, two.id, foreign.id])
  expect(Object.keys(body.last_viewed_at_times).toSorted()).toEqual([one.id, two.id].toSorted())
  expect([(await unread(one.id)).msg_count, (await unread(two.id)).msg_count]).toEqual([0, 0])
})

test('views of other people and malformed ids are refused', async () => {
  const path = `/channels/members/${anna.id}/view`
  expect((await server.as(ben).post(path, { channel_id: team.offTopic })).status).toBe(403)
  for (const channel_id of ['x', {}, 1]) {
    expect((await server.as(ben).post('/channels/members/me/view', { channel_id })).status).toBe(400)
  }
  expect((await server.as(ben).post('/channels/members/me/view', { prev_channel_id: 'x' })).status).toBe(400)
  expect((await server.as(ben).post('/channels/members/me/view', {})).body.last_viewed_at_times).toEqual({})
  for (const ids of [[], ['x'], {}]) {
    expect((await server.as(ben).post('/channels/members/me/mark_read', ids)).status).toBe(400)
  }
})

test('unread counts are private, and there are none for a non-member', async () => {
  expect((await server.as(ben).get(`/users/${anna.id}/channels/${team.offTopic}/unread`)).status).toBe(403)
  expect((await server.as(outsider).get(`/users/me/channels/${team.offTopic}/unread`)).status).toBe(403)
  const admin = await server.make.admin()
  expect((await server.as(admin).get(`/users/me/channels/${team.offTopic}/unread`)).status).toBe(404)
})
