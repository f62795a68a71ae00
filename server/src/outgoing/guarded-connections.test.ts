import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import type { IncomingMessage } from 'node:http'
import https from 'node:https'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { GuardedConnections } from './guarded-connections.ts'
import type { ConnectionRules } from './guarded-connections.ts'
import { reasonOf, startServer } from './local-servers.fixture.ts'
import type { LocalServer } from './local-servers.fixture.ts'

const RULES: ConnectionRules = {
  secure: false,
  allowedInternal: '',
  insecureTls: false,
  timeoutMs: 5000,
  environment: {},
}

let local: LocalServer
beforeEach(async () => {
  local = await startServer((request, response) => response.end(String(request.socket.remotePort)))
})
afterEach(() => local.close())

async function ask(connections: GuardedConnections, url: string): Promise<string> {
  const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>()
  connections.request(new URL(url), 'GET', { 'x-a': 'b' }).on('response', resolve).on('error', reject).end()
  return text(await promise)
}

test('a connection stays open for the next request; private networks are for administrators to name, link-local is not', async () => {
  const connections = new GuardedConnections(RULES)
  const first = await ask(connections, `${local.url}/a`)
  expect(await ask(connections, `${local.url}/b`)).toBe(first)
  expect(local.requests[1]).toMatchObject({ url: '/b', headers: { host: `127.0.0.1:${local.port}`, 'x-a': 'b' } })
  expect(await reasonOf(ask(connections, 'http://169.254.169.254/'))).toBe('address')
  expect(await reasonOf(ask(connections, 'http://[::ffff:169.254.169.254]/'))).toBe('address')
  expect(await reasonOf(ask(connections, 'http://127.0.0.1:1/'))).toBe('connect')
  expect(await reasonOf(ask(connections, 'http://nobody.invalid/'))).toBe('dns')
  connections.close()
})

test('closing waits for requests under way, and keeps nothing afterwards', async () => {
  const connections = new GuardedConnections(RULES)
  const { promise: arrived, resolve: hear } = Promise.withResolvers<void>()
  const { promise: released, resolve: release } = Promise.withResolvers<void>()
  const slow = await startServer((_request, response) => {
    hear()
    void released.then(() => response.end('whole'))
  })
  const underWay = ask(connections, slow.url)
  await arrived
  connections.close()
  release()
  expect(await underWay).toBe('whole')
  await expect.poll(() => new Promise((done) => slow.server.getConnections((_error, count) => done(count)))).toBe(0)
  slow.close()
})

test('the proxy of the environment is used, with its password', async () => {
  const environment = { HTTP_PROXY: local.url.replace('//', '//user:pass@') }
  const connections = new GuardedConnections({ ...RULES, environment })
  await ask(connections, 'http://far.invalid/a?b')
  expect(local.requests[0]).toMatchObject({
    url: 'http://far.invalid/a?b',
    headers: { host: 'far.invalid', 'proxy-authorization': 'Basic dXNlcjpwYXNz' },
  })
  connections.close()
})

test('TLS: the certificate counts unless the administrator said otherwise', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'tls-'))
  const [key, cert] = [join(folder, 'key'), join(folder, 'cert')]
  const names = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost', '-days', '2', '-nodes']
  execFileSync('openssl', ['req', '-x509', '-newkey', 'rsa:2048', ...names, '-keyout', key, '-out', cert], {
    stdio: 'ignore',
  })
  const options = { key: readFileSync(key), cert: readFileSync(cert) }
  const server = https.createServer(options, (request, response) => response.end(String(request.socket.remotePort)))
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const url = `https://localhost:${(server.address() as AddressInfo).port}/`
  const strict = new GuardedConnections({ ...RULES, secure: true })
  expect(await reasonOf(ask(strict, url))).toBe('connect')
  const lenient = new GuardedConnections({ ...RULES, secure: true, insecureTls: true })
  const first = await ask(lenient, url)
  expect(await ask(lenient, url)).toBe(first)
  lenient.close()
  server.closeAllConnections()
  server.close()
  rmSync(folder, { recursive: true })
})
