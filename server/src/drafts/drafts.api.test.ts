import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Person } from '../../../testkit/builders.ts'
import { TestServer } from '../../../testkit/server.ts'
import { newId } from '../ids.ts'
import type { Draft } from './draft.ts'

let server: TestServer
let admin: Person
let anna: Person
let ben: Person
let guest: Person
let team: { id: string; townSquare: string; offTopic: string }

beforeAll(async () => {
  server = await TestServer.start()
  ;[admin, anna, ben, guest] = await Promise.all([
    server.make.admin(),
    server.make.user(),
    server.make.user(),
    server.make.guest(),
  ])
  team = await server.make.team([anna, ben])
})
afterAll(() => server.stop())

const list = async (person = anna) => (await server.as(person).get(`/users/me/teams/${team.id}/drafts`)).body

async function upload(creator: Person, postId = ''): Promise<string> {
  const id = newId()
  const now = Date.now()
  await server.app.db
    .insertInto('fileinfo')
    .values({
      id,
      creatorid: creator.id,
      postid: postId,
      channelid: team.offTopic,
      createat: now,
      updateat: now,
      deleteat: 0,
      path: 'x',
      thumbnailpath: '',
      previewpath: '',
      name: 'a.txt',
      extension: 'txt',
      size: 1,
      mimetype: 'text/plain',
      width: 0,
      height: 0,
      haspreviewimage: false,
      minipreview: null,
      content: '',
      remoteid: '',
      archived: false,
    })
    .execute()
  return id
}

test('a draft is kept, changed in place, listed and told to the other clients of its author', async () => {
  const [tab, otherTab, other] = await Promise.all([server.socket(anna), server.socket(anna), server.socket(ben)])
  const connection = (await tab.heard('hello')).data.connection_id
  const sent = { channel_id: team.townSquare, message: '초안', props: { a: 1 }, user_id: ben.id, create_at: 1 }
  const { status, body } = await server.as(anna).post('/drafts', sent, { 'Connection-Id': connection })
  expect(status).toBe(201)
  expect(body).toMatchObject({ user_id: anna.id, message: '초안', props: { a: 1 }, root_id: '', delete_at: 0 })
  expect(JSON.parse((await otherTab.heard('draft_created')).data.draft)).toEqual(body)
  const changed = await server.as(anna).post('/drafts', { ...sent, message: 'more', priority: { priority: 'urgent' } })
  expect(changed.body).toMatchObject({ message: 'more', create_at: body.create_at, priority: { priority: 'urgent' } })
  expect(await list()).toEqual([changed.body])
  await Promise.all([tab, otherTab, other].map((socket) => socket.settle()))
  expect(tab.named('draft_created')).toHaveLength(1)
  expect(other.named('draft_created')).toEqual([])

  const path = `/users/me/channels/${team.townSquare}/drafts`
  expect((await server.as(anna).delete(path)).body).toEqual({ status: 'OK' })
  expect(JSON.parse((await otherTab.heard('draft_deleted')).data.draft).message).toBe('more')
  expect(await list()).toEqual([])
  expect((await server.as(anna).delete(path)).status).toBe(200)
  for (const socket of [tab, otherTab, other]) socket.close()
})

test('a thread has a draft of its own, and an empty draft is none', async () => {
  const rootId = newId()
  for (const root_id of ['', rootId]) {
    await server.as(anna).post('/drafts', { channel_id: team.offTopic, root_id, message: root_id || 'root' })
  }
  expect(await list()).toHaveLength(2)
  await server.as(anna).delete(`/users/me/channels/${team.offTopic}/drafts/${rootId}`)
  expect((await list()).map((draft: Draft) => draft.message)).toEqual(['root'])
  const { status, body } = await server.as(anna).post('/drafts', { channel_id: team.offTopic, message: '' })
  expect([status, body.delete_at > 0]).toEqual([201, true])
  expect(await list()).toEqual([])
})

test('files: only own uploads that hang on no post are shown', async () => {
  const [mine, bens, used] = await Promise.all([upload(anna), upload(ben), upload(anna, newId())])
  const sent = { channel_id: team.offTopic, message: '', file_ids: [mine, bens, used, 'nonsense', mine] }
  const { body } = await server.as(anna).post('/drafts', sent)
  expect(body.file_ids).toEqual([mine, bens, used])
  expect(body.metadata.files.map((file: { id: string }) => file.id)).toEqual([mine])
  await server.as(anna).delete(`/users/me/channels/${team.offTopic}/drafts`)
})

