import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Person } from '../../../testkit/builders.ts'
import { TestServer } from '../../../testkit/server.ts'
import { newId } from '../ids.ts'
import type { ScheduledPost } from './scheduled-post.ts'
import { ScheduledPostSender } from './scheduled-post-sender.ts'
import { failScheduledPost, takeScheduledPost } from './scheduled-posts.store.ts'
import { sendScheduledPost } from './send-scheduled-post.ts'

const HOUR = 3_600_000
let server: TestServer
let sender: ScheduledPostSender
let anna: Person
let ben: Person
let guest: Person
let team: { id: string; townSquare: string; offTopic: string }

beforeAll(async () => {
  server = await TestServer.start()
  sender = new ScheduledPostSender(server.app)
  ;[anna, ben, guest] = await Promise.all([server.make.user(), server.make.user(), server.make.guest()])
  team = await server.make.team([anna, ben])
})
afterAll(() => server.stop())

const later = () => Date.now() + HOUR
const schedule = (more: object = {}, person = anna) =>
  server
    .as(person)
    .post('/posts/schedule', { channel_id: team.townSquare, message: 'later', scheduled_at: later(), ...more })
const list = async (person = anna) =>
  (await server.as(person).get(`/posts/scheduled/team/${team.id}?includeDirectChannels=true`)).body
const posts = (channelId: string) =>
  server.app.db.selectFrom('posts').selectAll().where('channelid', '=', channelId).where('deleteat', '=', 0).execute()
/** a time at which everything scheduled here is due, and nothing too old */
const due = () => Date.now() + 2 * HOUR

test('a post is scheduled, changed and taken back; the other clients of its author hear of it', async () => {
  const [tab, otherTab, other] = await Promise.all([server.socket(anna), server.socket(anna), server.socket(ben)])
  const connection = { 'Connection-Id': (await tab.heard('hello')).data.connection_id }
  const sent = { channel_id: team.townSquare, message: '내일', scheduled_at: later(), props: { a: 1 }, user_id: ben.id }
  const { status, body } = await server.as(anna).post('/posts/schedule', sent, connection)
  expect(status).toBe(201)
  expect(body).toMatchObject({ user_id: anna.id, message: '내일', props: { a: 1 }, processed_at: 0, error_code: '' })
  expect(JSON.parse((await otherTab.heard('scheduled_post_created')).data.scheduledPost)).toEqual(body)
  expect(await list()).toEqual({ [team.id]: [body], directChannels: [] })
  expect((await server.as(anna).get(`/posts/scheduled/team/${team.id}`)).body).toEqual({ [team.id]: [body] })
  expect(await list(ben)).toEqual({ [team.id]: [], directChannels: [] })

  const path = `/posts/schedule/${body.id}`
  const changes = { ...body, message: '모레', scheduled_at: body.scheduled_at + HOUR, channel_id: team.offTopic }
  const changed = await server.as(anna).put(path, changes, connection)
  expect(changed.status).toBe(201)
  expect(changed.body).toMatchObject({ message: '모레', channel_id: team.townSquare, create_at: body.create_at })
  expect(JSON.parse((await otherTab.heard('scheduled_post_updated')).data.scheduledPost)).toEqual(changed.body)

  const gone = await server.as(anna).delete(path, undefined, connection)
  expect([gone.status, gone.body.id]).toEqual([201, body.id])
  await otherTab.heard('scheduled_post_deleted')
  expect((await list())[team.id]).toEqual([])
  const again = await server.as(anna).delete(path)
  expect([again.status, again.body.id]).toEqual([404, 'app.delete_scheduled_post.existing_scheduled_post.not_exist'])
  await Promise.all([tab, otherTab, other].map((socket) => socket.settle()))
  for (const socket of [tab, other]) {
    expect(socket.events.filter((one) => one.event.startsWith('scheduled_post'))).toEqual([])
  }
  for (const socket of [tab, otherTab, other]) socket.close()
})

test('those of direct channels stand apart', async () => {
  const direct = await server.make.direct(anna, ben)
  const { body } = await schedule({ channel_id: direct.id })
  expect(await list()).toEqual({ [team.id]: [], directChannels: [body] })
  await server.as(anna).delete(`/posts/schedule/${body.id}`)
})

