import { request as httpRequest } from 'node:http'
import { dirname } from 'node:path'
import sharp from 'sharp'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Person } from '../../../testkit/builders.ts'
import { TestServer } from '../../../testkit/server.ts'
import { newId } from '../ids.ts'
import { attachFiles, attachableFiles } from './attach-files.ts'
import type { FileInfo } from './file-info-view.ts'
import { fileInfosOfPosts } from './file-infos.ts'

const MAX = 300_000

let server: TestServer
let anna: Person
let ben: Person
let outsider: Person
let team: { id: string; townSquare: string }
let secret: { id: string }

beforeAll(async () => {
  server = await TestServer.start({ config: { FileSettings: { MaxFileSize: MAX, MaxImageResolution: 1_000_000 } } })
  ;[anna, ben, outsider] = await Promise.all([server.make.user(), server.make.user(), server.make.user()])
  team = await server.make.team([anna, ben])
  secret = await server.make.channel(team.id, [anna], { type: 'P' })
})
afterAll(() => server.stop())

const png = (width = 300, height = 200) =>
  sharp({ create: { width, height, channels: 3, background: '#336699' } })
    .png()
    .toBuffer()

type FormEntry = [name: string, value: string] | [name: string, value: Buffer | string, filename: string]

function form(...entries: FormEntry[]): FormData {
  const data = new FormData()
  for (const [name, value, filename] of entries) {
    if (filename === undefined) data.append(name, value as string)
    else data.append(name, new File([typeof value === 'string' ? value : new Uint8Array(value)], filename))
  }
  return data
}

const upload = (person: Person, ...entries: FormEntry[]) => server.as(person).post('/files', form(...entries))

async function uploaded(person: Person, channelId: string, name: string, content: Buffer | string): Promise<FileInfo> {
  const { status, body } = await upload(person, ['channel_id', channelId], ['files', content, name])
  expect(status).toBe(201)
  return body.file_infos[0]
}

async function attached(person: Person, channelId: string, fileIds: string[]): Promise<string> {
  const { body } = await server.as(person).post('/posts', { channel_id: channelId, message: 'with files' })
  await attachFiles(server.app.db, body.id, channelId, person.id, fileIds)
  return body.id
}

async function raw(path: string, person?: Person, headers: Record<string, string> = {}, method = 'GET') {
  const response = await fetch(`${server.url}${path}`, {
    method,
    headers: { ...(person && { Authorization: `Bearer ${person.token}` }), ...headers },
  })
  return { status: response.status, headers: response.headers, bytes: Buffer.from(await response.arrayBuffer()) }
}

/** Sends `chunks` without an announced length and then waits, ends or breaks off. */
function stream(path: string, person: Person, type: string, chunks: Buffer[], end: 'end' | 'wait' | 'abort') {
  return new Promise<{ status: number; body: string }>((resolve) => {
    const headers = { Authorization: `Bearer ${person.token}`, 'Content-Type': type }
    const request = httpRequest(`${server.url}/api/v4${path}`, { method: 'POST', headers }, (response) => {
      let body = ''
      response.on('data', (chunk: Buffer) => (body += chunk.toString()))
      response.on('end', () => {
        request.destroy()
        resolve({ status: response.statusCode!, body })
      })
    })
    request.on('error', () => resolve({ status: 0, body: '' }))
    for (const chunk of chunks) request.write(chunk)
    if (end === 'end') request.end()
    if (end === 'abort') request.flushHeaders()
    if (end === 'abort') setTimeout(() => request.destroy(), 50)
  })
}

const countRows = async () =>
  Number(
    (
      await server.app.db
        .selectFrom('fileinfo')
        .select(({ fn }) => fn.countAll().as('n'))
        .execute()
    )[0]!.n,
  )

test('a form in the web client’s order: files, previews, client ids', async () => {
  const { status, body } = await upload(
    anna,
    ['channel_id', team.townSquare],
    ['client_ids', 'c1'],
    ['files', await png(), '사진 (1).PNG'],
  )
  expect(status).toBe(201)
  expect(body.client_ids).toEqual(['c1'])
  const [info] = body.file_infos
  expect(info).toMatchObject({
    user_id: anna.id,
    channel_id: team.townSquare,
    name: '사진 (1).PNG',
    extension: 'png',
    mime_type: 'image/png',
    width: 300,
    height: 200,
    has_preview_image: true,
  })
  expect(Buffer.from(info.mini_preview, 'base64').subarray(0, 2).toString('hex')).toBe('ffd8')
  for (const kind of ['preview', 'thumbnail']) {
    const { status: found, headers, bytes } = await raw(`/api/v4/files/${info.id}/${kind}`, anna)
    expect([found, headers.get('content-type')]).toEqual([200, 'image/png'])
    expect((await sharp(bytes).metadata()).width).toBe(kind === 'preview' ? 300 : 120)
  }
})

