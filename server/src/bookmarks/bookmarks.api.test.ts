import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { Person } from '../../../testkit/builders.ts'
import { TestServer } from '../../../testkit/server.ts'
import { newId } from '../ids.ts'
import type { Bookmark } from './bookmark.ts'

let server: TestServer
let anna: Person
let ben: Person
let guest: Person
let outsider: Person
let team: { id: string; townSquare: string }
let channel: { id: string }
let path: string

beforeAll(async () => {
  server = await TestServer.start()
  ;[anna, ben, guest, outsider] = await Promise.all([
    server.make.user(),
    server.make.user(),
    server.make.guest(),
    server.make.user(),
  ])
  team = await server.make.team([anna, ben])
  await server.make.joinTeam(team.id, guest, { guest: true })
})
afterAll(() => server.stop())
beforeEach(async () => {
  channel = await server.make.channel(team.id, [anna, ben])
  await server.make.joinChannel(channel.id, guest, { guest: true })
  path = `/channels/${channel.id}/bookmarks`
})

const link = (more: object = {}) => ({ type: 'link', display_name: '위키', link_url: 'https://example.com/a', ...more })
const add = (more: object = {}, person = anna) => server.as(person).post(path, link(more))
const names = async () => (await server.as(anna).get(path)).body.map((one: Bookmark) => one.display_name)