test('direct messages are in the list of every team; what a person has left is not', async () => {
  const direct = await server.make.direct(anna, ben)
  const closed = await server.make.channel(team.id, [anna], { type: 'P' })
  for (const channel_id of [direct.id, closed.id]) await server.as(anna).post('/drafts', { channel_id, message: 'x' })
  expect((await list()).map((one: Draft) => one.channel_id).toSorted()).toEqual([direct.id, closed.id].toSorted())
  await server.app.db.deleteFrom('channelmembers').where('channelid', '=', closed.id).execute()
  expect((await list()).map((one: Draft) => one.channel_id)).toEqual([direct.id])
})

test('nobody reads, writes or deletes drafts of others, or where he may not post', async () => {
  const closed = await server.make.channel(team.id, [anna], { type: 'P' })
  const draft = { channel_id: closed.id, message: 'x' }
  await server.as(anna).post('/drafts', draft)
  const calls = [
    server.as(ben).post('/drafts', draft),
    server.as(guest).post('/drafts', { ...draft, channel_id: team.townSquare }),
    server.as(guest).get(`/users/me/teams/${team.id}/drafts`),
    server.as(ben).get(`/users/${anna.id}/teams/${team.id}/drafts`),
    server.as(admin).get(`/users/${anna.id}/teams/${team.id}/drafts`),
    server.as(ben).delete(`/users/${anna.id}/channels/${closed.id}/drafts`),
    server.as(admin).delete(`/users/${anna.id}/channels/${closed.id}/drafts`),
    server.as(anna).post('/drafts', { ...draft, channel_id: newId() }),
  ]
  expect((await Promise.all(calls)).map((answer) => answer.status)).toEqual(calls.map(() => 403))
  expect((await list()).some((one: Draft) => one.channel_id === closed.id)).toBe(true)
})

test('archived channels, too much and nonsense are refused', async () => {
  const archived = await server.make.channel(team.id, [anna])
  await server.app.db.updateTable('channels').set({ deleteat: 1 }).where('id', '=', archived.id).execute()
  await server.app.delivery.deliver([{ kind: 'channel', channelId: archived.id }], [])
  const channel_id = team.townSquare
  const cases: [object | null, string][] = [
    [{ channel_id: archived.id, message: 'x' }, 'api.draft.create_draft.can_not_draft_to_deleted.error'],
    [{ channel_id, message: 'x'.repeat(16384) }, 'model.draft.is_valid.message_length.app_error'],
    [{ channel_id, message: 'x', props: { a: 'x'.repeat(8000) } }, 'model.draft.is_valid.props.app_error'],
    [{ channel_id, message: 'x', root_id: 'x' }, 'model.draft.is_valid.root_id.app_error'],
    [{ channel_id, file_ids: Array.from({ length: 11 }, newId) }, 'model.draft.is_valid.file_ids.app_error'],
    [{ channel_id, message: 'x', priority: { a: 'x'.repeat(1000) } }, 'model.draft.is_valid.priority.app_error'],
    [{ channel_id, message: {} }, 'api.context.invalid_body_param.app_error'],
    [{ channel_id: 'x', message: 'x' }, 'api.context.invalid_body_param.app_error'],
    [{ channel_id, props: [] }, 'api.context.invalid_body_param.app_error'],
    [null, 'api.context.invalid_body_param.app_error'],
  ]
  for (const [body, id] of cases) {
    const answer = await server.as(anna).post('/drafts', body)
    expect([answer.status, answer.body.id]).toEqual([400, id])
  }
  const odd = `{"channel_id":"${channel_id}","message":"\\ud800","props":{"\\udfff":1}}`
  expect((await server.as(anna).post('/drafts', odd)).status).toBe(201)
})

test('switched off', async () => {
  await server.app.config.patch({ ServiceSettings: { AllowSyncedDrafts: false } })
  const answers = await Promise.all([
    server.as(anna).post('/drafts', { channel_id: team.townSquare, message: 'x' }),
    server.as(anna).get(`/users/me/teams/${team.id}/drafts`),
    server.as(anna).delete(`/users/me/channels/${team.townSquare}/drafts`),
  ])
  expect(answers.map((one) => [one.status, one.body.id])).toEqual(
    answers.map(() => [501, 'api.drafts.disabled.app_error']),
  )
})
