import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Person } from '../../../testkit/builders.ts'
import { TestServer } from '../../../testkit/server.ts'
import { newId } from '../ids.ts'
import type { Post } from './post.ts'

let server: TestServer
let anna: Person
let ben: Person
let admin: Person
let outsider: Person
let team: { id: string; name: string; townSquare: string }

beforeAll(async () => {
  server = await TestServer.start()
  ;[anna, ben, admin, outsider] = await Promise.all([
    server.make.user(),
    server.make.user(),
    server.make.admin(),
    server.make.user(),
  ])
  team = await server.make.team([anna, ben])
  for (const channel of [team.townSquare]) await server.make.joinChannel(channel, admin)
})
afterAll(() => server.stop())

async function say(channelId: string, message: string, more: object = {}, who = anna): Promise<Post> {
  return (await server.as(who).post('/posts', { channel_id: channelId, message, ...more })).body
}

const rowOf = (id: string) =>
  server.app.db.selectFrom('posts').selectAll().where('id', '=', id).executeTakeFirstOrThrow()
const threadOf = (id: string) =>
  server.app.db.selectFrom('threads').selectAll().where('postid', '=', id).executeTakeFirstOrThrow()

describe('deleting', () => {
  test('marks the post, tells the channel, and tells administrators who did it', async () => {
    const [member, administrator, stranger] = [
      await server.socket(ben),
      await server.socket(admin),
      await server.socket(outsider),
    ]
    const post = await say(team.townSquare, 'to go')
    expect((await server.as(anna).delete(`/posts/${post.id}`)).body).toEqual({ status: 'OK' })
    const row = await rowOf(post.id)
    expect(row.deleteat).toBeGreaterThan(0)
    expect(row).toMatchObject({ updateat: row.deleteat, props: { deleteBy: anna.id } })
    const heard = await member.heard('post_deleted')
    expect(JSON.parse(heard.data.post)).toMatchObject({ id: post.id, delete_at: row.deleteat, props: {} })
    expect(heard.data.delete_by).toBeUndefined()
    expect((await administrator.heard('post_deleted')).data.delete_by).toBe(anna.id)
    await Promise.all([member.settle(), administrator.settle(), stranger.settle()])
    expect([member.named('post_deleted').length, administrator.named('post_deleted').length]).toEqual([1, 1])
    expect(stranger.named('post_deleted')).toEqual([])
    expect((await server.as(ben).get(`/posts/${post.id}`)).status).toBe(404)
    expect((await server.as(admin).get(`/posts/${post.id}?include_deleted=true`)).body.message).toBe('to go')
    expect((await server.as(anna).delete(`/posts/${post.id}`)).status).toBe(404)
  })

  test('only the author and those who may delete others’ posts', async () => {
    const post = await say(team.townSquare, 'mine')
    expect((await server.as(ben).delete(`/posts/${post.id}`)).status).toBe(403)
    expect((await server.as(outsider).delete(`/posts/${post.id}`)).status).toBe(403)
    expect((await server.as(admin).delete(`/posts/${post.id}`)).status).toBe(200)
  })

  test('a root takes its replies, drafts, saved marks and reminders along', async () => {
    const root = await say(team.townSquare, 'root')
    const reply = await say(team.townSquare, 'reply', { root_id: root.id }, ben)
    const { db } = server.app
    const draft = { createat: 1, updateat: 1, deleteat: 0, userid: ben.id, channelid: team.townSquare, message: 'd' }
    await db
      .insertInto('drafts')
      .values({ ...draft, rootid: root.id, props: '{}', fileids: '[]', priority: '{}' })
      .execute()
    const saved = { userid: ben.id, category: 'flagged_post', name: reply.id, value: 'true' }
    await db.insertInto('preferences').values(saved).execute()
    await db.insertInto('postreminders').values({ postid: root.id, userid: ben.id, targettime: 9e9 }).execute()
    await server.as(anna).delete(`/posts/${root.id}`)
    expect((await rowOf(reply.id)).deleteat).toBeGreaterThan(0)
    expect((await threadOf(root.id)).threaddeleteat).toBeGreaterThan(0)
    expect(await db.selectFrom('drafts').selectAll().where('rootid', '=', root.id).execute()).toEqual([])
    expect(await db.selectFrom('preferences').selectAll().where('name', '=', reply.id).execute()).toEqual([])
    expect(await db.selectFrom('postreminders').selectAll().where('postid', '=', root.id).execute()).toEqual([])
  })

  test('a reply leaves its thread with the others', async () => {
    const root = await say(team.townSquare, 'root')
    const first = await say(team.townSquare, 'one', { root_id: root.id }, ben)
    const second = await say(team.townSquare, 'two', { root_id: root.id })
    await server.as(anna).delete(`/posts/${second.id}`)
    const thread = { replycount: 1, lastreplyat: first.create_at, participants: [ben.id] }
    expect(await threadOf(root.id)).toMatchObject(thread)
    expect((await rowOf(root.id)).updateat).toBeGreaterThan(second.create_at)
    await server.as(ben).delete(`/posts/${first.id}`)
    expect(await threadOf(root.id)).toMatchObject({ replycount: 0, lastreplyat: 0, participants: [] })
  })

  test('replies that come and go at the same time are counted', async () => {
    const root = await say(team.townSquare, 'root')
    const old = await Promise.all([1, 2, 3, 4].map(() => say(team.townSquare, 'old', { root_id: root.id }, ben)))
    await Promise.all([
      ...old.map((one) => server.as(ben).delete(`/posts/${one.id}`)),
      ...[1, 2, 3].map(() => say(team.townSquare, 'new', { root_id: root.id })),
    ])
    expect(await threadOf(root.id)).toMatchObject({ replycount: 3, participants: [anna.id] })
  })

  test('no reply outlives its root', async () => {
    const root = await say(team.townSquare, 'root')
    const reply = () =>
      server.as(ben).post('/posts', { channel_id: team.townSquare, message: 'reply', root_id: root.id })
    const [, ...answers] = await Promise.all([server.as(anna).delete(`/posts/${root.id}`), ...[1, 2, 3, 4].map(reply)])
    const refused = answers.filter(({ status }) => status !== 201).map(({ body }) => body.id)
    expect(refused).toEqual(refused.map(() => 'api.post.create_post.root_id.app_error'))
    const written = answers.filter(({ status }) => status === 201)
    const rows = await Promise.all(written.map(({ body }) => rowOf(body.id)))
    expect(rows.filter(({ deleteat }) => deleteat === 0)).toEqual([])
  })

  test('counters of the channel do not go down', async () => {
    const channel = await server.make.channel(team.id, [anna])
    const post = await say(channel.id, 'counted')
    await server.as(anna).delete(`/posts/${post.id}`)
    const row = await server.app.db.selectFrom('channels').selectAll().where('id', '=', channel.id).executeTakeFirst()
    expect(row?.totalmsgcount).toBe(1)
  })
})