async function upload(channelId = channel.id, creatorid = 'bookmark'): Promise<string> {
  const id = newId()
  const now = Date.now()
  await server.app.db
    .insertInto('fileinfo')
    .values({
      id,
      creatorid,
      postid: '',
      channelid: channelId,
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

test('a link is added, changed, moved and deleted; the channel hears of it, the tab that did it does not', async () => {
  const [tab, other, stranger] = await Promise.all([server.socket(anna), server.socket(ben), server.socket(outsider)])
  const connection = { 'Connection-Id': (await tab.heard('hello')).data.connection_id }
  const { status, body } = await server.as(anna).post(path, link({ emoji: ':book:' }), connection)
  expect(status).toBe(201)
  expect(body).toMatchObject({ owner_id: anna.id, type: 'link', sort_order: 0, emoji: 'book', file_id: '' })
  expect(JSON.parse((await other.heard('channel_bookmark_created')).data.bookmark)).toEqual(body)
  const second = (await add({ display_name: 'second' }, ben)).body
  expect(second.sort_order).toBe(1)

  const patch = { display_name: '새 이름', emoji: '' }
  const changed = await server.as(anna).call('PATCH', `${path}/${body.id}`, patch, connection)
  expect(changed.body.updated).toMatchObject({ id: body.id, display_name: '새 이름', link_url: body.link_url })
  expect(changed.body.updated.emoji).toBeUndefined()
  expect(JSON.parse((await other.heard('channel_bookmark_updated')).data.bookmarks)).toEqual(changed.body)

  const moved = await server.as(anna).post(`${path}/${second.id}/sort_order`, '0', connection)
  expect(moved.body.map((one: Bookmark) => [one.id, one.sort_order])).toEqual([
    [second.id, 0],
    [body.id, 1],
  ])
  expect(JSON.parse((await other.heard('channel_bookmark_sorted')).data.bookmarks)).toEqual(moved.body)

  const gone = await server.as(anna).delete(`${path}/${second.id}`, undefined, connection)
  expect(gone.body.delete_at).toBeGreaterThan(0)
  expect(JSON.parse((await other.heard('channel_bookmark_deleted')).data.bookmark)).toEqual(gone.body)
  expect(await names()).toEqual(['새 이름'])
  const since = await server.as(ben).get(`${path}?bookmarks_since=${body.create_at}`)
  expect(new Set(since.body.map((one: Bookmark) => one.id))).toEqual(new Set([body.id, second.id]))
  await Promise.all([tab, other, stranger].map((socket) => socket.settle()))
  expect(tab.named('channel_bookmark_updated')).toEqual([])
  expect(stranger.events.filter((one) => one.event.startsWith('channel_bookmark'))).toEqual([])
  for (const socket of [tab, other, stranger]) socket.close()
})

test('changing the bookmark of somebody else replaces it by an own one', async () => {
  const { body } = await add()
  const { body: update } = await server.as(ben).call('PATCH', `${path}/${body.id}`, { display_name: 'bens' })
  expect(update.updated).toMatchObject({ owner_id: ben.id, original_id: body.id, display_name: 'bens', sort_order: 0 })
  expect(update.deleted).toMatchObject({ id: body.id, display_name: '위키' })
  expect(update.deleted.delete_at).toBeGreaterThan(0)
  expect(await names()).toEqual(['bens'])
})

test('a file that was uploaded for a bookmark of this channel, once', async () => {
  const fileId = await upload()
  const file = { type: 'file', display_name: 'file', link_url: '', file_id: fileId }
  const { status, body } = await add(file)
  expect(status).toBe(201)
  expect(body.file).toMatchObject({ id: fileId, name: 'a.txt' })
  expect((await server.as(ben).get(path)).body).toEqual([body])
  const elsewhere = await server.make.channel(team.id, [anna])
  const foreign = [fileId, await upload(elsewhere.id), await upload(channel.id, anna.id), newId(), 'x']
  for (const file_id of foreign) {
    const answer = await add({ ...file, file_id })
    expect([answer.status, answer.body.id]).toEqual([
      400,
      'model.channel_bookmark.is_valid.file_id.missing_or_invalid.app_error',
    ])
  }
  await server.as(anna).delete(`${path}/${body.id}`)
  const row = await server.app.db.selectFrom('fileinfo').select('deleteat').where('id', '=', fileId).executeTakeFirst()
  expect(row?.deleteat).toBeGreaterThan(0)
})

test('50 in a channel, also when many are added at once', async () => {
  const row = (await add()).body
  await server.app.db
    .insertInto('channelbookmarks')
    .values(
      Array.from({ length: 48 }, (_, i) => ({
        id: newId(),
        ownerid: anna.id,
        channelid: channel.id,
        createat: 1,
        updateat: 1,
        deleteat: 0,
        displayname: `b${i}`,
        sortorder: i + 1,
        linkurl: row.link_url,
        imageurl: '',
        type: 'link' as const,
      })),
    )
    .execute()
  const answers = await Promise.all([add(), add(), add()])
  expect(answers.map((one) => one.status).toSorted((a, b) => a - b)).toEqual([201, 400, 400])
  expect(await names()).toHaveLength(50)
  const replaced = await server.as(ben).call('PATCH', `${path}/${row.id}`, { display_name: 'still possible' })
  expect(replaced.status).toBe(200)
})

test('guests and strangers may not change bookmarks; members and readers see them', async () => {
  const { body } = await add()
  const id = body.id
  for (const person of [guest, outsider]) {
    const as = server.as(person)
    const answers = await Promise.all([
      as.post(path, link()),
      as.call('PATCH', `${path}/${id}`, { display_name: 'x' }),
      as.delete(`${path}/${id}`),
      as.post(`${path}/${id}/sort_order`, '0'),
    ])
    expect(answers.map((one) => [one.status, one.body.id])).toEqual(
      answers.map(() => [403, 'api.context.permissions.app_error']),
    )
  }
  expect((await server.as(guest).get(path)).body).toHaveLength(1)
  expect((await server.as(outsider).get(path)).status).toBe(403)
  expect((await server.as(anna).post(`/channels/${newId()}/bookmarks`, link())).status).toBe(404)
})

test('private channels are for their members, direct ones for both but no guest', async () => {
  const closed = await server.make.channel(team.id, [anna], { type: 'P' })
  const direct = await server.make.direct(anna, guest)
  expect((await server.as(anna).post(`/channels/${closed.id}/bookmarks`, link())).status).toBe(201)
  expect((await server.as(ben).post(`/channels/${closed.id}/bookmarks`, link())).status).toBe(403)
  expect((await server.as(ben).get(`/channels/${closed.id}/bookmarks`)).status).toBe(403)
  expect((await server.as(anna).post(`/channels/${direct.id}/bookmarks`, link())).status).toBe(201)
  expect((await server.as(ben).post(`/channels/${direct.id}/bookmarks`, link())).status).toBe(403)
  const refused = await server.as(guest).post(`/channels/${direct.id}/bookmarks`, link())
  expect([refused.status, refused.body.id]).toEqual([
    403,
    'api.channel.bookmark.create_channel_bookmark.direct_or_group_channels_by_guests.forbidden.app_error',
  ])
})

test('a bookmark is reached only through its own channel', async () => {
  const { body } = await add()
  const other = `/channels/${team.townSquare}/bookmarks/${body.id}`
  const answers = await Promise.all([
    server.as(anna).call('PATCH', other, { display_name: 'x' }),
    server.as(anna).delete(other),
    server.as(anna).post(`${other}/sort_order`, '0'),
  ])
  expect(answers.map((one) => [one.status, one.body.id])).toEqual(
    answers.map(() => [404, 'app.channel.bookmark.get.app_error']),
  )
})

test('archived channels refuse', async () => {
  const { body } = await add()
  await server.app.db.updateTable('channels').set({ deleteat: 1 }).where('id', '=', channel.id).execute()
  await server.app.delivery.deliver([{ kind: 'channel', channelId: channel.id }], [])
  const answers = await Promise.all([
    add(),
    server.as(anna).call('PATCH', `${path}/${body.id}`, { display_name: 'x' }),
    server.as(anna).delete(`${path}/${body.id}`),
    server.as(anna).post(`${path}/${body.id}/sort_order`, '0'),
  ])
  for (const answer of answers) {
    expect(answer.status).toBe(403)
    expect(answer.body.id).toMatch(/deleted_channel\.forbidden/)
  }
})

test.each([
  [{ display_name: '' }, 'model.channel_bookmark.is_valid.display_name.app_error'],
  [{ display_name: '가'.repeat(65) }, 'model.channel_bookmark.is_valid.display_name.app_error'],
  [{ type: 'folder' }, 'model.channel_bookmark.is_valid.type.app_error'],
  [{ link_url: '' }, 'model.channel_bookmark.is_valid.link_url.missing_or_invalid.app_error'],
  [{ link_url: 'javascript:alert(1)' }, 'model.channel_bookmark.is_valid.link_url.missing_or_invalid.app_error'],
  [{ link_url: ' https://x' }, 'model.channel_bookmark.is_valid.link_url.missing_or_invalid.app_error'],
  [
    { link_url: `https://x/${'x'.repeat(1024)}` },
    'model.channel_bookmark.is_valid.link_url.missing_or_invalid.app_error',
  ],
  [{ image_url: 'data:image/png;base64,x' }, 'model.channel_bookmark.is_valid.image_url.app_error'],
  [{ emoji: '<script>' }, 'model.channel_bookmark.is_valid.emoji.app_error'],
  [{ file_id: 'x'.repeat(26) }, 'model.channel_bookmark.is_valid.link_file.app_error'],
  [{ type: 'file', link_url: '' }, 'model.channel_bookmark.is_valid.file_id.missing_or_invalid.app_error'],
  [{ display_name: {} }, 'api.context.invalid_body_param.app_error'],
  [{ link_url: ['https://x'] }, 'api.context.invalid_body_param.app_error'],
])('refuses %j', async (wrong, id) => {
  const created = await add(wrong)
  expect([created.status, created.body.id]).toEqual([400, id])
  if ('type' in wrong) return
  const { body } = await add()
  const patched = await server.as(anna).call('PATCH', `${path}/${body.id}`, wrong)
  expect([patched.status, patched.body.id]).toEqual([400, id])
})

test.each(['1', '-1', '1.5', '"0"', 'null', '{}', 'x', '1e300'])('there is no place %s', async (place) => {
  const { body } = await add()
  expect((await server.as(anna).post(`${path}/${body.id}/sort_order`, place)).status).toBe(400)
})
