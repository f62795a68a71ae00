import sharp from 'sharp'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Person } from '../../../testkit/builders.ts'
import { TestServer } from '../../../testkit/server.ts'
import { emojiPath } from '../files/paths.ts'
import { newId } from '../ids.ts'
import type { Emoji } from './emoji.store.ts'
import { emojisByNames, isKnownEmoji } from './known-emoji.ts'
import { isSystemEmoji } from './system-emoji.ts'

let server: TestServer
let anna: Person
let ben: Person
let guest: Person
let admin: Person
let team: { id: string; townSquare: string }
let picture: Buffer

beforeAll(async () => {
  server = await TestServer.start()
  ;[anna, ben, guest, admin] = await Promise.all([
    server.make.user(),
    server.make.user(),
    server.make.guest(),
    server.make.admin(),
  ])
  team = await server.make.team([anna, ben])
  picture = await sharp({ create: { width: 200, height: 100, channels: 4, background: '#ff0000' } })
    .png()
    .toBuffer()
})
afterAll(() => server.stop())

function emojiForm(emoji: unknown, image?: Buffer): FormData {
  const form = new FormData()
  if (image) form.append('image', new File([new Uint8Array(image)], 'image.png'))
  if (emoji !== undefined) form.append('emoji', typeof emoji === 'string' ? emoji : JSON.stringify(emoji))
  return form
}

const create = (person: Person, name: string, image = picture) =>
  server.as(person).post('/emoji', emojiForm({ name, creator_id: person.id }, image))

async function made(person: Person, name: string): Promise<Emoji> {
  const { status, body } = await create(person, name)
  expect(status).toBe(200)
  return body
}

async function image(id: string): Promise<Response> {
  return fetch(`${server.url}/api/v4/emoji/${id}/image`, { headers: { Authorization: `Bearer ${anna.token}` } })
}

test('an emoji is made, heard by everyone, and its image is scaled', async () => {
  const socket = await server.socket(guest)
  const emoji = await made(anna, 'party_owl')
  expect(emoji).toMatchObject({ name: 'party_owl', creator_id: anna.id, delete_at: 0 })
  expect(JSON.parse((await socket.heard('emoji_added')).data.emoji)).toEqual(emoji)
  await socket.settle()
  const response = await image(emoji.id)
  expect(response.headers.get('content-type')).toBe('image/png')
  expect(response.headers.get('cache-control')).toBe('max-age=2592000, private')
  const { width, height } = await sharp(Buffer.from(await response.arrayBuffer())).metadata()
  expect([width, height]).toEqual([128, 64])
})

test('names: form, standard emoji, taken ones, other people', async () => {
  await made(anna, 'taken')
  const cases: [string, unknown][] = [
    ['model.emoji.name.app_error', { name: 'a b', creator_id: anna.id }],
    ['model.emoji.name.app_error', { name: '한글', creator_id: anna.id }],
    ['model.emoji.name.app_error', { name: '', creator_id: anna.id }],
    ['model.emoji.name.app_error', { name: 'x'.repeat(65), creator_id: anna.id }],
    ['model.emoji.system_emoji_name.app_error', { name: 'smile', creator_id: anna.id }],
    ['model.emoji.system_emoji_name.app_error', { name: 'thumbsup_dark_skin_tone', creator_id: anna.id }],
    ['api.emoji.create.duplicate.app_error', { name: 'taken', creator_id: anna.id }],
    ['api.emoji.create.other_user.app_error', { name: 'mine', creator_id: ben.id }],
    ['api.emoji.create.other_user.app_error', { name: 'mine' }],
    ['api.emoji.create.parse.app_error', { name: {}, creator_id: anna.id }],
    ['api.emoji.create.parse.app_error', '[]'],
    ['api.emoji.create.parse.app_error', '{'],
    ['api.emoji.create.parse.app_error', undefined],
  ]
  for (const [id, emoji] of cases) {
    const { status, body } = await server.as(anna).post('/emoji', emojiForm(emoji, picture))
    expect([body.id, status]).toEqual([id, id.includes('other_user') ? 403 : 400])
  }
  const both = await Promise.all([create(anna, 'race'), create(ben, 'race')])
  expect(both.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 400])
})

