import { S3mini } from 's3mini'
import sharp from 'sharp'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { Person } from '../../../testkit/builders.ts'
import { s3Patch } from '../../../testkit/file-storage.ts'
import { S3Server } from '../../../testkit/s3/server.ts'
import { TestServer } from '../../../testkit/server.ts'
import { MASK } from '../config/mask.ts'
import { newId } from '../ids.ts'
import { newFileInfo } from './file-info.ts'
import type { FileInfo } from './file-info-view.ts'
import { keepFileInfo } from './file-infos.ts'

const MiB = 1024 * 1024
const PREFIX = 'chat/files'

let s3: S3Server
let endpoint: string
let server: TestServer
let anna: Person
let ben: Person
let admin: Person
let channel: string

beforeAll(async () => {
  s3 = new S3Server('company')
  endpoint = await s3.listen()
  const FileSettings = { ...s3Patch(s3, endpoint, 'company'), AmazonS3PathPrefix: PREFIX }
  server = await TestServer.start({ config: { FileSettings, ServiceSettings: { EnableAPIPostDeletion: true } } })
  ;[anna, ben, admin] = await Promise.all([server.make.user(), server.make.user(), server.make.admin()])
  channel = (await server.make.team([anna, ben])).townSquare
})
afterAll(async () => {
  await server.stop()
  await s3.close()
})
beforeEach(() => {
  s3.trouble = () => undefined
})

const picture = () =>
  sharp({ create: { width: 300, height: 200, channels: 3, background: '#369' } })
    .png()
    .toBuffer()

async function upload(name: string, content: Buffer) {
  const form = new FormData()
  form.append('channel_id', channel)
  form.append('files', new File([new Uint8Array(content)], name))
  return server.as(anna).post('/files', form)
}

async function uploaded(name: string, content: Buffer): Promise<FileInfo> {
  const { status, body } = await upload(name, content)
  expect(status).toBe(201)
  return body.file_infos[0]
}

async function raw(path: string, headers: Record<string, string> = {}) {
  const all = { Authorization: `Bearer ${ben.token}`, ...headers }
  const response = await fetch(`${server.url}/api/v4${path}`, { headers: all })
  return {
    status: response.status,
    type: response.headers.get('content-type'),
    bytes: Buffer.from(await response.arrayBuffer()),
  }
}

const s3Test = (settings?: object) =>
  server
    .as(admin)
    .post('/file/s3_test', settings && { FileSettings: settings })
    .then(({ status, body }) => [status, body.id ?? 'OK'])

test('a picture: up, posted, seen by others in every size and piece, deleted', async () => {
  const content = await picture()
  const info = await uploaded('한글 그림 #1?.png', content)
  expect(info).toMatchObject({ has_preview_image: true, width: 300, height: 200 })
  const { body: post } = await server
    .as(anna)
    .post('/posts', { channel_id: channel, message: 'see', file_ids: [info.id] })
  const { path } = await server.app.db
    .selectFrom('fileinfo')
    .select('path')
    .where('id', '=', info.id)
    .executeTakeFirstOrThrow()
  expect(s3.keys('company')).toContain(`${PREFIX}/${path}`)
  expect((await raw(`/files/${info.id}`)).bytes.equals(content)).toBe(true)
  const range = await raw(`/files/${info.id}`, { Range: 'bytes=10-19' })
  expect([range.status, range.bytes.equals(content.subarray(10, 20))]).toEqual([206, true])
  for (const size of ['thumbnail', 'preview'])
    expect(await raw(`/files/${info.id}/${size}`)).toMatchObject({ status: 200, type: 'image/png' })
  expect((await server.as(admin).delete(`/posts/${post.id}?permanent=true`)).status).toBe(200)
  await expect.poll(() => s3.keys('company')).toEqual([])
})

test('what Mattermost put into the bucket is there, and stays under its names', async () => {
  const other = new S3mini({ ...s3.signer, endpoint: `http://${endpoint}/company`, region: 'us-east-1' })
  const name = '보고서 (최종)+v2.txt'
  const path = `20240131/teams/noteam/channels/${channel}/users/${anna.id}/${newId()}/${name}`
  const content = await picture()
  await other.putObject(`${PREFIX}/${path}`, 'from before')
  await other.putObject(`${PREFIX}/users/${anna.id}/profile.png`, content)
  const row = newFileInfo({ id: newId(), creatorId: anna.id, channelId: channel, path, name, size: 11, now: 1 })
  await keepFileInfo(server.app.db, row)
  const { body } = await server.as(anna).post('/posts', { channel_id: channel, message: 'old', file_ids: [row.id] })
  expect(body.file_ids).toEqual([row.id])
  expect((await raw(`/files/${row.id}`)).bytes.toString()).toBe('from before')
  await server.app.db.updateTable('users').set({ lastpictureupdate: 5 }).where('id', '=', anna.id).execute()
  await server.app.delivery.deliver([{ kind: 'everything' }], [])
  expect((await raw(`/users/${anna.id}/image?_=5`)).bytes.equals(content)).toBe(true)
})

