import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import type { RequestListener } from 'node:http'
import https from 'node:https'
import net from 'node:net'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type GuardedFetchOptions, guardedFetch } from './guarded-fetch.ts'
import { type LocalServer, reasonOf, startServer } from './local-servers.fixture.ts'

let local: LocalServer
let other: LocalServer
let answer: RequestListener

beforeAll(async () => {
  local = await startServer((request, response) => answer(request, response))
  other = await startServer((_request, response) => response.end('other'))
})
beforeEach(() => {
  answer = (_request, response) => response.end('hello')
  local.requests.length = 0
  other.requests.length = 0
})
afterAll(() => [local, other].forEach((server) => server.close()))

const open: GuardedFetchOptions = {
  timeoutMs: 5000,
  maxBytes: 1000,
  trust: 'member',
  allowedInternal: '127.0.0.1',
  environment: {},
}
const fetchOpen = (path: string, more: Partial<GuardedFetchOptions> = {}) =>
  guardedFetch(local.url + path, { ...open, ...more })
const resolvesTo = (...answers: string[]) => {
  const asked: string[] = []
  const resolve = async (host: string) => {
    asked.push(host)
    const address = answers[Math.min(asked.length, answers.length) - 1]!
    return [{ address, family: net.isIP(address) }]
  }
  return { resolve, asked }
}

describe('which addresses', () => {
  test.each([
    '127.0.0.1',
    '[::ffff:127.0.0.1]',
    '2130706433',
    '0x7f.1',
    '0177.0.0.1',
    '127.1',
    'localhost',
    '0.0.0.0',
    '[::1]',
  ])('http://%s is refused to a member, nothing is sent', async (host) => {
    expect(await reasonOf(guardedFetch(`http://${host}:${local.port}/`, { ...open, allowedInternal: '' }))).toBe(
      'address',
    )
    expect(local.requests).toHaveLength(0)
  })

  test('the allow list opens an address, a range and a name', async () => {
    for (const allowedInternal of ['127.0.0.1', 'x.test, 127.0.0.0/8', 'inside.test']) {
      const { resolve } = resolvesTo('127.0.0.1')
      const got = await guardedFetch(`http://inside.test:${local.port}/a?b=c#d`, { ...open, allowedInternal, resolve })
      expect(got).toMatchObject({ status: 200, truncated: false })
      expect(got.body.toString()).toBe('hello')
    }
    expect(local.requests.map((request) => [request.url, request.headers.host])).toEqual(
      Array(3).fill(['/a?b=c', `inside.test:${local.port}`]),
    )
  })

  test('an administrator reaches private networks but not link-local ones', async () => {
    const admin = { ...open, trust: 'admin' as const, allowedInternal: '' }
    expect((await guardedFetch(local.url, admin)).status).toBe(200)
    for (const url of ['http://169.254.169.254/latest', 'http://[::ffff:a9fe:a9fe]/', 'http://[fd00:ec2::254]/']) {
      expect(await reasonOf(guardedFetch(url, admin))).toBe('address')
    }
  })

  test('a name with one private address among public ones is refused', async () => {
    const resolve = async () => [
      { address: '93.184.216.34', family: 4 },
      { address: '10.0.0.1', family: 4 },
    ]
    expect(await reasonOf(guardedFetch('http://mixed.test/', { ...open, resolve }))).toBe('address')
  })

  test('the name service is asked once, and a later private answer changes nothing', async () => {
    const { resolve, asked } = resolvesTo('192.0.2.1', '127.0.0.1')
    const options = { ...open, allowedInternal: '192.0.2.1', timeoutMs: 300, resolve }
    expect(['connect', 'timeout']).toContain(await reasonOf(guardedFetch(`http://rebind.test:${local.port}/`, options)))
    expect(asked).toEqual(['rebind.test'])
    expect(local.requests).toHaveLength(0)
  })

  test('after a redirect to the same name the new answer is checked again', async () => {
    answer = (_request, response) => response.writeHead(302, { location: '/again' }).end()
    const { resolve, asked } = resolvesTo('127.0.0.1', '127.0.0.2')
    expect(await reasonOf(guardedFetch(`http://rebind.test:${local.port}/`, { ...open, resolve }))).toBe('address')
    expect(asked).toHaveLength(2)
    expect(local.requests).toHaveLength(1)
  })

  test('unknown names and empty answers', async () => {
    const resolve = async () => Promise.reject(new Error('ENOTFOUND'))
    expect(await reasonOf(guardedFetch('http://no.test/', { ...open, resolve }))).toBe('dns')
    expect(await reasonOf(guardedFetch('http://no.test/', { ...open, resolve: async () => [] }))).toBe('dns')
  })

  test.each([
    'ftp://x/',
    'file:///etc/passwd',
    'javascript:alert(1)',
    'data:text/html,x',
    '//x',
    '',
    'http://',
    `http://x/${'a'.repeat(9000)}`,
  ])('%.40s is a bad URL', async (url) => expect(await reasonOf(guardedFetch(url, open))).toBe('bad_url'))

  test('credentials in a URL are refused', async () => {
    expect(await reasonOf(guardedFetch(local.url.replace('//', '//me:secret@'), open))).toBe('credentials')
  })
})