test('when its time comes a post is sent once, with everything that belongs to it', async () => {
  const channel = await server.make.channel(team.id, [anna, ben])
  const root = (await server.as(ben).post('/posts', { channel_id: channel.id, message: 'root' })).body
  const first = (await schedule({ channel_id: channel.id, priority: { priority: 'urgent' } })).body
  const reply = (await schedule({ channel_id: channel.id, root_id: root.id, message: 'reply' })).body
  const own = await server.socket(anna)
  const other = await server.socket(ben)
  await sender.run(Date.now())
  expect(await posts(channel.id)).toHaveLength(1)
  await Promise.all([sender.run(due()), sender.run(due())])
  await sender.run(due())
  const written = (await posts(channel.id)).filter((post) => post.id !== root.id)
  expect(written).toHaveLength(2)
  expect(written.map((post) => [post.message, post.rootid, post.userid])).toEqual(
    expect.arrayContaining([
      ['later', '', anna.id],
      ['reply', root.id, anna.id],
    ]),
  )
  await other.heard('posted', (event) => JSON.parse(event.data.post).message === 'reply')
  const gone = await own.heard('scheduled_post_deleted')
  expect([first.id, reply.id]).toContain(JSON.parse(gone.data.scheduledPost).id)
  expect((await list())[team.id]).toEqual([])
  await Promise.all([own.settle(), other.settle()])
  own.close()
  other.close()
})

test('what stands in the way is said, and a new time gives another chance', async () => {
  const channel = await server.make.channel(team.id, [anna, ben])
  const { body } = await schedule({ channel_id: channel.id })
  await server.app.db.deleteFrom('channelmembers').where('channelid', '=', channel.id).execute()
  const left = { kind: 'channelMember', channelId: channel.id, userId: anna.id, present: false } as const
  await server.app.delivery.deliver([left], [])
  const socket = await server.socket(anna)
  await sender.run(due())
  const told = JSON.parse((await socket.heard('scheduled_post_updated')).data.scheduledPost)
  expect(told).toMatchObject({ id: body.id, error_code: 'no_channel_member' })
  expect((await list())[team.id]).toMatchObject([{ id: body.id, error_code: 'no_channel_member' }])
  await sender.run(due())
  expect(await posts(channel.id)).toEqual([])
  await server.make.joinChannel(channel.id, anna)
  const again = await server.as(anna).put(`/posts/schedule/${body.id}`, body)
  expect(again.body).toMatchObject({ error_code: '', processed_at: 0 })
  await sender.run(due())
  expect(await posts(channel.id)).toHaveLength(1)
  socket.close()
})

test('what its author changes while it is about to be sent counts', async () => {
  const channel = await server.make.channel(team.id, [anna])
  const { body } = await schedule({ channel_id: channel.id })
  await new Promise((resolve) => setTimeout(resolve, 2))
  const changes = { ...body, message: 'tomorrow', scheduled_at: body.scheduled_at + HOUR }
  const changed = await server.as(anna).put(`/posts/schedule/${body.id}`, changes)
  // The sender had put it on its list before the change, or even loaded it.
  await sendScheduledPost(server.app, body.id, body.scheduled_at)
  expect(await takeScheduledPost(server.app.db, body)).toBe(false)
  expect(await failScheduledPost(server.app.db, body, 'unknown', 1)).toBe(false)
  expect(await posts(channel.id)).toEqual([])
  expect((await list())[team.id]).toContainEqual(changed.body)
  await server.as(anna).delete(`/posts/schedule/${body.id}`)
})

test.each([
  ['channel_archived', (id: string) => server.app.db.updateTable('channels').set({ deleteat: 1 }).where('id', '=', id)],
  ['channel_not_found', (id: string) => server.app.db.deleteFrom('channels').where('id', '=', id)],
])('says %s', async (code, change) => {
  const channel = await server.make.channel(team.id, [anna])
  const { body } = await schedule({ channel_id: channel.id })
  await change(channel.id).execute()
  await server.app.delivery.deliver([{ kind: 'channel', channelId: channel.id }], [])
  await sender.run(due())
  const row = await server.app.db.selectFrom('scheduledposts').selectAll().where('id', '=', body.id).executeTakeFirst()
  expect(row?.errorcode).toBe(code)
})

test('says that the author, the thread or the way to the other person is gone', async () => {
  const author = await server.make.user()
  const stranger = await server.make.user()
  const direct = await server.make.direct(author, stranger)
  await server.make.joinTeam(team.id, author)
  await server.make.joinChannel(team.townSquare, author)
  const root = (await server.as(ben).post('/posts', { channel_id: team.townSquare, message: 'root' })).body
  const reply = (await schedule({ root_id: root.id }, author)).body
  const message = (await schedule({ channel_id: direct.id }, author)).body
  await server.app.db.updateTable('posts').set({ deleteat: 1 }).where('id', '=', root.id).execute()
  await server.app.config.patch({ TeamSettings: { RestrictDirectMessage: 'team' } })
  await sender.run(due())
  await server.app.config.patch({ TeamSettings: { RestrictDirectMessage: 'any' } })
  const last = (await schedule({}, author)).body
  await server.app.db.updateTable('users').set({ deleteat: 1 }).where('id', '=', author.id).execute()
  await server.app.delivery.deliver([{ kind: 'user', userId: author.id }], [])
  await sender.run(due())
  const rows = await server.app.db.selectFrom('scheduledposts').selectAll().where('userid', '=', author.id).execute()
  expect(Object.fromEntries(rows.map((row) => [row.id, row.errorcode]))).toEqual({
    [reply.id]: 'thread_deleted',
    [message.id]: 'restricted_dm',
    [last.id]: 'user_deleted',
  })
})