test('storage that is down: said so, nothing half done, and the chat goes on', async () => {
  const before = await uploaded('before.txt', Buffer.from('before'))
  const keys = s3.keys('company')
  const part = (line: string) =>
    line.includes('partNumber=2') || (line.startsWith('PUT') && !line.includes('partNumber'))
  s3.trouble = (line) => (part(line) ? 501 : undefined)
  const form = new FormData()
  form.append('image', new File([new Uint8Array(await picture())], 'me.png'))
  for (const refused of [
    await upload('film.bin', Buffer.alloc(12 * MiB)),
    await server.as(anna).post(`/users/${anna.id}/image`, form),
  ]) {
    expect([refused.status, refused.body.id]).toEqual([500, 'api.file.write_file.app_error'])
  }
  expect([s3.keys('company'), s3.uploads.size]).toEqual([keys, 0])
  s3.trouble = () => 501
  const read = await server.as(ben).get(`/files/${before.id}`)
  expect([read.status, read.body.id]).toEqual([403, 'api.context.permissions.app_error'])
  const own = await server.as(anna).get(`/files/${before.id}`)
  expect([own.status, own.body.id]).toEqual([500, 'api.file.file_reader.app_error'])
  const { status, body } = await server
    .as(anna)
    .post('/posts', { channel_id: channel, message: 'text', file_ids: [before.id] })
  expect([status, body.file_ids]).toEqual([201, [before.id]])
  expect((await server.as().get('/system/ping?get_server_status=true')).body.filestore_status).toBe('UNHEALTHY')
  s3.trouble = () => undefined
  expect((await server.as().get('/system/ping?get_server_status=true')).body.filestore_status).toBe('OK')
  expect((await raw(`/files/${before.id}`)).bytes.toString()).toBe('before')
})

test('the test of a configuration names what is wrong with it', async () => {
  const good = server.app.config.get().FileSettings
  expect(await s3Test()).toEqual([200, 'OK'])
  expect(await s3Test({ ...good, AmazonS3SecretAccessKey: MASK })).toEqual([200, 'OK'])
  expect(await s3Test({ AmazonS3SecretAccessKey: 'x' })).toEqual([500, 'api.file.test_connection_s3_auth.app_error'])
  expect(await s3Test({ AmazonS3Bucket: 'none' })).toEqual([
    500,
    'api.file.test_connection_s3_bucket_does_not_exist.app_error',
  ])
  expect(await s3Test({ AmazonS3Bucket: '' })).toEqual([400, 'api.admin.test_s3.missing_s3_bucket'])
  expect(await s3Test({ AmazonS3SignV2: true })).toEqual([500, 'api.file.test_connection.app_error'])
  expect(await s3Test({ AmazonS3SSL: 'yes' })).toEqual([400, 'api.context.invalid_body_param.app_error'])
  expect(await s3Test({ DriverName: 'ftp' })).toEqual([400, 'api.context.invalid_body_param.app_error'])
  expect(await s3Test({ DriverName: 'local', Directory: '/proc/elsewhere' })).toEqual([200, 'OK'])
  expect(s3.keys('company')).not.toContain(`${PREFIX}/testfile`)
  const text = (await server.as(admin).post('/file/s3_test', { FileSettings: { AmazonS3SignV2: true } })).body.message
  expect(text).toMatch(/signatures of version 2/)
})

test('a change of the configuration counts at once, there and back', async () => {
  const inS3 = await uploaded('one.txt', Buffer.from('in s3'))
  await server.app.config.patch({ FileSettings: { DriverName: 'local' } })
  const onDisk = await uploaded('two.txt', Buffer.from('on disk'))
  expect((await server.as(anna).get(`/files/${inS3.id}`)).status).toBe(404)
  await server.app.config.patch({ FileSettings: { DriverName: 'amazons3', AmazonS3Bucket: 'second' } })
  await server.app.files.checked()
  expect([...s3.buckets.keys()]).toEqual(['company', 'second'])
  await uploaded('three.txt', Buffer.from('in the second'))
  expect(s3.keys('second')).toHaveLength(1)
  await server.app.config.patch({ FileSettings: { AmazonS3Bucket: 'company', AmazonS3SignV2: true } })
  expect((await upload('four.txt', Buffer.from('x'))).body.id).toBe('api.file.write_file.app_error')
  await server.app.config.patch({ FileSettings: { AmazonS3SignV2: false } })
  expect((await server.as(anna).get(`/files/${inS3.id}`)).status).toBe(200)
  expect((await server.as(anna).get(`/files/${onDisk.id}`)).status).toBe(404)
})