describe('redirects', () => {
  const redirectTo = (location: string, status = 302) => {
    answer = (request, response) =>
      request.url === '/start' ? response.writeHead(status, { location }).end() : response.end(request.method)
  }

  test('are followed, and the last address is told', async () => {
    redirectTo('/next?x=1')
    expect(await fetchOpen('/start')).toMatchObject({ status: 200, url: `${local.url}/next?x=1` })
  })

  test.each(['http://10.0.0.1/', 'http://[::1]/', 'http://2130706434/', 'http://169.254.169.254/latest/meta-data'])(
    'to %s is refused',
    async (location) => {
      redirectTo(location)
      expect(await reasonOf(fetchOpen('/start'))).toBe('address')
    },
  )

  test.each([
    ['file:///etc/passwd', 'bad_url'],
    ['javascript:1', 'bad_url'],
    ['http://u:p@127.0.0.1/', 'credentials'],
    ['http://[bad', 'bad_redirect'],
  ])('to %s is refused', async (location, reason) => {
    redirectTo(location)
    expect(await reasonOf(fetchOpen('/start'))).toBe(reason)
  })

  test('are limited', async () => {
    answer = (_request, response) => response.writeHead(302, { location: '/start' }).end()
    expect(await reasonOf(fetchOpen('/start', { maxRedirects: 3 }))).toBe('too_many_redirects')
    expect(local.requests).toHaveLength(4)
  })

  test('an administrator does not vouch for where the host redirects to', async () => {
    redirectTo(other.url.replace('127.0.0.1', '127.0.0.3'))
    expect(await reasonOf(fetchOpen('/start', { trust: 'admin', allowedInternal: '' }))).toBe('address')
  })

  test('another host gets no secret headers, the same host keeps them', async () => {
    const headers = { Authorization: 'Bearer x', Cookie: 'a=b', 'X-Token': 't', Accept: 'text/plain' }
    redirectTo(`${other.url}/`)
    await fetchOpen('/start', { headers })
    expect(other.requests[0]!.headers).toMatchObject({ accept: 'text/plain' })
    for (const name of ['authorization', 'cookie', 'x-token'])
      expect(other.requests[0]!.headers).not.toHaveProperty(name)
    redirectTo('/next')
    await fetchOpen('/start', { headers })
    expect(local.requests.at(-1)!.headers).toMatchObject({ authorization: 'Bearer x', 'x-token': 't' })
  })

  test('methods change as in browsers, and a body never goes to another host', async () => {
    const post = { method: 'POST', body: 'token=secret', headers: { 'content-type': 'text/plain' } }
    redirectTo('/next', 303)
    expect((await fetchOpen('/start', post)).body.toString()).toBe('GET')
    redirectTo('/next', 307)
    expect((await fetchOpen('/start', post)).body.toString()).toBe('POST')
    redirectTo(other.url, 307)
    expect(await reasonOf(fetchOpen('/start', post))).toBe('bad_redirect')
    expect(other.requests).toHaveLength(0)
  })

  test('a UTF-8 location is understood', async () => {
    answer = (request, response) =>
      request.url === '/start'
        ? response.writeHead(302, { location: Buffer.from('/한글').toString('latin1') }).end()
        : response.end()
    expect((await fetchOpen('/start')).url).toBe(`${local.url}/%ED%95%9C%EA%B8%80`)
  })
})

describe('the request itself', () => {
  test('connection headers of the caller are dropped, broken ones refused', async () => {
    const headers = {
      Host: 'evil',
      'Transfer-Encoding': 'chunked',
      'Content-Length': '3',
      'Proxy-Authorization': 'x',
      'X-A': 'b',
    }
    await fetchOpen('/', { method: 'post', headers, body: '한글' })
    expect(local.requests[0]!.headers).toMatchObject({
      host: `127.0.0.1:${local.port}`,
      'content-length': '6',
      'x-a': 'b',
    })
    expect(local.requests[0]!.headers).not.toHaveProperty('transfer-encoding')
    expect(local.requests[0]!.headers).not.toHaveProperty('proxy-authorization')
    expect(await reasonOf(fetchOpen('/', { headers: { 'x-a': 'b\r\nx-evil: 1' } }))).toBe('bad_request')
    expect(await reasonOf(fetchOpen('/', { method: 'GET / HTTP/1.1\r\nX:' }))).toBe('bad_request')
  })

  test('HEAD and error statuses are answers', async () => {
    answer = (_request, response) => response.writeHead(404, { 'content-encoding': 'gzip' }).end()
    expect(await fetchOpen('/', { method: 'HEAD' })).toMatchObject({ status: 404, body: Buffer.alloc(0) })
  })

  test('a port where nobody listens', async () => {
    expect(await reasonOf(guardedFetch('http://127.0.0.1:1/', open))).toBe('connect')
  })
})

