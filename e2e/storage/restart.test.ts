import { randomBytes } from 'node:crypto'
import { afterAll, expect, test } from 'vitest'
import { s3Patch } from '../../testkit/file-storage.ts'
import { S3Server } from '../../testkit/s3/server.ts'
import { cleanUp, freePort, makeFolder, start, stop, until } from '../start/instance.fixture.ts'
import { makeTeam, signIn, signUp } from '../start/world.fixture.ts'

const MiB = 1024 * 1024
const s3 = new S3Server()

afterAll(() => cleanUp(() => s3.close().catch(() => undefined)))

/** Settings as the environment gives them. */
const environment = (settings: object): Record<string, string> =>
  Object.fromEntries(
    Object.entries(settings).map(([name, value]) => [`MM_FILESETTINGS_${name.toUpperCase()}`, String(value)]),
  )

test('an upload in three parts survives kill -9; the bucket is made; storage that is away keeps no server from starting', async () => {
  const endpoint = await s3.listen()
  const env = environment(s3Patch(s3, endpoint, 'made-by-the-server'))
  const where = { home: await makeFolder('s3'), port: await freePort(), env }
  let instance = await start(where)
  await until('the bucket is made', () => s3.buckets.has('made-by-the-server'))
  const admin = await signUp(instance.url, 'admin')
  const { channels } = await makeTeam(admin)
  const content = randomBytes(17 * MiB)
  const upload = { channel_id: channels[0], filename: '긴 영상.bin', file_size: content.length }
  const { body: session } = await admin.client.post('/uploads', upload)
  const send = async (from: number, to: number) =>
    admin.client.post(`/uploads/${session.id}`, content.subarray(from, to))
  expect((await send(0, 6 * MiB)).status).toBe(204)
  instance.kill('SIGKILL')
  await instance.ended
  instance = await start(where)
  expect((await admin.client.get(`/uploads/${session.id}`)).body.file_offset).toBe(6 * MiB)
  expect((await send(6 * MiB, 9 * MiB)).status).toBe(204)
  expect(await stop(instance)).toEqual({ code: 0, signal: null })

  await s3.close()
  instance = await start(where)
  await until('the trouble is told', () =>
    /File storage: cannot reach bucket made-by-the-server/.test(instance.output()),
  )
  expect((await admin.client.post('/posts', { channel_id: channels[0], message: 'text goes on' })).status).toBe(201)
  await s3.listen(Number(endpoint.split(':')[1]))

  const { status, body: info } = await send(9 * MiB, content.length)
  expect([status, info.size]).toEqual([200, content.length])
  const again = await signIn(instance.url, 'admin')
  const response = await fetch(`${instance.url}/api/v4/files/${info.id}`, {
    headers: { Authorization: `Bearer ${again.token}` },
  })
  expect(content.equals(Buffer.from(await response.arrayBuffer()))).toBe(true)
  expect(s3.keys('made-by-the-server')).toHaveLength(1)
  expect(s3.uploads.size).toBe(0)
  expect(await stop(instance)).toEqual({ code: 0, signal: null })
}, 180_000)
