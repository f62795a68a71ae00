import sharp from 'sharp'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Person } from '../../../testkit/builders.ts'
import { TestServer } from '../../../testkit/server.ts'

let server: TestServer
let anna: Person
let ben: Person

const PATH = '/users/me/image'
const refusal = (answer: { status: number; body: { id: string } }) => [answer.status, answer.body.id]
const form = (bytes: Uint8Array, field = 'image'): FormData => {
  const data = new FormData()
  data.append(field, new Blob([bytes as Uint8Array<ArrayBuffer>], { type: 'image/png' }), 'me.png')
  return data
}
const send = (data: unknown, by = anna, who = 'me') => server.as(by).call('POST', `/users/${who}/image`, data)
const image = async (who: Person, path = 'image'): Promise<Uint8Array> => {
  const headers = { Authorization: `Bearer ${ben.token}` }
  const answer = await fetch(`${server.url}/api/v4/users/${who.id}/${path}`, { headers })
  expect(answer.headers.get('content-type')).toBe('image/png')
  return new Uint8Array(await answer.arrayBuffer())
}
const red = () =>
  sharp({ create: { width: 300, height: 200, channels: 3, background: '#ff0000' } })
    .png()
    .toBuffer()

beforeAll(async () => {
  server = await TestServer.start()
  ;[anna, ben] = [await server.make.user({ username: 'anna' }), await server.make.user()]
})
afterAll(() => server.stop())

test('without a picture of one’s own there is a generated one', async () => {
  expect(await image(anna)).toEqual(await image(anna, 'image/default'))
  const { headers } = await server.as(ben).get(`/users/${anna.id}/image`)
  expect(headers.get('etag')).toBe('0')
  expect(headers.get('cache-control')).toBe('max-age=86400, private')
  expect((await server.as(ben).get(`/users/${anna.id}/image`, { 'If-None-Match': '0' })).status).toBe(304)
})

test('a picture is cut to a square, told, and can be taken back', async () => {
  const socket = await server.socket(ben)
  expect((await send(form(await red()))).status).toBe(200)
  const { data } = await socket.heard('user_updated')
  expect(data.user.last_picture_update).toBeGreaterThan(0)
  const stored = await sharp(await image(anna))
    .raw()
    .toBuffer({ resolveWithObject: true })
  expect(stored.info).toMatchObject({ width: 128, height: 128 })
  expect([...stored.data.subarray(0, 3)]).toEqual([255, 0, 0])
  const again = await server.as(ben).get(`/users/${anna.id}/image`, { 'If-None-Match': '0' })
  expect([again.status, again.headers.get('etag')]).toEqual([200, String(data.user.last_picture_update)])
  expect((await server.as(anna).delete(PATH)).status).toBe(200)
  expect(await image(anna)).toEqual(await image(anna, 'image/default'))
  const reset = (await server.as(ben).get(`/users/${anna.id}`)).body.last_picture_update
  expect(reset).toBeLessThan(0)
  await socket.settle()
})

test('a lost file shows the generated picture for a while', async () => {
  await send(form(await red()))
  await server.app.files.remove(`users/${anna.id}/profile.png`)
  const level = server.app.log.level
  server.app.log.level = 'silent'
  const { headers } = await server.as(ben).get(`/users/${anna.id}/image`)
  server.app.log.level = level
  expect(headers.get('cache-control')).toBe('max-age=300, private')
})

test('what is no picture is refused', async () => {
  const id = (name: string) => `api.user.upload_profile_user.${name}.app_error`
  expect(refusal(await send(form(Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'))))).toEqual([
    400,
    id('decode'),
  ])
  expect(refusal(await send(form(await red(), 'picture')))).toEqual([400, id('no_file')])
  expect(refusal(await send('{}'))).toEqual([400, id('parse')])
  const fields = new FormData()
  fields.append('image', 'text')
  expect(refusal(await send(fields))).toEqual([400, id('no_file')])
  const max = server.app.config.get().FileSettings
  await server.app.config.patch({ FileSettings: { MaxImageResolution: 1000, MaxFileSize: 100_000 } })
  expect(refusal(await send(form(await red())))).toEqual([400, id('check_image_limits')])
  expect(refusal(await send(form(Buffer.alloc(150_000))))).toEqual([413, id('too_large')])
  const { MaxImageResolution, MaxFileSize } = max
  await server.app.config.patch({ FileSettings: { MaxImageResolution, MaxFileSize } })
})

test('nobody changes or sees pictures that are none of his business', async () => {
  const guest = await server.make.guest()
  const [red1, forbidden] = [await red(), [403, 'api.context.permissions.app_error']]
  expect(refusal(await send(form(red1), ben, anna.id))).toEqual(forbidden)
  expect(refusal(await server.as(ben).delete(`/users/${anna.id}/image`))).toEqual(forbidden)
  expect(refusal(await server.as(guest).get(`/users/${anna.id}/image`))).toEqual(forbidden)
  expect(refusal(await server.as(guest).get(`/users/${anna.id}/image/default`))).toEqual(forbidden)
})

test('a bot’s owner sets its picture, if he may manage bots', async () => {
  const bot = await server.make.user({ bot: true })
  await server.app.db.updateTable('bots').set({ ownerid: ben.id }).where('bots.userid', '=', bot.id).execute()
  expect((await send(form(await red()), ben, bot.id)).status).toBe(403)
  const role = server.app.db.updateTable('roles').where('roles.name', '=', 'system_user')
  await role.set({ permissions: 'view_members manage_bots' }).execute()
  await server.app.delivery.deliver([{ kind: 'roles' }], [])
  expect((await send(form(await red()), ben, bot.id)).status).toBe(200)
  expect((await send(form(await red()), anna, bot.id)).status).toBe(403)
})