test('fields may stand behind the files, and a form may hold several', async () => {
  const { status, body } = await upload(
    anna,
    ['files', 'one', 'a.txt'],
    ['files', 'three', 'b.txt'],
    ['client_ids', '1'],
    ['client_ids', '2'],
    ['channel_id', team.townSquare],
  )
  expect(status).toBe(201)
  expect(body.file_infos.map((info: FileInfo) => [info.name, info.size])).toEqual([
    ['a.txt', 3],
    ['b.txt', 5],
  ])
  expect((await raw(`/api/v4/files/${body.file_infos[1].id}`, anna)).bytes.toString()).toBe('three')
  expect(await server.app.files.list('incoming')).toEqual([])
})

test('a plain body with its name in the query', async () => {
  const query = `/files?channel_id=${team.townSquare}&filename=${encodeURIComponent('보고서.pdf')}&client_id=x`
  const { status, body } = await server.as(anna).post(query, Buffer.from('%PDF'), { 'Content-Type': 'application/pdf' })
  expect(status).toBe(201)
  expect(body).toMatchObject({ client_ids: ['x'], file_infos: [{ name: '보고서.pdf', size: 4 }] })
  const nameless = await server.as(anna).post(`/files?channel_id=${team.townSquare}`, Buffer.from('x'))
  expect(nameless.status).toBe(400)
})

test('bad forms are refused and leave nothing', async () => {
  const before = await countRows()
  const file: FormEntry = ['files', 'x', 'x.txt']
  const cases: [number, FormEntry[]][] = [
    [400, [['channel_id', team.townSquare]]],
    [400, [file]],
    [400, [['channel_id', 'nonsense'], file]],
    [403, [['channel_id', newId()], file]],
    [403, [file, ['channel_id', newId()]]],
    [400, [['channel_id', team.townSquare], ['client_ids', '1'], ['client_ids', '2'], file]],
    [400, [['channel_id', team.townSquare], file, ['channel_id', secret.id]]],
  ]
  for (const [status, entries] of cases) expect((await upload(anna, ...entries)).status).toBe(status)
  for (const person of [outsider, ben]) {
    expect((await upload(person, ['channel_id', secret.id], file)).status).toBe(403)
  }
  for (const type of ['multipart/form-data', 'multipart/form-data; boundary=']) {
    expect((await server.as(anna).post('/files', Buffer.from('junk'), { 'Content-Type': type })).status).toBe(400)
  }
  const cut = Buffer.from(`--b\r\nContent-Disposition: form-data; name="files"; filename="a"\r\n\r\nhalf`)
  const query = `/files?channel_id=${team.townSquare}`
  const answer = await server.as(anna).post(query, cut, { 'Content-Type': 'multipart/form-data; boundary=b' })
  expect([answer.status, answer.body.id]).toEqual([400, 'api.file.upload_file.read_request.app_error'])
  expect(await countRows()).toBe(before)
  expect(await server.app.files.list('incoming')).toEqual([])
})

test('names are tamed: no path, no direction tricks', async () => {
  for (const [given, name] of [
    ['../../../etc/passwd', 'passwd'],
    ['..\\..\\boot.ini', 'boot.ini'],
    ['..', 'file'],
    ['a\u202Egpj.exe', 'agpj.exe'],
  ]) {
    const query = `/files?channel_id=${team.townSquare}&filename=${encodeURIComponent(given!)}`
    const { body } = await server.as(anna).post(query, Buffer.from('x'))
    expect(body.file_infos[0].name).toBe(name)
  }
})

test('too large: one file, several together, an endless form, an endless body', async () => {
  const before = await countRows()
  const channel: FormEntry = ['channel_id', team.townSquare]
  const big = Buffer.alloc(MAX + 1)
  const one = await upload(anna, channel, ['files', big, 'big.bin'])
  expect([one.status, one.body.id]).toEqual([413, 'api.file.upload_file.too_large_detailed.app_error'])
  const half = Buffer.alloc(MAX * 0.6)
  expect((await upload(anna, channel, ['files', half, 'a'], ['files', half, 'b'])).status).toBe(413)
  const type = 'multipart/form-data; boundary=b'
  const chunk = Buffer.alloc(100_000, 'x')
  const head = Buffer.from(`--b\r\nContent-Disposition: form-data; name="files"; filename="a"\r\n\r\n`)
  const query = `/files?channel_id=${team.townSquare}`
  for (const chunks of [[head, ...Array(6).fill(chunk)], Array(6).fill(chunk)]) {
    expect((await stream(query, anna, type, chunks, 'wait')).status).toBe(413)
  }
  const plain = await stream(`${query}&filename=a`, anna, 'text/plain', Array(6).fill(chunk), 'wait')
  expect(plain.status).toBe(413)
  expect(await countRows()).toBe(before)
})

