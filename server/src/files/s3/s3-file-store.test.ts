import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { S3mini } from 's3mini'
import { openTestS3, s3Patch } from '../../../../testkit/file-storage.ts'
import { S3Server } from '../../../../testkit/s3/server.ts'
import type { S3FileStore } from './s3-file-store.ts'

const MiB = 1024 * 1024

let server: S3Server
let endpoint: string
const opened: S3FileStore[] = []

beforeEach(async () => {
  server = new S3Server('files')
  endpoint = await server.listen()
})
afterEach(async () => {
  for (const store of opened.splice(0)) store.close()
  await server.close().catch(() => undefined) // some tests end it themselves
})

function open(settings: Parameters<typeof openTestS3>[0] = {}, env: NodeJS.ProcessEnv = {}): S3FileStore {
  const store = openTestS3({ ...s3Patch(server, endpoint, 'files'), ...settings }, env)
  opened.push(store)
  return store
}

async function* pieces(count: number, size: number, error?: Error): AsyncGenerator<Uint8Array> {
  for (let n = 0; n < count; n++) yield Buffer.alloc(size, n)
  if (error) throw error
}

describe('objects', () => {
  test('have the keys and types that Mattermost gives them, below the prefix and not beside it', async () => {
    for (const [prefix, key] of [
      ['', 'users/a/profile.png'],
      ['team/chat', 'team/chat/users/a/profile.png'],
      ['team//./chat/', 'team/chat/users/a/profile.png'],
      ['/team', '/team/users/a/profile.png'],
    ] as const) {
      server.buckets.set('files', new Map())
      const store = open({ AmazonS3PathPrefix: prefix })
      await store.write('users/a/profile.png', Buffer.from('x'))
      expect(server.keys('files')).toEqual([key])
      expect(await store.list('users')).toEqual(['users/a'])
      await store.move('users/a/profile.png', 'users/a/other.bin')
      expect(await store.list('users/a')).toEqual(['users/a/other.bin'])
    }
    const [object] = server.buckets.get('files')!.values()
    expect(object!.headers['content-type']).toBe('binary/octet-stream')
    server.buckets.set('files', new Map([['secret', { ...object!, data: Buffer.from('secret') }]]))
    const below = open({ AmazonS3PathPrefix: 'a/b' })
    await expect(below.read('../../secret')).rejects.toMatchObject({ code: 'invalid_path' })
    await expect(below.read('%2e%2e/%2e%2e/secret')).rejects.toMatchObject({ code: 'not_found' })
    await expect(below.read('..%2F..%2Fsecret')).rejects.toMatchObject({ code: 'not_found' })
  })

  test('are those of another client of S3, which reads ours', async () => {
    const { accessKeyId, secretAccessKey } = server.signer
    const other = new S3mini({
      accessKeyId,
      secretAccessKey,
      endpoint: `http://${endpoint}/files`,
      region: 'us-east-1',
    })
    const path = '20240131/teams/noteam/channels/c/users/u/f/한글 (1).txt'
    await other.putObject(path, 'from elsewhere')
    const store = open()
    expect((await store.readBuffer(path)).toString()).toBe('from elsewhere')
    await store.write('emoji/e/image', Buffer.from('ours'))
    expect(await other.getObject('emoji/e/image')).toBe('ours')
  })

  test('carry encryption and storage class, copies too; parts of unfinished files no class', async () => {
    const store = open({ AmazonS3SSE: true, AmazonS3StorageClass: 'STANDARD_IA' })
    await store.write('a', Buffer.from('x'))
    await store.copy('a', 'b')
    await store.write('c', pieces(3, 3 * MiB))
    await store.partial.append('d', Buffer.from('x'), 0)
    const headers = new Map([...server.buckets.get('files')!].map(([key, object]) => [key, object.headers]))
    for (const key of ['a', 'b', 'c'])
      expect(headers.get(key)).toMatchObject({
        'x-amz-server-side-encryption': 'AES256',
        'x-amz-storage-class': 'STANDARD_IA',
      })
    expect(headers.get('d.tmp/000000000000000')).not.toHaveProperty('x-amz-storage-class')
  })

  test('are listed and removed page by page', async () => {
    server.pageSize = 3
    const store = open({ AmazonS3PathPrefix: 'p q' })
    for (let n = 0; n < 10; n++) await store.write(`d/${n}/x`, Buffer.from('x'))
    await store.write('d2/x', Buffer.from('x'))
    expect(await store.list('d')).toHaveLength(10)
    await store.removeDir('d')
    expect(server.keys('files')).toEqual(['p q/d2/x'])
  })
})