describe('proxy', () => {
  let proxy: LocalServer
  beforeEach(async () => {
    proxy = await startServer((_request, response) => response.end('from the proxy'))
    proxy.server.on('connect', (request, client) => {
      proxy.requests.push(request)
      client.on('error', () => {})
      client.end('HTTP/1.1 403 Forbidden\r\n\r\n')
    })
  })
  afterEach(() => proxy.close())

  test('carries plain requests, also for names only it can resolve', async () => {
    const environment = { HTTP_PROXY: proxy.url.replace('//', '//user:pass@') }
    const resolve = async () => Promise.reject(new Error('ENOTFOUND'))
    const got = await guardedFetch('http://far.test/x?y', { ...open, environment, resolve })
    expect(got.body.toString()).toBe('from the proxy')
    expect(proxy.requests[0]).toMatchObject({
      url: 'http://far.test/x?y',
      headers: { host: 'far.test', 'proxy-authorization': 'Basic dXNlcjpwYXNz' },
    })
  })

  test('does not open private addresses', async () => {
    const environment = { HTTP_PROXY: proxy.url, HTTPS_PROXY: proxy.url }
    const { resolve } = resolvesTo('10.0.0.1')
    for (const url of ['http://10.0.0.1/', 'https://inside.test/', 'http://inside.test/']) {
      expect(await reasonOf(guardedFetch(url, { ...open, environment, resolve }))).toBe('address')
    }
    expect(proxy.requests).toHaveLength(0)
  })

  test('is asked for a tunnel for https, and may refuse', async () => {
    const { resolve } = resolvesTo('93.184.216.34')
    const options = { ...open, environment: { https_proxy: proxy.url }, resolve }
    expect(await reasonOf(guardedFetch('https://far.test/', options))).toBe('connect')
    expect(proxy.requests[0]).toMatchObject({ method: 'CONNECT', url: 'far.test:443' })
  })

  test.each(['*', 'direct.test', '.test', '127.0.0.0/8 test', `direct.test:${0}`])('NO_PROXY=%s', async (list) => {
    const environment = { HTTP_PROXY: proxy.url, NO_PROXY: list.replace(':0', `:${local.port}`) }
    const { resolve } = resolvesTo('127.0.0.1')
    const got = await guardedFetch(`http://direct.test:${local.port}/`, { ...open, environment, resolve })
    expect(got.body.toString()).toBe('hello')
  })
})

const hasOpenssl = spawnSync('openssl', ['version']).status === 0
test.skipIf(!hasOpenssl)(
  'https: certificates are checked against the name unless the administrator turned that off',
  async () => {
    const folder = mkdtempSync(join(tmpdir(), 'outgoing-'))
    const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')]
    const subject = [
      '-subj',
      '/CN=tls.test',
      '-days',
      '1',
      '-nodes',
      '-newkey',
      'ec',
      '-pkeyopt',
      'ec_paramgen_curve:prime256v1',
    ]
    execFileSync('openssl', ['req', '-x509', ...subject, '-keyout', key, '-out', cert], { stdio: 'ignore' })
    const server = https.createServer({ key: readFileSync(key), cert: readFileSync(cert) }, (request, response) => {
      response.end(String((request.socket as unknown as { servername: string }).servername))
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const { port } = server.address() as AddressInfo
    const tunnel = await startServer((_request, response) => response.end())
    tunnel.server.on('connect', (_request, client) => {
      const upstream = net.connect(port, '127.0.0.1', () => client.write('HTTP/1.1 200 OK\r\n\r\n'))
      upstream.on('error', () => client.destroy())
      client.on('error', () => upstream.destroy())
      client.pipe(upstream).pipe(client)
    })
    try {
      const { resolve } = resolvesTo('127.0.0.1')
      const url = `https://tls.test:${port}/`
      expect(await reasonOf(guardedFetch(url, { ...open, resolve }))).toBe('connect')
      expect((await guardedFetch(url, { ...open, resolve, insecureTls: true })).body.toString()).toBe('tls.test')
      const environment = { HTTPS_PROXY: tunnel.url }
      const tunnelled = await guardedFetch(url, { ...open, resolve, environment, insecureTls: true })
      expect(tunnelled.body.toString()).toBe('tls.test')
    } finally {
      server.closeAllConnections()
      server.close()
      tunnel.close()
      rmSync(folder, { recursive: true })
    }
  },
)
