import { request as httpRequest } from 'node:http'
import sharp from 'sharp'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Person } from '../../../testkit/builders.ts'
import { TestServer } from '../../../testkit/server.ts'
import { newId } from '../ids.ts'
import type { UploadSession } from './uploads.store.ts'

const MIB = 1024 * 1024

let server: TestServer
let anna: Person
let ben: Person
let admin: Person
let channel: string
let secret: string

beforeAll(async () => {
  server = await TestServer.start({ config: { FileSettings: { MaxFileSize: 20 * MIB } } })
  ;[anna, ben, admin] = await Promise.all([server.make.user(), server.make.user(), server.make.admin()])
  const team = await server.make.team([anna, ben])
  channel = team.townSquare
  secret = (await server.make.channel(team.id, [anna], { type: 'P' })).id
})
afterAll(() => server.stop())

async function begun(size: number, filename = 'big.bin', person = anna): Promise<UploadSession> {
  const { status, body } = await server.as(person).post('/uploads', { channel_id: channel, filename, file_size: size })
  expect(status).toBe(201)
  return body
}

const send = (id: string, bytes: Buffer, person = anna) => server.as(person).post(`/uploads/${id}`, bytes)

/** Begins to send a part; `end` completes it, `abort` breaks it off. */
function slowPart(id: string, bytes: Buffer) {
  const headers = { Authorization: `Bearer ${anna.token}`, 'Content-Length': bytes.length + 1 }
  const request = httpRequest(`${server.url}/api/v4/uploads/${id}`, { method: 'POST', headers })
  const status = new Promise<number>((resolve) => {
    request.on('response', (response) => resolve(response.resume().statusCode!))
    request.on('error', () => resolve(0))
  })
  const sent = new Promise<void>((resolve) => request.write(bytes, () => resolve()))
  return { sent, status, end: () => request.end('x'), abort: () => request.destroy() }
}

test('a file in two parts', async () => {
  const first = Buffer.alloc(5 * MIB, 'a')
  const upload = await begun(first.length + 3, '../긴 이름.txt')
  expect(upload).toMatchObject({ type: 'attachment', user_id: anna.id, filename: '긴 이름.txt', file_offset: 0 })
  const part = await send(upload.id, first)
  expect([part.status, part.body]).toEqual([204, ''])
  expect((await server.as(anna).get(`/uploads/${upload.id}`)).body.file_offset).toBe(first.length)
  expect((await server.as(anna).get('/users/me/uploads')).body.map((one: UploadSession) => one.id)).toContain(upload.id)
  const { status, body } = await send(upload.id, Buffer.from('end'))
  expect(status).toBe(200)
  expect(body).toMatchObject({ user_id: anna.id, channel_id: channel, name: '긴 이름.txt', size: first.length + 3 })
  expect((await server.as(anna).get(`/files/${body.id}/info`)).body.id).toBe(body.id)
  expect((await server.as(anna).get(`/uploads/${upload.id}`)).status).toBe(404)
  expect((await send(upload.id, Buffer.from('more'))).status).toBe(404)
})

test('a form instead of a plain body; a picture gets its previews', async () => {
  const picture = await sharp({ create: { width: 40, height: 20, channels: 3, background: '#123456' } })
    .png()
    .toBuffer()
  const upload = await begun(picture.length, 'p.png')
  const form = new FormData()
  form.append('note', 'x')
  form.append('data', new File([new Uint8Array(picture)], 'other.png'))
  const { body } = await server.as(anna).post(`/uploads/${upload.id}`, form)
  expect(body).toMatchObject({ name: 'p.png', width: 40, height: 20, has_preview_image: true })
  const empty = new FormData()
  empty.append('note', 'x')
  const none = await server.as(anna).post(`/uploads/${(await begun(5)).id}`, empty)
  expect([none.status, none.body.id]).toEqual([400, 'api.upload.upload_data.multipart_error'])
})