describe('large files', () => {
  test('go up in parts of the configured size', async () => {
    const store = open({ AmazonS3UploadPartSizeBytes: 6 * MiB })
    expect(await store.write('film', pieces(20, MiB))).toBe(20 * MiB)
    expect(server.requests.filter((line) => line.includes('partNumber'))).toHaveLength(4)
    expect((await buffer(Readable.from(pieces(20, MiB)))).equals(await store.readBuffer('film'))).toBe(true)
    expect(server.uploads.size).toBe(0)
  })

  test('of which half came leave nothing, also when the storage goes away between two parts', async () => {
    const store = open()
    await store.write('film', Buffer.from('old'))
    await expect(store.write('film', pieces(12, MiB, new Error('gone')))).rejects.toThrow('gone')
    server.trouble = (line) => (line.includes('partNumber=2') ? 501 : undefined)
    await expect(store.write('film', pieces(12, MiB))).rejects.toMatchObject({ code: 'unavailable' })
    expect((await store.readBuffer('film')).toString()).toBe('old')
    expect(server.uploads.size).toBe(0)
  })

  test('whose answer to the last step was lost are there all the same', async () => {
    const store = open()
    let lost = false
    server.afterwards = (line) => (!lost && (lost = /^POST .*uploadId/.test(line)) ? 'drop' : undefined)
    expect(await store.write('film', pieces(6, MiB))).toBe(6 * MiB)
    expect(lost).toBe(true)
    expect(await store.size('film')).toBe(6 * MiB)
  })

  test('that a crash cut short are swept up, those of others are not', async () => {
    const begin = (key: string, begun: number) =>
      server.uploads.set(key, { bucket: 'files', key, headers: {}, parts: new Map(), begun: new Date(begun) })
    begin('x/20240131/teams/noteam/old', 1000)
    begin('x/20240131/teams/noteam/young', 9000)
    begin('x/backups/old', 1000)
    begin('20240131/teams/noteam/elsewhere', 1000)
    const store = open({ AmazonS3PathPrefix: 'x' })
    await store.write('incoming/young', Buffer.from('x'))
    await store.write('incoming/old', Buffer.from('x'))
    server.buckets.get('files')!.get('x/incoming/old')!.modified = new Date(1000)
    expect(await store.sweep(5000)).toBe(1)
    expect([...server.uploads.keys()]).not.toContain('x/20240131/teams/noteam/old')
    expect(server.uploads.size).toBe(3)
    expect(server.keys('files')).toEqual(['x/incoming/young'])
  })

  test('are read on where a connection broke, unless they were replaced meanwhile', async () => {
    const store = open()
    const content = Buffer.from(Array.from({ length: 300_000 }, (_, i) => i % 251))
    await store.write('f', content)
    server.cutAfter = 100_000
    expect(content.equals(await store.readBuffer('f'))).toBe(true)
    server.cutAfter = 100_000
    const range = await buffer(await store.read('f', { start: 7, end: 250_006 }))
    expect(content.subarray(7, 250_007).equals(range)).toBe(true)
    server.cutAfter = 100_000
    const stream = await store.read('f')
    await store.write('f', Buffer.alloc(300_000))
    await expect(buffer(stream)).rejects.toMatchObject({ name: 'FileStoreError' })
  })
})

