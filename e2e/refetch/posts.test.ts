/* oxlint-disable vitest/expect-expect -- `watch.expect` is the assertion */
import { afterAll, beforeAll, test } from 'vitest'
import type { Client } from '../../testkit/client.ts'
import { done, startWorld } from './world.ts'
import type { World } from './world.ts'

let world: World
let anna: Client
let ben: Client
let channel: string
const unseen = { unseenBy: ['olga'] }

beforeAll(async () => {
  world = await startWorld()
  anna = world.server.as(world.anna)
  ben = world.server.as(world.ben)
  channel = world.team.townSquare
})
afterAll(() => world?.stop())

const post = (message: string, more: object = {}, by = anna) =>
  done(by.post('/posts', { channel_id: channel, message, ...more }))

test('posts with and without mentions, by one and by the other', async () => {
  await world.watch.expect(() => post('hello'), { says: ['posted', 'multiple_channels_viewed'], ...unseen })
  await world.watch.expect(() => post('@ben look, and @channel too'), { says: ['posted'], ...unseen })
  await world.watch.expect(() => post('@anna seen', {}, ben), unseen)
  const urgent = { metadata: { priority: { priority: 'urgent', requested_ack: true } } }
  await world.watch.expect(() => post('@ben quickly', urgent), unseen)
})

test('many posts at once', async () => {
  await world.watch.expect(
    () => Promise.all(Array.from({ length: 6 }, (_, i) => post(`${i} @anna @ben`, {}, i % 2 ? anna : ben))),
    unseen,
  )
})

test('a post is edited, pinned, unpinned and deleted', async () => {
  const { id } = await post('first words')
  await world.watch.expect(() => done(anna.put(`/posts/${id}/patch`, { message: 'other words #tag' })), {
    says: ['post_edited'],
    ...unseen,
  })
  await world.watch.expect(() => done(ben.post(`/posts/${id}/pin`)), { says: ['post_edited'], ...unseen })
  await world.watch.expect(() => done(ben.post(`/posts/${id}/unpin`)), unseen)
  await done(ben.post(`/posts/${id}/pin`))
  const flag = [{ user_id: world.ben.id, category: 'flagged_post', name: id, value: 'true' }]
  await world.watch.expect(() => done(ben.put('/users/me/preferences', flag)))
  await world.watch.expect(() => done(anna.delete(`/posts/${id}`)), { says: ['post_deleted'], ...unseen })
})

test('reactions come and go', async () => {
  const { id } = await post('react to this')
  const reaction = { user_id: world.ben.id, post_id: id, emoji_name: 'smile' }
  await world.watch.expect(() => done(ben.post('/reactions', reaction)), { says: ['reaction_added'], ...unseen })
  await world.watch.expect(() => done(anna.post('/reactions', { ...reaction, user_id: world.anna.id })), unseen)
  await world.watch.expect(() => done(anna.put(`/posts/${id}/patch`, { message: 'edited with reactions' })), unseen)
  const path = `/users/me/posts/${id}/reactions/smile`
  await world.watch.expect(() => done(ben.delete(path)), { says: ['reaction_removed'], ...unseen })
  await world.watch.expect(() => done(anna.delete(path)), unseen)
})

test('a post is acknowledged and the acknowledgement withdrawn', async () => {
  const { id } = await post('read this', { metadata: { priority: { priority: 'important', requested_ack: true } } })
  const path = `/users/me/posts/${id}/ack`
  await world.watch.expect(() => done(ben.post(path)), { says: ['post_acknowledgement_added'], ...unseen })
  await world.watch.expect(() => done(anna.put(`/posts/${id}/patch`, { message: 'read that' })), unseen)
  await world.watch.expect(() => done(ben.delete(path)), { says: ['post_acknowledgement_removed'], ...unseen })
})

test('a message that only one person sees', async () => {
  const admin = world.server.as(world.admin)
  const sent = { user_id: world.ben.id, post: { channel_id: channel, message: 'for ben' } }
  await world.watch.expect(() => done(admin.post('/posts/ephemeral', sent)), {
    says: ['ephemeral_message'],
    unseenBy: ['anna', 'olga'],
  })
})

test('a channel is made unread from a post on, and read again', async () => {
  const { id } = await post('@ben from here')
  await post('@ben and here')
  const view = () =>
    done(ben.post('/channels/members/me/view', { channel_id: channel, collapsed_threads_supported: true }))
  await world.watch.expect(view, { says: ['multiple_channels_viewed'], unseenBy: ['anna', 'olga'] })
  const unread = () => done(ben.post(`/users/me/posts/${id}/set_unread`, { collapsed_threads_supported: true }))
  await world.watch.expect(unread, { says: ['post_unread'], unseenBy: ['anna', 'olga'] })
  await world.watch.expect(() => done(ben.post('/channels/members/me/mark_read', [channel])), {
    unseenBy: ['anna', 'olga'],
  })
})

test('a post with a file and one with a link to another post', async () => {
  const form = new FormData()
  form.append('channel_id', channel)
  form.append('files', new Blob(['text']), 'note.txt')
  const { file_infos } = await done(anna.post('/files', form))
  await world.watch.expect(() => post('with a file', { file_ids: [file_infos[0].id] }), unseen)
  const { id } = await post('look at me')
  await done(anna.delete(`/posts/${id}`))
  await world.watch.expect(async () => undefined)
})

test('typing and persistent reminders change nothing that is kept', async () => {
  const socket = await world.server.socket(world.anna)
  await world.watch.expect(() => socket.request('user_typing', { channel_id: channel, parent_id: '' }), {
    says: ['typing'],
    unseenBy: ['olga'],
  })
  socket.close()
})