describe('deleting for good', () => {
  test('is switched off, and for administrators only', async () => {
    const post = await say(team.townSquare, 'stays')
    expect((await server.as(admin).delete(`/posts/${post.id}?permanent=true`)).status).toBe(501)
    await server.app.config.patch({ ServiceSettings: { EnableAPIPostDeletion: true } })
    expect((await server.as(anna).delete(`/posts/${post.id}?permanent=true`)).status).toBe(403)
    expect((await server.as(admin).delete(`/posts/${newId()}?permanent=true`)).status).toBe(404)
  })

  test('removes every row of a thread', async () => {
    await server.app.config.patch({ ServiceSettings: { EnableAPIPostDeletion: true } })
    const root = await say(team.townSquare, 'root')
    const reply = await say(team.townSquare, 'reply', { root_id: root.id }, ben)
    await server.as(anna).put(`/posts/${root.id}/patch`, { message: 'edited' })
    await server.as(anna).delete(`/posts/${reply.id}`)
    expect((await server.as(admin).delete(`/posts/${root.id}?permanent=true`)).status).toBe(200)
    const left = await server.app.db
      .selectFrom('posts')
      .select('id')
      .where((or) => or.or([or('id', 'in', [root.id, reply.id]), or('originalid', '=', root.id)]))
      .execute()
    expect(left).toEqual([])
    expect(await server.app.db.selectFrom('threads').selectAll().where('postid', '=', root.id).execute()).toEqual([])
  })
})

describe('ephemeral posts', () => {
  test('only their reader sees them, and nothing is stored', async () => {
    const [reader, other] = [await server.socket(ben), await server.socket(anna)]
    const asked = {
      user_id: ben.id,
      post: { channel_id: team.townSquare, message: 'psst', props: { from_webhook: 1 } },
    }
    const { status, body } = await server.as(admin).post('/posts/ephemeral', asked)
    expect([status, body.type, body.props]).toEqual([201, 'system_ephemeral', {}])
    expect(JSON.parse((await reader.heard('ephemeral_message')).data.post).message).toBe('psst')
    await Promise.all([reader.settle(), other.settle()])
    expect(other.named('ephemeral_message')).toEqual([])
    expect((await server.as(admin).get(`/posts/${body.id}`)).status).toBe(404)
    expect((await server.as(anna).post('/posts/ephemeral', asked)).status).toBe(403)
    for (const wrong of [{}, { user_id: ben.id }, { ...asked, user_id: newId() }, { ...asked, post: null }]) {
      expect((await server.as(admin).post('/posts/ephemeral', wrong)).status).toBe(400)
    }
  })
})

describe('moving a thread', () => {
  test('is off by default', async () => {
    const post = await say(team.townSquare, 'stays')
    const answer = await server.as(anna).post(`/posts/${post.id}/move`, { channel_id: team.townSquare })
    expect([answer.status, answer.body.id]).toEqual([501, 'api.post.move_thread.disabled.app_error'])
  })
})
