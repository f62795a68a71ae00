/* oxlint-disable vitest/expect-expect -- `watch.expect` is the assertion */
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Client } from '../../testkit/client.ts'
import { done, startWorld } from './world.ts'
import type { World } from './world.ts'

let world: World
let anna: Client
let ben: Client
let channel: string
const unseen = { unseenBy: ['olga'] }
const onlyBen = { unseenBy: ['anna', 'olga'] }

beforeAll(async () => {
  world = await startWorld(async ({ server, anna: a, ben: b }) => server.make.direct(a, b))
  anna = world.server.as(world.anna)
  ben = world.server.as(world.ben)
  channel = world.team.townSquare
})
afterAll(() => world?.stop())

const post = (message: string, more: object = {}, by = anna) =>
  done(by.post('/posts', { channel_id: channel, message, ...more }))
const threads = () => `/users/me/teams/${world.team.id}/threads`

test('replies, mentions and reactions in a thread', async () => {
  const { id } = await post('root')
  await world.watch.expect(() => post('first reply', { root_id: id }, ben), { says: ['thread_updated'], ...unseen })
  await world.watch.expect(() => post('second reply for @ben', { root_id: id }), unseen)
  let reply = ''
  await world.watch.expect(async () => (reply = (await post('third', { root_id: id }, ben)).id), unseen)
  await world.watch.expect(() => done(ben.put(`/posts/${reply}/patch`, { message: 'third, changed' })), unseen)
  const reaction = { user_id: world.anna.id, post_id: reply, emoji_name: 'smile' }
  await world.watch.expect(() => done(anna.post('/reactions', reaction)), unseen)
  await world.watch.expect(() => done(ben.delete(`/posts/${reply}`)), unseen)
})

test('a thread with an urgent root', async () => {
  const { id } = await post('@ben quickly', { metadata: { priority: { priority: 'urgent' } } })
  await world.watch.expect(() => post('@ben now', { root_id: id }), unseen)
  await world.watch.expect(() => post('@anna yes', { root_id: id }, ben), unseen)
})

test('a thread is read, made unread, left and followed', async () => {
  const { id } = await post('root two', {}, ben)
  const { id: reply } = await post('@ben reply', { root_id: id })
  await post('@ben another', { root_id: id })
  const path = `${threads()}/${id}`
  await world.watch.expect(() => done(ben.put(`${path}/read/${Date.now()}`)), {
    says: ['thread_read_changed'],
    ...onlyBen,
  })
  await world.watch.expect(() => done(ben.post(`${path}/set_unread/${reply}`)), onlyBen)
  await world.watch.expect(() => done(ben.delete(`${path}/following`)), { says: ['thread_follow_changed'], ...onlyBen })
  await world.watch.expect(() => post('without ben', { root_id: id }), unseen)
  await world.watch.expect(() => done(ben.put(`${path}/following`)), onlyBen)
  await world.watch.expect(() => done(ben.put(`${threads()}/read`)), { says: ['thread_read_changed'], ...onlyBen })
  const unread = () => done(ben.post(`/users/me/posts/${reply}/set_unread`, { collapsed_threads_supported: true }))
  await world.watch.expect(unread, { says: ['thread_updated', 'post_unread'], ...onlyBen })
})

test('a channel is read by a client that does not know threads', async () => {
  const { id } = await post('root three', {}, ben)
  await post('unread reply for @ben', { root_id: id })
  await world.watch.expect(() => done(ben.post('/channels/members/me/view', { channel_id: channel })), onlyBen)
  const view = { channel_id: channel, collapsed_threads_supported: false }
  await post('and one more', { root_id: id })
  await world.watch.expect(() => done(ben.post('/channels/members/me/view', view)), onlyBen)
})

test('a thread nobody has answered is followed, and a root with replies deleted', async () => {
  const { id } = await post('alone')
  await world.watch.expect(() => done(ben.put(`${threads()}/${id}/following`)), onlyBen)
  await world.watch.expect(() => post('one reply', { root_id: id }), unseen)
  await world.watch.expect(() => done(anna.delete(`/posts/${id}`)), { says: ['post_deleted'], ...unseen })
})

test('threads in direct messages stand in every team', async () => {
  const direct = Object.values(world.watch.state('ben').channels).find((one) => one.type === 'D')
  expect(direct).toBeDefined()
  const root = await done(anna.post('/posts', { channel_id: direct!.id, message: 'just us' }))
  const reply = { channel_id: direct!.id, root_id: root.id, message: 'an answer' }
  await world.watch.expect(() => done(ben.post('/posts', reply)), unseen)
  await world.watch.expect(() => done(anna.post('/posts', reply)), unseen)
  await world.watch.expect(() => done(ben.put(`${threads()}/${root.id}/read/${Date.now()}`)), onlyBen)
})
