import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Person } from '../../../testkit/builders.ts'
import { TestServer } from '../../../testkit/server.ts'
import { createHttp } from '../app.ts'
import { openLocalSocket } from './local-socket.ts'
import { clientAddress } from './client-address.ts'
import { withoutSitePath } from './site-path.ts'

let server: TestServer
let anna: Person

beforeAll(async () => {
  server = await TestServer.start({
    config: {
      ServiceSettings: {
        SiteURL: 'https://chat.example.com/talk',
        AllowCorsFrom: 'https://app.example.com',
        CorsAllowCredentials: true,
        CorsExposedHeaders: 'X-Request-Id',
      },
    },
  })
  anna = await server.make.user()
})
afterAll(() => server.stop())

const call = (path: string, headers: Record<string, string> = {}, method = 'GET') =>
  fetch(server.url + path, { method, headers })

/** A request without any of fetch's own headers and decoding. */
function raw(options: { path: string; socketPath?: string; headers?: Record<string, string> }) {
  return new Promise<{ status: number; headers: Record<string, unknown>; body: Buffer }>((resolve, reject) => {
    const url = new URL(server.url)
    const to = options.socketPath ? { socketPath: options.socketPath } : { host: url.hostname, port: url.port }
    const sent = request({ ...to, path: options.path, headers: options.headers ?? {} }, (answer) => {
      const chunks: Buffer[] = []
      answer.on('data', (chunk: Buffer) => chunks.push(chunk))
      answer.on('end', () =>
        resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body: Buffer.concat(chunks) }),
      )
    })
    sent.on('error', reject)
    sent.end()
  })
}

test('every answer carries its id, the version and the headers that keep browsers safe', async () => {
  const answer = await call('/api/v4/system/ping')
  expect(answer.headers.get('x-request-id')).toMatch(/^[a-z0-9]{26}$/)
  expect(answer.headers.get('x-version-id')).toMatch(/^10\.11\.20\.10\.11\.20\.[0-9a-f]{64}\.true$/)
  expect(answer.headers.get('x-content-type-options')).toBe('nosniff')
  expect(answer.headers.get('referrer-policy')).toBe('no-referrer')
  expect(answer.headers.get('permissions-policy')).toBe('')
  expect(answer.headers.get('expires')).toBe('0')
  expect(answer.headers.get('content-type')).toBe('application/json')
  expect(answer.headers.get('cache-control')).toBeNull()
})

test.each([
  ['an unknown path', '/api/v4/nothing', 'GET'],
  ['a wrong method', '/api/v4/system/ping', 'DELETE'],
  ['an id with other characters', '/api/v4/posts/..%2f..%2fetc', 'GET'],
  ['a broken escape', '/api/v4/posts/%zz', 'GET'],
])('%s is no address: 404 without a request id', async (_name, path, method) => {
  const answer = await call(path, { Authorization: `Bearer ${anna.token}` }, method)
  expect(answer.status).toBe(404)
  expect(answer.headers.get('x-request-id')).toBeNull()
  expect(await answer.json()).toMatchObject({ id: 'api.context.404.app_error' })
})

test('an id of the wrong length is a bad parameter', async () => {
  const { status, body } = await server.as(anna).get('/posts/short')
  expect([status, body.id]).toEqual([400, 'api.context.invalid_url_param.app_error'])
})

test('an address that is too long is refused', async () => {
  const answer = await call(`/api/v4/system/ping?x=${'a'.repeat(3000)}`)
  expect(answer.status).toBe(414)
})

test('a body that is too large is refused whole', async () => {
  const { status, body } = await server.as(anna).post('/posts', { channel_id: 'x', message: 'a'.repeat(400_000) })
  expect([status, body.id]).toEqual([413, 'api.context.request_body_too_large.app_error'])
})

test('errors speak Korean to those who ask for it', async () => {
  const answer = await call('/api/v4/users/me', { 'Accept-Language': 'ko-KR,ko;q=0.9' })
  expect(((await answer.json()) as { message: string }).message).toMatch(/로그인/)
})

