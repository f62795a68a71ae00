import { createServer } from 'node:http'
import { copyFile, mkdir, mkdtemp, rm } from 'node:fs/promises'
import net from 'node:net'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Writable } from 'node:stream'
import type { Duplex } from 'node:stream'
import tls from 'node:tls'
import { pino } from 'pino'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { makeAuthority } from '../../../../testkit/gitlab/certificates.ts'
import type { PrivateAuthority } from '../../../../testkit/gitlab/certificates.ts'
import { extraCertificates, trustExtraCertificates } from '../../outgoing/trusted-certificates.ts'
import { errorOf, newBrowser, sessionOf, signIn, startWorld, upToCallback } from './gitlab-login.fixture.ts'
import type { World } from './gitlab-login.fixture.ts'

const usual = tls.getCACertificates('default')
const trust = (env: NodeJS.ProcessEnv): void => trustExtraCertificates(env, (text) => logged.push(text))
const logged: string[] = []
let folder: string
let authority: PrivateAuthority
let world: World

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'outpost-authority-'))
  authority = await makeAuthority(folder, ['IP:127.0.0.1', 'DNS:gitlab.test'])
  world = await startWorld({ gitlab: { tls: authority } })
  await world.server.make.admin()
  await world.gitlab.addUser({ username: 'kim' })
  await world.gitlab.addUser({ username: 'lee' })
  const sink = new Writable({ write: (chunk, _encoding, done) => (logged.push(String(chunk)), done()) })
  Object.assign(world.server.app, { log: pino({ level: 'info' }, sink) })
})
beforeEach(() => {
  logged.length = 0
})
afterEach(() => tls.setDefaultCACertificates(usual))
afterAll(async () => {
  await world.stop()
  await rm(folder, { recursive: true })
})

test('a GitLab with a certificate of a private authority is refused, and page and log say what to do', async () => {
  trust({ SSL_CERT_FILE: authority.caFile })
  const browser = newBrowser(world.server)
  const [first, second] = [
    await upToCallback(world, browser, { username: 'kim' }),
    await upToCallback(world, browser, { username: 'kim' }),
  ]
  tls.setDefaultCACertificates(usual)
  expect((await errorOf(browser, first)).id).toBe('api.user.authorize_oauth_user.token_failed.app_error')
  browser.headers['Accept-Language'] = 'ko'
  const page = await browser.request(second)
  expect([page.status, page.text]).toEqual([500, expect.stringContaining('GitLab의 인증서를 신뢰하지 않습니다')])
  expect(page.headers.get('token')).toBeNull()
  expect(logged.join('')).toMatch(
    /The certificate of 127\.0\.0\.1:\d+ is not trusted \([A-Z_]+\)\. Put the CA certificate into \/etc\/gitlab\/trusted-certs, or name it in SSL_CERT_FILE/,
  )
})

test.each(['SSL_CERT_FILE', 'SSL_CERT_DIR', "GitLab's folder"])('the authority is trusted by %s', async (way) => {
  const certs = join(folder, `certs-${way.length}`)
  await mkdir(certs)
  await copyFile(authority.caFile, join(certs, 'company.crt'))
  if (way === 'SSL_CERT_FILE') trust({ SSL_CERT_FILE: authority.caFile })
  else if (way === 'SSL_CERT_DIR') trust({ SSL_CERT_DIR: `/nowhere:${certs}` })
  // The folder's place is fixed, /etc/gitlab/trusted-certs; a test has another.
  else tls.setDefaultCACertificates([...usual, ...extraCertificates({}, () => undefined, certs)])
  expect(sessionOf(await signIn(world, newBrowser(world.server), { username: 'kim' })).token).toHaveLength(26)
})

/** A proxy that knows where gitlab.test is, and what it was asked for. */
async function startProxy(): Promise<{ url: string; asked: string[]; close: () => void }> {
  const asked: string[] = []
  const tunnels: Duplex[] = []
  const server = createServer((_request, response) => response.writeHead(403).end())
  server.on('connect', ({ url = '' }, client) => {
    asked.push(url)
    tunnels.push(client)
    const upstream = net.connect(Number(url.split(':')[1]), '127.0.0.1', () => client.write('HTTP/1.1 200 OK\r\n\r\n'))
    upstream.on('error', () => client.destroy())
    client.on('error', () => upstream.destroy())
    client.pipe(upstream).pipe(client)
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const close = (): void => {
    tunnels.forEach((tunnel) => tunnel.destroy())
    server.close()
  }
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked, close }
}

test('GitLab is reached through the proxy of the environment, except where NO_PROXY names it', async () => {
  trust({ SSL_CERT_FILE: authority.caFile })
  const proxy = await startProxy()
  const before = { ...process.env }
  const { port } = new URL(world.gitlab.url)
  const TokenEndpoint = `https://gitlab.test:${port}/oauth/token`
  const UserAPIEndpoint = `https://gitlab.test:${port}/api/v4/user`
  await world.server.app.config.patch({ GitLabSettings: { TokenEndpoint, UserAPIEndpoint } })
  try {
    process.env.HTTPS_PROXY = proxy.url
    expect(sessionOf(await signIn(world, newBrowser(world.server), { username: 'lee' })).token).toHaveLength(26)
    expect(new Set(proxy.asked)).toEqual(new Set([`gitlab.test:${port}`]))
    proxy.asked.length = 0
    process.env.NO_PROXY = 'localhost,gitlab.test'
    const browser = newBrowser(world.server)
    const back = await upToCallback(world, browser, { username: 'lee' })
    expect((await errorOf(browser, back)).id).toBe('api.user.authorize_oauth_user.token_failed.app_error')
    expect(proxy.asked).toEqual([])
    expect(logged.join('')).toContain(`GitLab at gitlab.test:${port} cannot be reached`)
  } finally {
    process.env = before
    proxy.close()
  }
})