test('images: none, none at all, too many bytes, too many pixels, a bomb', async () => {
  const noise = async (width: number, height: number) =>
    sharp({ create: { width, height, channels: 3, background: '#fff' } })
      .png()
      .toBuffer()
  const bomb = Buffer.from(picture)
  bomb.writeUInt32BE(60_000, 16)
  const cases: [number, string, Buffer | undefined][] = [
    [400, 'api.context.invalid_body_param.app_error', undefined],
    [400, 'api.emoji.upload.image.app_error', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>')],
    [413, 'api.emoji.create.too_large.app_error', Buffer.alloc(512 * 1024 + 1)],
    [413, 'api.context.request_body_too_large.app_error', Buffer.alloc(3_000_000)],
    [400, 'api.emoji.upload.large_image.too_large.app_error', await noise(1029, 10)],
    [400, 'api.emoji.upload.large_image.too_large.app_error', bomb],
  ]
  for (const [status, id, file] of cases) {
    const answer = await server.as(anna).post('/emoji', emojiForm({ name: 'bad', creator_id: anna.id }, file))
    expect([answer.status, answer.body.id]).toEqual([status, id])
  }
  const json = await server.as(anna).post('/emoji', { name: 'bad', creator_id: anna.id })
  expect(json.status).toBe(400)
  expect((await server.as(anna).get('/emoji/name/bad')).status).toBe(404)
})

test('guests may not create; nobody may without a session', async () => {
  expect((await create(guest, 'guests')).status).toBe(403)
  expect((await server.as().post('/emoji', emojiForm({ name: 'x' }, picture))).status).toBe(401)
})

test('found by id, name, names, search, prefix; listed by time or name', async () => {
  const zebra = await made(anna, 'zz_zebra')
  const apple = await made(anna, 'zz_apple')
  expect((await server.as(ben).get(`/emoji/${zebra.id}`)).body).toEqual(zebra)
  expect((await server.as(ben).get('/emoji/name/zz_apple')).body).toEqual(apple)
  const names = await server.as(ben).post('/emoji/names', ['zz_zebra', 'zz_apple', 'zz_apple', 'smile', 'nope', 'a b'])
  expect(names.body).toEqual([apple, zebra])
  expect((await server.as(ben).post('/emoji/search', { term: 'Z_A' })).body).toEqual([apple])
  expect((await server.as(ben).post('/emoji/search', { term: 'z_a', prefix_only: true })).body).toEqual([])
  expect((await server.as(ben).post('/emoji/search', { term: '%' })).body).toEqual([])
  expect((await server.as(ben).get('/emoji/autocomplete?name=zz_')).body).toEqual([apple, zebra])
  const byName = (await server.as(ben).get('/emoji?sort=name&per_page=200')).body.map((one: Emoji) => one.name)
  expect(byName).toEqual(byName.toSorted())
  const byTime = (await server.as(ben).get('/emoji?per_page=200')).body.map((one: Emoji) => one.name)
  expect(byTime.indexOf('zz_zebra')).toBeLessThan(byTime.indexOf('zz_apple'))
  expect((await server.as(ben).get('/emoji?page=1&per_page=1')).body).toHaveLength(1)
})

test('what cannot be asked', async () => {
  const ask = server.as(ben)
  const answers = await Promise.all([
    ask.get('/emoji?sort=time'),
    ask.get('/emoji/name/a%20b'),
    ask.get('/emoji/autocomplete'),
    ask.post('/emoji/search', { term: '' }),
    ask.post('/emoji/search', { term: {} }),
    ask.post('/emoji/names', {}),
    ask.post('/emoji/names', [1]),
    ask.post(
      '/emoji/names',
      Array.from({ length: 201 }, (_, i) => `n${i}`),
    ),
  ])
  expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 400))
  const missing = [ask.get(`/emoji/${newId()}`), ask.get(`/emoji/${newId()}/image`), ask.delete(`/emoji/${newId()}`)]
  expect((await Promise.all(missing)).map(({ status }) => status)).toEqual([404, 404, 404])
})

test('deleting: own ones, or with a right of its own; reactions go, the name is free, the image is kept', async () => {
  const emoji = await made(anna, 'gone')
  const { body: post } = await server.as(anna).post('/posts', { channel_id: team.townSquare, message: 'hi' })
  const reaction = { userid: anna.id, postid: post.id, emojiname: 'gone', createat: 1, updateat: 1, deleteat: 0 }
  const { db } = server.app
  await db
    .insertInto('reactions')
    .values({ ...reaction, channelid: team.townSquare })
    .execute()
  await db.updateTable('posts').set({ hasreactions: true }).where('id', '=', post.id).execute()
  expect((await server.as(ben).delete(`/emoji/${emoji.id}`)).status).toBe(403)
  expect((await server.as(guest).delete(`/emoji/${emoji.id}`)).status).toBe(403)
  expect((await server.as(anna).delete(`/emoji/${emoji.id}`)).body).toEqual({ status: 'OK' })
  const row = await db.selectFrom('reactions').select('deleteat').where('emojiname', '=', 'gone').executeTakeFirst()
  expect(row!.deleteat).toBeGreaterThan(0)
  const left = await db.selectFrom('posts').select('hasreactions').where('id', '=', post.id).executeTakeFirst()
  expect(left!.hasreactions).toBe(false)
  expect((await image(emoji.id)).status).toBe(404)
  expect(await server.app.files.exists(`${emojiPath(emoji.id)}_deleted`)).toBe(true)
  const again = await made(ben, 'gone')
  expect((await server.as(admin).delete(`/emoji/${again.id}`)).status).toBe(200)
  expect((await server.as(admin).delete(`/emoji/${again.id}`)).status).toBe(404)
})

test('switched off', async () => {
  await server.app.config.patch({ ServiceSettings: { EnableCustomEmoji: false } })
  const answers = await Promise.all([
    create(anna, 'off'),
    server.as(anna).get('/emoji'),
    server.as(anna).get(`/emoji/${newId()}`),
    server.as(anna).get('/emoji/name/off'),
    server.as(anna).post('/emoji/names', ['off']),
  ])
  await server.app.config.patch({ ServiceSettings: { EnableCustomEmoji: true } })
  expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 501))
})

test('which emoji exist', async () => {
  await made(anna, 'known_one')
  const known = ['+1', 'thumbsup', 'kr', 'wave_medium_light_skin_tone', 'mattermost', 'known_one']
  for (const name of known) expect([name, await isKnownEmoji(server.app, name)]).toEqual([name, true])
  const unknown = ['', 'known', 'smile_dark_skin_tone', '__proto__', 'x'.repeat(65), '한글', 'a b']
  for (const name of unknown) expect([name, await isKnownEmoji(server.app, name)]).toEqual([name, false])
  expect(isSystemEmoji('handshake_dark_skin_tone_light_skin_tone')).toBe(true)
  expect(isSystemEmoji('wave_dark_skin_tone_light_skin_tone')).toBe(false)
  const found = await emojisByNames(server.app.db, ['known_one', 'smile', 'nope'])
  expect(found.map((one) => one.name)).toEqual(['known_one'])
})