describe('trouble', () => {
  test('has a code each, and the message names no secret', async () => {
    const wrongs = [
      [{ AmazonS3SecretAccessKey: 'wrong' }, 'denied', /SignatureDoesNotMatch/],
      [{ AmazonS3AccessKeyId: 'nobody' }, 'denied', /InvalidAccessKeyId/],
      [{ AmazonS3Bucket: 'missing' }, 'no_bucket', /bucket missing.*NoSuchBucket/],
      [{ AmazonS3SSL: true }, 'unavailable', /connect/],
      [{ AmazonS3Endpoint: '169.254.169.254' }, 'unavailable', /not a public address/],
    ] as const
    for (const [settings, code, message] of wrongs) {
      const error: unknown = await open(settings)
        .check()
        .then(
          () => undefined,
          (caught: unknown) => caught,
        )
      expect(error).toMatchObject({ code, message: expect.stringMatching(message) as string })
      expect(String(error)).not.toContain(server.signer.secretAccessKey)
    }
  })

  test('of a moment is overcome, of longer is told', async () => {
    const store = open()
    let left = 2
    server.trouble = () => (left-- > 0 ? (left === 1 ? 503 : 'drop') : undefined)
    expect(await store.write('a', Buffer.from('x'))).toBe(1)
    server.trouble = () => 503
    await expect(store.read('a')).rejects.toMatchObject({ code: 'unavailable' })
    server.trouble = () => undefined
    await server.close()
    await expect(store.exists('a')).rejects.toMatchObject({ code: 'unavailable' })
  })

  test('a storage that says nothing is given up after the configured time', async () => {
    const store = open({ AmazonS3RequestTimeoutMilliseconds: 50 })
    server.hold = true
    await expect(store.size('a')).rejects.toMatchObject({ code: 'unavailable', message: /nothing moved for 50 ms/ })
  })

  test.each([
    [{ AmazonS3SignV2: true }, /AmazonS3SignV2 is on/],
    [{ AmazonS3Bucket: '' }, /AmazonS3Bucket is empty/],
    [{ AmazonS3Bucket: '../x' }, /no name of a bucket/],
    [{ AmazonS3Endpoint: 'https://minio:9000' }, /must be a host/],
    [{ AmazonS3Endpoint: 'user@host/path' }, /must be a host/],
    [{ AmazonS3SecretAccessKey: '' }, /must both be set/],
    [{ AmazonS3PathPrefix: '../x' }, /must not lead upwards/],
  ])('settings that cannot work are said so: %j', (settings, message) => {
    expect(() => open(settings)).toThrow(message)
  })
})

describe('regions and keys', () => {
  test('the region is learnt from the storage, a configured one is used as it is', async () => {
    server.region = 'eu-central-1'
    const store = open()
    await store.write('a', Readable.from([Buffer.from('x')]))
    await store.write('b', Readable.from([Buffer.from('x')]))
    expect(server.requests).toHaveLength(3)
    await open({ AmazonS3Region: 'eu-central-1' }).check()
    await expect(open({ AmazonS3Region: 'eu-west-1' }).check()).rejects.toMatchObject({ message: /Malformed/ })
  })

  test('without a configured key, that of the environment signs, with its session', async () => {
    server.signer = { accessKeyId: 'A', secretAccessKey: 'B', token: 'T' }
    const none = { AmazonS3AccessKeyId: '', AmazonS3SecretAccessKey: '' }
    const env = { AWS_ACCESS_KEY_ID: 'A', AWS_SECRET_ACCESS_KEY: 'B', AWS_SESSION_TOKEN: 'T' }
    await open(none, env).check()
    await expect(open(none, { ...env, AWS_SESSION_TOKEN: '' }).check()).rejects.toMatchObject({ code: 'denied' })
    // The service of the cloud lies at a link-local address, which nobody allowed.
    await expect(open(none).check()).rejects.toMatchObject({ code: 'settings', message: /no key for S3.*169.254/ })
  })

  test('a missing bucket can be made', async () => {
    const store = open({ AmazonS3Bucket: 'new-one', AmazonS3Region: '' })
    await store.makeBucket()
    await store.check()
    expect([...server.buckets.keys()]).toEqual(['files', 'new-one'])
  })
})
