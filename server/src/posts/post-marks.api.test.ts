import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Person } from '../../../testkit/builders.ts'
import { TestServer } from '../../../testkit/server.ts'
import { newId } from '../ids.ts'
import type { Post } from './post.ts'

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

/** Waits until the clock has moved on, so that each post has a time of its own. */
async function say(channelId: string, message: string, more: object = {}): Promise<Post> {
  const { body } = await server.as(anna).post('/posts', { channel_id: channelId, message, ...more })
  while (Date.now() <= body.create_at) await new Promise((resolve) => setTimeout(resolve, 1))
  return body
}

const memberRow = (channelId: string, person: Person) =>
  server.app.db
    .selectFrom('channelmembers')
    .selectAll()
    .where('channelid', '=', channelId)
    .where('userid', '=', person.id)
    .executeTakeFirstOrThrow()

async function archive(channelId: string): Promise<void> {
  await server.app.db.updateTable('channels').set({ deleteat: 5 }).where('id', '=', channelId).execute()
  await server.app.delivery.deliver([{ kind: 'channel', channelId }], [])
}

describe('marking unread', () => {
  test('sets the counters back to before the post and tells only the own tabs', async () => {
    const channel = await server.make.channel(team.id, [anna, ben])
    await say(channel.id, 'one')
    const second = await say(channel.id, `two @${ben.username}`)
    await say(channel.id, 'three', { root_id: second.id })
    const [own, other] = [await server.socket(ben), await server.socket(anna)]
    const { status, body } = await server.as(ben).post(`/users/me/posts/${second.id}/set_unread`, {})
    expect(status).toBe(200)
    const counts = { msg_count: 1, msg_count_root: 1, mention_count: 1, mention_count_root: 1 }
    expect(body).toMatchObject({ ...counts, last_viewed_at: second.create_at - 1, channel_id: channel.id })
    const heard = await own.heard('post_unread')
    expect(heard.data).toMatchObject({ ...counts, post_id: second.id })
    expect(heard.broadcast).toMatchObject({ team_id: team.id, channel_id: channel.id, user_id: ben.id })
    const row = { msgcount: 1, msgcountroot: 1, mentioncount: 1, lastviewedat: second.create_at - 1 }
    expect(await memberRow(channel.id, ben)).toMatchObject(row)
    await Promise.all([own.settle(), other.settle()])
    expect(other.named('post_unread')).toEqual([])
  })

  test('without a body, as clients ask that know nothing of collapsed threads', async () => {
    const channel = await server.make.channel(team.id, [anna, ben])
    const post = await say(channel.id, 'one')
    const { status, body } = await server.as(ben).post(`/users/me/posts/${post.id}/set_unread`)
    expect([status, body.msg_count]).toEqual([200, 0])
  })

  test('in a direct channel every post of the other mentions', async () => {
    const channel = await server.make.direct(anna, ben)
    const first = await say(channel.id, 'one')
    await say(channel.id, 'two')
    const { body } = await server.as(ben).post(`/users/me/posts/${first.id}/set_unread`, {})
    expect(body).toMatchObject({ msg_count: 0, mention_count: 2, team_id: '' })
  })

  test('a reply sets back its thread', async () => {
    const channel = await server.make.channel(team.id, [anna, ben])
    const root = await say(channel.id, 'root')
    const reply = await say(channel.id, 'reply', { root_id: root.id })
    await server.as(ben).post(`/users/me/posts/${reply.id}/set_unread`, { collapsed_threads_supported: true })
    const membership = await server.app.db
      .selectFrom('threadmemberships')
      .selectAll()
      .where('postid', '=', root.id)
      .where('userid', '=', ben.id)
      .executeTakeFirst()
    expect(membership).toMatchObject({ following: true, lastviewed: reply.create_at - 1 })
  })

  test('not for others, not for posts out of reach', async () => {
    const post = await say(team.townSquare, 'x')
    expect((await server.as(anna).post(`/users/${ben.id}/posts/${post.id}/set_unread`, {})).status).toBe(403)
    expect((await server.as(outsider).post(`/users/me/posts/${post.id}/set_unread`, {})).status).toBe(403)
    expect((await server.as(ben).post(`/users/me/posts/${newId()}/set_unread`, {})).status).toBe(404)
    expect((await server.as(ben).post(`/users/me/posts/${post.id}/set_unread`, [])).status).toBe(400)
  })
})

describe('acknowledgements', () => {
  const path = (post: Post) => `/users/me/posts/${post.id}/ack`

  test('are given once, told to the channel and shown with the post', async () => {
    const metadata = { priority: { priority: 'important', requested_ack: true } }
    const post = await say(team.townSquare, 'read this', { metadata })
    const socket = await server.socket(anna)
    const first = await server.as(ben).post(path(post))
    expect(first.body).toMatchObject({ user_id: ben.id, post_id: post.id, channel_id: team.townSquare })
    const heard = await socket.heard('post_acknowledgement_added')
    expect(JSON.parse(heard.data.acknowledgement)).toEqual(first.body)
    expect((await server.as(ben).post(path(post))).body).toEqual(first.body)
    const read = await server.as(anna).get(`/posts/${post.id}`)
    expect(read.body.metadata.acknowledgements).toEqual([first.body])
    await socket.settle()
    expect(socket.named('post_acknowledgement_added')).toHaveLength(1)
  })

  test('are taken back within five minutes only', async () => {
    const post = await say(team.townSquare, 'undo')
    const socket = await server.socket(anna)
    expect((await server.as(ben).delete(path(post))).status).toBe(404)
    await server.as(ben).post(path(post))
    expect((await server.as(ben).delete(path(post))).status).toBe(200)
    const removed = await socket.heard('post_acknowledgement_removed')
    expect(JSON.parse(removed.data.acknowledgement)).toMatchObject({ user_id: ben.id, acknowledged_at: 0 })
    await server.as(ben).post(path(post))
    await server.app.db
      .updateTable('postacknowledgements')
      .set({ acknowledgedat: Date.now() - 301_000 })
      .where('postid', '=', post.id)
      .execute()
    const late = await server.as(ben).delete(path(post))
    expect([late.status, late.body.id]).toEqual([403, 'api.acknowledgement.delete.deadline.app_error'])
    await socket.settle()
  })

  test('not for others, not from outside, not in archived channels', async () => {
    const channel = await server.make.channel(team.id, [anna, ben])
    const post = await say(channel.id, 'x')
    expect((await server.as(anna).post(`/users/${ben.id}/posts/${post.id}/ack`)).status).toBe(403)
    expect((await server.as(outsider).post(path(post))).status).toBe(403)
    await archive(channel.id)
    expect((await server.as(ben).post(path(post))).status).toBe(403)
    expect((await server.as(ben).delete(path(post))).status).toBe(403)
  })
})

test('the list of pinned posts is new when one leaves it that is neither first nor changed last', async () => {
  const channel = await server.make.channel(team.id, [anna, ben])
  const ids: string[] = []
  for (const message of ['first', 'second', 'third']) ids.push((await say(channel.id, message)).id)
  for (const id of ids) await server.as(anna).post(`/posts/${id}/pin`)
  const before = await server.as(ben).get(`/channels/${channel.id}/pinned`)
  await server.as(anna).post(`/posts/${ids[1]}/unpin`)
  const headers = { 'If-None-Match': before.headers.get('etag')! }
  const after = await server.as(ben).get(`/channels/${channel.id}/pinned`, headers)
  expect([before.body.order, after.body.order]).toEqual([ids, [ids[0], ids[2]]])
})