test('a broken-off upload leaves nothing', async () => {
  const before = await countRows()
  const head = Buffer.from(`--b\r\nContent-Disposition: form-data; name="files"; filename="a"\r\n\r\nhalf`)
  const query = `/files?channel_id=${team.townSquare}&filename=a`
  await stream(query, anna, 'multipart/form-data; boundary=b', [head], 'abort')
  await stream(query, anna, 'text/plain', [Buffer.from('half')], 'abort')
  // The next upload of the same server is answered after the broken ones were cleaned up.
  const info = await uploaded(anna, team.townSquare, 'c.txt', 'c')
  expect(await countRows()).toBe(before + 1)
  const row = await server.app.db
    .selectFrom('fileinfo')
    .select('path')
    .where('id', '=', info.id)
    .executeTakeFirstOrThrow()
  expect(await server.app.files.list(dirname(row.path!))).toEqual([row.path])
})

test('an image bomb is refused, a false image is just a file', async () => {
  const bomb = Buffer.from(await png(8, 8))
  bomb.writeUInt32BE(60_000, 16)
  bomb.writeUInt32BE(60_000, 20)
  const { status, body } = await upload(anna, ['channel_id', team.townSquare], ['files', bomb, 'bomb.png'])
  expect([status, body.id]).toEqual([400, 'api.file.upload_file.large_image_detailed.app_error'])
  const info = await uploaded(anna, team.townSquare, 'no.png', 'not an image')
  expect(info).toMatchObject({ has_preview_image: false, width: 0 })
  const none = await server.as(anna).get(`/files/${info.id}/preview`)
  expect([none.status, none.body.id]).toEqual([400, 'api.file.get_file_preview.no_preview.app_error'])
  const thumb = await server.as(anna).get(`/files/${info.id}/thumbnail`)
  expect([thumb.status, thumb.body.id]).toEqual([400, 'api.file.get_file_thumbnail.no_thumbnail.app_error'])
})

test('uploads can be switched off', async () => {
  await server.app.config.patch({ FileSettings: { EnableFileAttachments: false } })
  const { status, body } = await upload(anna, ['channel_id', team.townSquare], ['files', 'x', 'x.txt'])
  await server.app.config.patch({ FileSettings: { EnableFileAttachments: true } })
  expect([status, body.id]).toEqual([403, 'api.file.attachments.disabled.app_error'])
})