test('a post of nothing but a file that went out with another is not sent', async () => {
  const channel = await server.make.channel(team.id, [anna])
  const form = new FormData()
  form.set('channel_id', channel.id)
  form.set('files', new File(['x'], 'x.txt'))
  const file_ids = [(await server.as(anna).call('POST', '/files', form)).body.file_infos[0].id]
  const { body } = await schedule({ channel_id: channel.id, message: '', file_ids })
  await server.as(anna).post('/posts', { channel_id: channel.id, message: 'here', file_ids })
  await sender.run(due())
  expect((await posts(channel.id)).map((post) => post.message)).toEqual(['here'])
  expect((await list())[team.id].find((one: ScheduledPost) => one.id === body.id).error_code).toBe('invalid_post')
})

test('what nobody sent for a day is not sent any more', async () => {
  const channel = await server.make.channel(team.id, [anna])
  const { body } = await schedule({ channel_id: channel.id })
  await sender.run(body.scheduled_at + 24 * HOUR + 1)
  expect((await list())[team.id].find((one: ScheduledPost) => one.id === body.id).error_code).toBe('unable_to_send')
  expect(await posts(channel.id)).toEqual([])
})

test('nobody schedules where he may not post, or touches the posts of others', async () => {
  const closed = await server.make.channel(team.id, [anna], { type: 'P' })
  const { body } = await schedule({ channel_id: closed.id })
  const path = `/posts/schedule/${body.id}`
  const put = await server.as(ben).put(path, body)
  expect([put.status, put.body.id]).toEqual([403, 'app.update_scheduled_post.update_permission.error'])
  const removed = await server.as(ben).delete(path)
  expect([removed.status, removed.body.id]).toEqual([403, 'app.delete_scheduled_post.delete_permission.error'])
  expect((await schedule({ channel_id: closed.id }, ben)).status).toBe(403)
  expect((await schedule({}, guest)).status).toBe(403)
  expect((await server.as(guest).get(`/posts/scheduled/team/${team.id}`)).status).toBe(403)
  const unknown = await server.as(anna).put(`/posts/schedule/${newId()}`, body)
  expect([unknown.status, unknown.body.id]).toEqual([
    404,
    'app.update_scheduled_post.existing_scheduled_post.not_exist',
  ])
  expect((await server.as(anna).delete(path)).status).toBe(201)
})

test('archived channels, the past, emptiness and nonsense are refused', async () => {
  const archived = await server.make.channel(team.id, [anna])
  await server.app.db.updateTable('channels').set({ deleteat: 1 }).where('id', '=', archived.id).execute()
  await server.app.delivery.deliver([{ kind: 'channel', channelId: archived.id }], [])
  const cases: [object, string][] = [
    [{ channel_id: archived.id }, 'api.post.create_post.can_not_post_to_deleted.error'],
    [{ scheduled_at: Date.now() - HOUR }, 'model.scheduled_post.is_valid.scheduled_at.app_error'],
    [{ scheduled_at: 1e300 }, 'model.scheduled_post.is_valid.scheduled_at.app_error'],
    [{ message: '' }, 'model.scheduled_post.is_valid.empty_post.app_error'],
    [{ message: '', file_ids: [newId()] }, 'model.scheduled_post.is_valid.empty_post.app_error'],
    [{ message: 'x'.repeat(16384) }, 'model.draft.is_valid.message_length.app_error'],
    [{ root_id: newId() }, 'api.post.create_post.root_id.app_error'],
    [{ scheduled_at: 'soon' }, 'api.context.invalid_body_param.app_error'],
    [{ scheduled_at: null }, 'api.context.invalid_body_param.app_error'],
    [{ message: {} }, 'api.context.invalid_body_param.app_error'],
    [{ channel_id: '../x' }, 'api.context.invalid_body_param.app_error'],
  ]
  for (const [wrong, id] of cases) {
    const answer = await schedule(wrong)
    expect([answer.status, answer.body.id]).toEqual([400, id])
  }
})

test('switched off', async () => {
  await server.app.config.patch({ ServiceSettings: { ScheduledPosts: false } })
  const answers = await Promise.all([
    schedule(),
    server.as(anna).get(`/posts/scheduled/team/${team.id}`),
    server.as(anna).delete(`/posts/schedule/${newId()}`),
  ])
  expect(answers.map((one) => [one.status, one.body.id])).toEqual(
    answers.map(() => [400, 'api.scheduled_posts.feature_disabled']),
  )
})
