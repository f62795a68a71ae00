import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Person } from '../../../testkit/builders.ts'
import { TestServer } from '../../../testkit/server.ts'
import type { Post } from './post.ts'

let server: TestServer
let anna: Person
let ben: Person
let team: { id: string; townSquare: string; offTopic: string }

beforeAll(async () => {
  server = await TestServer.start({ env: { MM_FEATUREFLAGS_MOVETHREADSENABLED: 'true' } })
  ;[anna, ben] = await Promise.all([server.make.user(), server.make.user()])
  team = await server.make.team([anna, ben])
})
afterAll(() => server.stop())

async function say(channelId: string, message: string, more: object = {}): Promise<Post> {
  return (await server.as(anna).post('/posts', { channel_id: channelId, message, ...more })).body
}

test('a thread goes to another channel with its replies and keeps its ids', async () => {
  const root = await say(team.townSquare, 'root')
  const reply = await say(team.townSquare, 'reply', { root_id: root.id })
  const socket = await server.socket(ben)
  expect((await server.as(anna).post(`/posts/${reply.id}/move`, { channel_id: team.offTopic })).status).toBe(200)
  await socket.heard('posted', (one) => JSON.parse(one.data.post).id === reply.id)
  await socket.settle()
  const there = await server.as(ben).get(`/channels/${team.offTopic}/posts`)
  expect(there.body.order).toEqual([reply.id, root.id])
  expect((await server.as(ben).get(`/posts/${root.id}/thread`)).body.order).toEqual([root.id, reply.id])
  expect((await server.as(ben).get(`/channels/${team.townSquare}/posts`)).body.order).not.toContain(root.id)
})

test('only between own channels, and out of private ones only where allowed', async () => {
  const secret = await server.make.channel(team.id, [anna], { type: 'P' })
  const foreign = await server.make.channel(team.id, [ben], { type: 'P' })
  const inside = await say(secret.id, 'private')
  const open = await say(team.townSquare, 'open')
  expect((await server.as(anna).post(`/posts/${inside.id}/move`, { channel_id: team.offTopic })).status).toBe(403)
  expect((await server.as(anna).post(`/posts/${open.id}/move`, { channel_id: foreign.id })).status).toBe(403)
  expect((await server.as(ben).post(`/posts/${inside.id}/move`, { channel_id: team.offTopic })).status).toBe(403)
  expect((await server.as(anna).post(`/posts/${open.id}/move`, { channel_id: team.townSquare })).status).toBe(403)
})

test('a thread that is moved twice at once arrives once', async () => {
  const channel = await server.make.channel(team.id, [anna, ben])
  const root = await say(team.townSquare, 'root')
  await say(team.townSquare, 'reply', { root_id: root.id })
  const move = () => server.as(anna).post(`/posts/${root.id}/move`, { channel_id: channel.id })
  const answers = await Promise.all([move(), move(), move()])
  expect(answers.map((one) => one.status).toSorted((a, b) => a - b)).toEqual([200, 403, 403])
  const unread = await server.as(ben).get(`/users/me/channels/${channel.id}/unread`)
  expect(unread.body).toMatchObject({ msg_count: 2, msg_count_root: 1 })
})