test('headers of a download; what could run is sent as text', async () => {
  const page = await uploaded(anna, team.townSquare, '위험.html', '<script>alert(1)</script>')
  const { headers } = await raw(`/api/v4/files/${page.id}`, anna)
  expect(headers.get('content-type')).toBe('text/plain')
  expect(headers.get('x-content-type-options')).toBe('nosniff')
  expect(headers.get('content-disposition')).toMatch(/^attachment; filename="%EC/)
  expect(headers.get('x-frame-options')).toBe('DENY')
  expect(headers.get('cache-control')).toBe('private, max-age=86400')
  const picture = await uploaded(anna, team.townSquare, 'p.png', await png())
  expect((await raw(`/api/v4/files/${picture.id}`, anna)).headers.get('content-disposition')).toMatch(/^inline/)
  const saved = await raw(`/api/v4/files/${picture.id}?download=1`, anna)
  expect(saved.headers.get('content-disposition')).toMatch(/^attachment/)
})

test('ranges, HEAD and 304', async () => {
  const { id } = await uploaded(anna, team.townSquare, 'r.txt', '0123456789')
  const path = `/api/v4/files/${id}`
  const part = await raw(path, anna, { Range: 'bytes=2-4' })
  expect([part.status, part.bytes.toString(), part.headers.get('content-range')]).toEqual([206, '234', 'bytes 2-4/10'])
  const beyond = await raw(path, anna, { Range: 'bytes=20-' })
  expect([beyond.status, beyond.headers.get('content-range')]).toEqual([416, 'bytes */10'])
  const head = await raw(path, anna, {}, 'HEAD')
  expect([head.status, head.headers.get('content-length'), head.bytes.length]).toEqual([200, '10', 0])
  expect((await raw(path, anna, { 'If-None-Match': head.headers.get('etag')! })).status).toBe(304)
  expect((await raw(path, anna, { 'If-Modified-Since': head.headers.get('last-modified')! })).status).toBe(304)
  const empty = await uploaded(anna, team.townSquare, 'empty.txt', '')
  expect((await raw(`/api/v4/files/${empty.id}`, anna)).headers.get('content-length')).toBe('0')
})

test('a loose file is its creator’s; one on a post is for those who may read the channel', async () => {
  const { id } = await uploaded(anna, secret.id, 's.txt', 'secret')
  for (const suffix of ['', '/info', '/preview', '/thumbnail', '/link']) {
    for (const person of [ben, outsider]) {
      expect((await server.as(person).get(`/files/${id}${suffix}`)).status).toBe(403)
    }
    expect((await server.as().get(`/files/${id}${suffix}`)).status).toBe(401)
  }
  expect((await server.as(anna).get(`/files/${id}/info`)).body).toMatchObject({ id, post_id: '' })
  const postId = await attached(anna, secret.id, [id])
  expect((await server.as(ben).get(`/files/${id}/info`)).status).toBe(403)
  await server.make.joinChannel(secret.id, ben)
  expect((await server.as(ben).get(`/files/${id}/info`)).body).toMatchObject({ id, post_id: postId })
  await server.app.db.updateTable('posts').set({ deleteat: Date.now() }).where('id', '=', postId).execute()
  for (const person of [anna, ben]) expect((await server.as(person).get(`/files/${id}`)).status).toBe(404)
  expect((await server.as(anna).get(`/files/${newId()}/info`)).status).toBe(404)
})

test('a file of a bookmark is for those who may read its channel', async () => {
  const data = form(['channel_id', team.townSquare], ['files', 'x', 'x.txt'])
  const { body } = await server.as(anna).post('/files?bookmark=true', data)
  const [info] = body.file_infos
  expect(info.user_id).toBe('bookmark')
  expect((await server.as(ben).get(`/files/${info.id}/info`)).status).toBe(200)
  expect((await server.as(outsider).get(`/files/${info.id}/info`)).status).toBe(403)
})

test('only own free files can be attached, each to one post', async () => {
  const { db } = server.app
  const session = (await server.app.sessions.resolve(anna.token))!
  const mine = await uploaded(anna, team.townSquare, 'a.txt', 'a')
  const second = await uploaded(anna, team.townSquare, 'b.txt', 'b')
  const foreign = await uploaded(ben, team.townSquare, 'c.txt', 'c')
  const ids = [second.id, foreign.id, newId(), mine.id, mine.id]
  expect(await attachableFiles(server.app, session, team.townSquare, ids)).toEqual([second.id, mine.id])
  await expect(attachableFiles(server.app, session, newId(), ids)).rejects.toMatchObject({ status: 403 })
  const post = newId()
  const done = await attachFiles(db, post, secret.id, anna.id, ids)
  expect(done.map((info) => [info.id, info.post_id, info.channel_id])).toEqual([
    [second.id, post, secret.id],
    [mine.id, post, secret.id],
  ])
  expect(await attachFiles(db, newId(), secret.id, anna.id, ids)).toEqual([])
  const found = await fileInfosOfPosts(db, [post, newId()])
  expect([...found].map(([id, infos]) => [id, infos.map((info) => info.id)])).toEqual([[post, [mine.id, second.id]]])
})

test('public links: switched off by default, only with the right hash, gone with the post', async () => {
  const { id } = await uploaded(anna, team.townSquare, 'l.txt', 'linked')
  const off = await server.as(anna).get(`/files/${id}/link`)
  expect([off.status, off.body.id]).toEqual([403, 'api.file.get_public_link.disabled.app_error'])
  await server.app.config.patch({ FileSettings: { EnablePublicLink: true } })
  expect((await server.as(anna).get(`/files/${id}/link`)).status).toBe(400)
  const postId = await attached(anna, team.townSquare, [id])
  expect((await server.as(outsider).get(`/files/${id}/link`)).status).toBe(403)
  const { body } = await server.as(ben).get(`/files/${id}/link`)
  const path = body.link.slice(body.link.indexOf('/files/'))
  expect(body.link.startsWith(server.url)).toBe(true)
  const opened = await raw(path)
  expect([opened.status, opened.bytes.toString()]).toEqual([200, 'linked'])
  for (const wrong of [`${path}x`, `/files/${id}/public`, `/files/${newId()}/public?h=x`, `${path}&h=x&h=y`]) {
    const { status } = await raw(wrong)
    expect([wrong, status]).toEqual([wrong, wrong === `${path}&h=x&h=y` ? 200 : 400])
  }
  await server.app.db.updateTable('posts').set({ deleteat: 1 }).where('id', '=', postId).execute()
  expect((await raw(path)).status).toBe(404)
  await server.app.config.patch({ FileSettings: { EnablePublicLink: false } })
  expect((await raw(path)).status).toBe(403)
})