test('parts that do not fit', async () => {
  const upload = await begun(6 * MIB)
  const small = await send(upload.id, Buffer.alloc(MIB))
  expect([small.status, small.body.id]).toEqual([400, 'app.upload.upload_data.first_part_too_small.app_error'])
  const large = await send(upload.id, Buffer.alloc(6 * MIB + 1))
  expect([large.status, large.body.id]).toEqual([400, 'api.upload.upload_data.invalid_content_length'])
  expect((await server.as(anna).get(`/uploads/${upload.id}`)).body.file_offset).toBe(0)
  expect((await send(upload.id, Buffer.alloc(6 * MIB))).status).toBe(200)
})

test('what cannot be begun', async () => {
  const good = { channel_id: channel, filename: 'a', file_size: 5 }
  const cases: [number, object][] = [
    [400, { ...good, channel_id: 'x' }],
    [400, { ...good, channel_id: undefined }],
    [400, { ...good, filename: '' }],
    [400, { ...good, filename: {} }],
    [400, { ...good, file_size: 0 }],
    [400, { ...good, file_size: -1 }],
    [400, { ...good, file_size: '5' }],
    [400, { ...good, type: 'other' }],
    [413, { ...good, file_size: 20 * MIB + 1 }],
    [403, { ...good, channel_id: newId() }],
    [403, { ...good, type: 'import' }],
  ]
  for (const [status, body] of cases) expect((await server.as(anna).post('/uploads', body)).status).toBe(status)
  expect((await server.as(ben).post('/uploads', { ...good, channel_id: secret })).status).toBe(403)
  await server.app.config.patch({ FileSettings: { EnableFileAttachments: false } })
  const off = await server.as(anna).post('/uploads', good)
  await server.app.config.patch({ FileSettings: { EnableFileAttachments: true } })
  expect([off.status, off.body.id]).toEqual([501, 'api.file.attachments.disabled.app_error'])
})

test('an upload is its owner’s', async () => {
  const upload = await begun(3)
  expect((await server.as(ben).get(`/uploads/${upload.id}`)).status).toBe(403)
  expect((await send(upload.id, Buffer.from('abc'), ben)).status).toBe(403)
  expect((await send(upload.id, Buffer.from('abc'), admin)).status).toBe(403)
  expect((await server.as(admin).get(`/uploads/${upload.id}`)).status).toBe(200)
  expect((await server.as(ben).get(`/users/${anna.id}/uploads`)).status).toBe(403)
  expect((await server.as(anna).get(`/uploads/${newId()}`)).status).toBe(404)
})

test('a broken-off part is kept, and the upload goes on at the offset that is asked for', async () => {
  const upload = await begun(6 * MIB)
  const part = slowPart(upload.id, Buffer.alloc(5.5 * MIB, 'a'))
  await part.sent
  part.abort()
  await part.status
  await expect
    .poll(async () => (await server.as(anna).get(`/uploads/${upload.id}`)).body.file_offset)
    .toBeGreaterThan(5 * MIB)
  await expect.poll(() => resume(upload.id)).toBe(200)
})

/** Asks where to go on and sends the rest, as a client does. */
async function resume(id: string): Promise<number> {
  const { file_size, file_offset } = (await server.as(anna).get(`/uploads/${id}`)).body
  return (await send(id, Buffer.alloc(file_size - file_offset, 'b'))).status
}

test('of two requests that write at once one is refused, and the file is whole', async () => {
  const bytes = Buffer.alloc(6 * MIB - 1, 'a')
  const upload = await begun(6 * MIB)
  const slow = slowPart(upload.id, bytes)
  await expect
    .poll(async () => (await server.as(anna).get(`/uploads/${upload.id}`)).body.file_offset)
    .toBeGreaterThan(0)
  const second = await send(upload.id, Buffer.alloc(6 * MIB, 'b'))
  expect([second.status, second.body.id]).toEqual([400, 'app.upload.upload_data.concurrent.app_error'])
  slow.end()
  expect(await slow.status).toBe(200)
  const rows = await server.app.db
    .selectFrom('fileinfo')
    .select(['id', 'size', 'path'])
    .where('path', 'like', `%${upload.id}%`)
    .execute()
  expect(rows).toHaveLength(1)
  const stored = await server.app.files.readBuffer(rows[0]!.path!)
  expect([stored.length, stored.includes('b')]).toEqual([6 * MIB, false])
})