test('a page of an allowed site is let in, one of another is not', async () => {
  const asked = { Origin: 'https://app.example.com', 'Access-Control-Request-Method': 'POST' }
  const preflight = await call(
    '/api/v4/posts',
    { ...asked, 'Access-Control-Request-Headers': 'x-csrf-token' },
    'OPTIONS',
  )
  expect(preflight.status).toBe(204)
  expect(preflight.headers.get('access-control-allow-origin')).toBe('https://app.example.com')
  expect(preflight.headers.get('access-control-allow-headers')).toBe('x-csrf-token')
  expect(preflight.headers.get('access-control-allow-credentials')).toBe('true')
  const answer = await call('/api/v4/system/ping', { Origin: 'https://app.example.com' })
  expect(answer.headers.get('access-control-expose-headers')).toBe('X-Request-Id')
  const other = await call('/api/v4/posts', { ...asked, Origin: 'https://evil.example' }, 'OPTIONS')
  expect(other.headers.get('access-control-allow-origin')).toBeNull()
})

test('the API is also served below the path of SiteURL', async () => {
  expect((await call('/talk/api/v4/system/ping')).status).toBe(200)
  expect((await call('/talkative/api/v4/system/ping')).status).toBe(404)
  expect(withoutSitePath('/talk?x=1', '/talk')).toBe('/?x=1')
})

test('large JSON is compressed for those who can read it', async () => {
  const headers = { 'Accept-Encoding': 'gzip' }
  const { headers: sent, body } = await raw({ path: '/api/v4/config/client?format=old', headers })
  expect(sent['content-encoding']).toBe('gzip')
  expect(sent['content-type']).toBe('application/json')
  expect(sent.vary).toBe('accept-encoding')
  expect(JSON.parse(gunzipSync(body).toString()).Version).toBe('10.11.20')
  const cases: [string, string | undefined][] = [
    ['br, gzip;q=0.5', 'gzip'],
    ['*', 'gzip'],
    ['gzip;q=0', undefined],
    ['br', undefined],
    ['identity, gzip; q=0.0, br', undefined],
  ]
  for (const [accepted, encoding] of cases) {
    const path = '/api/v4/config/client?format=old'
    const answer = await raw({ path, headers: { 'Accept-Encoding': accepted } })
    expect([accepted, answer.headers['content-encoding']]).toEqual([accepted, encoding])
  }
})

test('the address of a client behind a proxy is read only from a trusted header', () => {
  const headers = { 'x-forwarded-for': '203.0.113.7, 10.0.0.1', 'x-real-ip': 'not an address' }
  expect(clientAddress(headers, '10.0.0.1', [])).toBe('10.0.0.1')
  expect(clientAddress(headers, '10.0.0.1', ['X-Real-IP', 'X-Forwarded-For'])).toBe('203.0.113.7')
})

test('the local socket belongs to its owner, and has every permission', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'outpost-local-'))
  const path = join(folder, 'local.socket')
  const close = await openLocalSocket(createHttp(server.app, true), path)
  try {
    expect((await stat(path)).mode & 0o777).toBe(0o600)
    const { status, body } = await raw({ path: '/api/v4/users', socketPath: path })
    expect(status).toBe(200)
    expect(JSON.parse(body.toString()).some((user: { id: string }) => user.id === anna.id)).toBe(true)
    await expect(openLocalSocket(createHttp(server.app, true), path)).rejects.toThrow(/is taken/)
  } finally {
    await close()
  }
  await writeFile(path, 'not a socket')
  await expect(openLocalSocket(createHttp(server.app, true), path)).rejects.toThrow(/is taken/)
  await rm(folder, { recursive: true })
})

test('rate limits count for each address and answer in plain text', async () => {
  const limited = await TestServer.start({ config: { RateLimitSettings: { Enable: true, PerSec: 1, MaxBurst: 3 } } })
  try {
    const answers = []
    for (let i = 0; i < 6; i++) answers.push(await fetch(`${limited.url}/api/v4/system/ping`))
    const refused = answers.find((answer) => answer.status === 429)
    expect(refused?.headers.get('retry-after')).toMatch(/^\d+$/)
    expect(refused?.headers.get('x-ratelimit-limit')).toBe('3')
    expect(await refused?.text()).toBe('limit exceeded')
  } finally {
    await limited.stop()
  }
})
