import { execFileSync, spawn, type ChildProcess } from 'node:child_process'
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer, request as httpRequest, type IncomingMessage, type Server } from 'node:http'
import { request as httpsRequest, type RequestOptions } from 'node:https'
import { connect as connectHttp2 } from 'node:http2'
import { connect, type AddressInfo } from 'node:net'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { freePort } from '../reconfigure/test-box.fixture.ts'
import { rooted } from '../reconfigure/rooted.ts'
import { applyStep, StepError } from '../resources/apply-steps.ts'
import { Pending } from '../resources/pending.ts'
import { TestMachine } from '../settings/test-machine.fixture.ts'
import type { Settings } from '../settings/settings.ts'
import { checkedFiles } from './checked-files.ts'
import { mainConfig } from './main-config.ts'
import { virtualHost } from './virtual-host.ts'
import { whichNginx } from './which-nginx.ts'

const machine = new TestMachine()
let upstream: Server
let port: number
let https: number
let nginx: ChildProcess | undefined

beforeAll(async () => {
  upstream = createServer((request, response) =>
    response.end(JSON.stringify({ url: request.url, headers: request.headers })),
  )
  upstream.on('upgrade', (_request, socket) => {
    socket.end('HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\nhello')
  })
  await new Promise<void>((done) => void upstream.listen(0, '127.0.0.1', done))
  ;[port, https] = [await freePort(), await freePort()]
  // nginx's workers are another account.
  chmodSync(machine.root, 0o755)
  makeAuthority()
})

afterAll(async () => {
  await stop()
  upstream.closeAllConnections()
  await new Promise((done) => upstream.close(done))
  machine.remove()
})

/** An authority, a certificate of chat.corp.test, and one for a client. */
function makeAuthority(): void {
  const folder = join(machine.root, 'etc/gitlab/ssl')
  mkdirSync(folder, { recursive: true })
  const openssl = (...words: string[]): Buffer => execFileSync('openssl', words, { cwd: folder, stdio: 'pipe' })
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes']
  openssl('req', '-x509', ...key, '-keyout', 'ca.key', '-out', 'ca.crt', '-subj', '/CN=Authority', '-days', '2')
  for (const name of ['chat.corp.test', 'client']) {
    openssl(
      'req',
      ...key,
      '-keyout',
      `${name}.key`,
      '-out',
      `${name}.csr`,
      '-subj',
      `/CN=${name}`,
      '-addext',
      `subjectAltName=DNS:${name}`,
    )
    const signed = ['-CA', 'ca.crt', '-CAkey', 'ca.key', '-CAcreateserial', '-days', '2', '-copy_extensions', 'copy']
    openssl('x509', '-req', '-in', `${name}.csr`, ...signed, '-out', `${name}.crt`)
  }
}

const inSsl = (name: string): string => join(machine.root, 'etc/gitlab/ssl', name)

async function settingsOf(lines: string): Promise<Settings> {
  const own = `nginx['status'] = { 'enable' => false }
nginx['worker_processes'] = 1
web_server['username'] = 'www-data'
web_server['group'] = 'www-data'
mattermost['service_port'] = ${(upstream.address() as AddressInfo).port}
mattermost_nginx['redirect_http_to_https_port'] = ${port}
`
  return rooted(await machine.settings(own + lines), machine.context.paths)
}

/** Brings nginx up with these settings. */
async function serve(lines: string): Promise<void> {
  await stop()
  const settings = await settingsOf(lines)
  await write(settings)
  const { place, program } = await whichNginx(machine.context, settings)
  nginx = spawn(program, place, { stdio: 'ignore' })
  const wanted = settings.nginx.vhost.listenPort
  for (let attempt = 0; attempt < 200; attempt++) {
    const open = await new Promise<boolean>((done) => {
      const socket = connect(wanted, '127.0.0.1', () => (socket.destroy(), done(true)))
      socket.on('error', () => done(false))
    })
    if (open) return
    await new Promise((done) => setTimeout(done, 10))
  }
  throw new Error('nginx does not listen')
}

async function write(settings: Settings): Promise<void> {
  const { directory, logDirectory } = settings.nginx
  for (const folder of [join(directory, 'conf/service_conf'), join(directory, 'www'), logDirectory])
    mkdirSync(folder, { recursive: true })
  const found = await whichNginx(machine.context, settings)
  const files = {
    [join(directory, 'conf/nginx.conf')]: mainConfig(settings),
    [found.hostFile]: virtualHost(settings, found.abilities),
  }
  const pending = await Pending.open(join(machine.root, 'pending'))
  const step = { title: 'nginx', resources: [checkedFiles(found, files, 'restart nginx')] }
  await applyStep(step, { dryRun: false, say: () => undefined, pending, fire: async () => '' })
}

async function stop(): Promise<void> {
  const running = nginx
  if (!running) return
  nginx = undefined
  await new Promise((done) => {
    running.once('exit', done)
    running.kill('SIGTERM')
  })
}

interface Answer {
  status: number
  headers: IncomingMessage['headers']
  body: string
}

function ask(path: string, options: RequestOptions & { tls?: boolean } = {}): Promise<Answer> {
  const { tls = false, ...rest } = options
  const all = {
    host: '127.0.0.1',
    path,
    servername: 'chat.corp.test',
    ca: readFileSync(inSsl('ca.crt')),
    agent: false as const,
    ...rest,
  }
  return new Promise((done, fail) => {
    const sent = (tls ? httpsRequest : httpRequest)({ port: tls ? https : port, ...all }, (response) => {
      let body = ''
      response.setEncoding('utf8').on('data', (text: string) => (body += text))
      response.on('end', () => done({ status: response.statusCode!, headers: response.headers, body }))
    })
    sent.on('error', fail).end()
  })
}

const headersSeen = ({ body }: Answer): Record<string, string> =>
  (JSON.parse(body) as { headers: Record<string, string> }).headers

test('plain http: the upstream sees who asked, and answers go through', async () => {
  await serve(`mattermost_external_url 'http://chat.corp.test:${port}'`)
  const answer = await ask('/api/v4/users/me?x=1', {
    headers: { Host: 'chat.corp.test', 'X-Forwarded-For': '1.2.3.4' },
  })
  expect(answer.status).toBe(200)
  expect(headersSeen(answer)).toMatchObject({
    host: 'chat.corp.test',
    'x-real-ip': '127.0.0.1',
    'x-forwarded-for': '1.2.3.4, 127.0.0.1',
    'x-forwarded-proto': 'http',
    'x-frame-options': 'SAMEORIGIN',
    connection: 'close',
  })
  expect(answer.headers).toMatchObject({
    server: 'nginx',
    'strict-transport-security': 'max-age=63072000',
    'referrer-policy': 'strict-origin-when-cross-origin',
  })
})

test('the WebSocket is passed on, also under its old address', async () => {
  for (const path of ['/api/v4/websocket', '/api/v3/users/websocket']) {
    const text = await new Promise<string>((done, fail) => {
      let heard = ''
      const socket = connect(port, '127.0.0.1', () => {
        socket.write(
          `GET ${path} HTTP/1.1\r\nHost: chat.corp.test\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n`,
        )
      })
      socket
        .on('data', (chunk) => (heard += chunk.toString()))
        .on('close', () => done(heard))
        .on('error', fail)
    })
    expect(text).toMatch(/^HTTP\/1\.1 101 /)
    expect(text).toContain('hello')
  }
})

test('no token ends in the log', async () => {
  await ask('/a?private_token=s3cret&x=1&token=other', {
    headers: { Host: 'chat.corp.test', Referer: 'http://a.test/?token=third' },
  })
  await stop()
  const log = readFileSync(join(machine.root, 'var/log/gitlab/nginx/gitlab_mattermost_access.log'), 'utf8')
  expect(log).toContain('/a?private_token=[FILTERED]&x=1&token=[FILTERED]')
  expect(log).toContain('"http://a.test/"')
  expect(log).not.toMatch(/s3cret|other|third/)
})

test('https with the redirect, HTTP/2, and without compression', async () => {
  await serve(`mattermost_external_url 'https://chat.corp.test:${https}'
mattermost_nginx['redirect_http_to_https'] = true`)
  const moved = await ask('/team/channels/a?b=c', { headers: { Host: 'chat.corp.test' } })
  expect([moved.status, moved.headers.location]).toEqual([301, `https://chat.corp.test:${https}/team/channels/a?b=c`])
  const answer = await ask('/', { tls: true, headers: { Host: 'chat.corp.test', 'Accept-Encoding': 'gzip' } })
  expect(headersSeen(answer)).toMatchObject({ 'x-forwarded-proto': 'https', 'x-forwarded-ssl': 'on' })
  expect(answer.headers['content-encoding']).toBeUndefined()
  const session = connectHttp2(`https://127.0.0.1:${https}`, {
    servername: 'chat.corp.test',
    ca: readFileSync(inSsl('ca.crt')),
  })
  const status = await new Promise((done, fail) => {
    session.on('error', fail)
    session
      .request({ ':path': '/' })
      .on('response', (headers) => done(headers[':status']))
      .end()
  })
  session.destroy()
  expect(status).toBe(200)
})

test('client certificates are demanded', async () => {
  await serve(`mattermost_external_url 'https://chat.corp.test:${https}'
mattermost_nginx['ssl_client_certificate'] = '${inSsl('ca.crt')}'
mattermost_nginx['ssl_verify_client'] = 'on'
mattermost_nginx['ssl_verify_depth'] = '2'`)
  expect((await ask('/', { tls: true })).status).toBe(400)
  const known = await ask('/', {
    tls: true,
    cert: readFileSync(inSsl('client.crt')),
    key: readFileSync(inSsl('client.key')),
  })
  expect(known.status).toBe(200)
})

test('behind another proxy: plain inside, https outside, real addresses', async () => {
  await serve(`mattermost_external_url 'https://chat.corp.test'
mattermost_nginx['listen_port'] = ${port}
mattermost_nginx['listen_https'] = false
mattermost_nginx['real_ip_trusted_addresses'] = ['127.0.0.0/8']
mattermost_nginx['real_ip_header'] = 'X-Forwarded-For'
mattermost_nginx['real_ip_recursive'] = 'on'`)
  const answer = await ask('/', { headers: { Host: 'chat.corp.test', 'X-Forwarded-For': '203.0.113.9' } })
  expect(headersSeen(answer)).toMatchObject({ 'x-real-ip': '203.0.113.9', 'x-forwarded-proto': 'https' })
})

test('the PROXY protocol tells the address', async () => {
  await serve(`mattermost_external_url 'http://chat.corp.test:${port}'
mattermost_nginx['proxy_protocol'] = true
mattermost_nginx['real_ip_trusted_addresses'] = ['127.0.0.0/8']`)
  const text = await new Promise<string>((done, fail) => {
    let heard = ''
    const socket = connect(port, '127.0.0.1', () => {
      socket.write(
        `PROXY TCP4 203.0.113.7 127.0.0.1 4000 ${port}\r\nGET / HTTP/1.1\r\nHost: chat.corp.test\r\nConnection: close\r\n\r\n`,
      )
    })
    socket
      .on('data', (chunk) => (heard += chunk.toString()))
      .on('close', () => done(heard))
      .on('error', fail)
  })
  expect(text).toContain('"x-real-ip":"203.0.113.7"')
})

test('own headers, own text, own limits', async () => {
  await serve(`mattermost_external_url 'http://chat.corp.test:${port}'
mattermost_nginx['proxy_set_headers'] = { 'X-Frame-Options' => nil, 'X-Site' => 'a "quoted" word' }
mattermost_nginx['hsts_max_age'] = 0
mattermost_nginx['referrer_policy'] = false
mattermost_nginx['client_max_body_size'] = '1k'
mattermost_nginx['proxy_custom_buffer_size'] = '16k'
mattermost_nginx['custom_gitlab_mattermost_server_config'] = <<~TEXT
  location = /ping { return 204; }
  location /old { proxy_pass http://gitlab_mattermost; access_log /dev/null gitlab_mattermost_access; }
TEXT`)
  const answer = await ask('/')
  expect(headersSeen(answer)).toMatchObject({ 'x-site': 'a "quoted" word' })
  expect(headersSeen(answer)['x-frame-options']).toBeUndefined()
  expect(answer.headers['strict-transport-security']).toBeUndefined()
  expect(answer.headers['referrer-policy']).toBeUndefined()
  expect((await ask('/ping')).status).toBe(204)
  expect(JSON.parse((await ask('/old/way')).body)).toMatchObject({ url: '/old/way' })
  expect((await ask('/', { method: 'POST', headers: { 'content-length': '2000' } })).status).toBe(413)
})

test('the status page and the metrics are for whom the settings name', async () => {
  const status = await freePort()
  const settings = (more: string): string => `mattermost_external_url 'http://chat.corp.test:${port}'
nginx['status'] = { 'listen_addresses' => ['127.0.0.1'], 'port' => ${status}${more} }`
  const get = (path: string): Promise<Response> => fetch(`http://127.0.0.1:${status}${path}`)
  await serve(settings(''))
  expect(await (await get('/nginx_status')).text()).toMatch(/^Active connections: \d+ /)
  const answer = await get('/metrics')
  expect(answer.headers.get('content-type')).toMatch(/^text\/plain; version=0\.0\.4/)
  expect(await answer.text()).toMatch(
    /^# HELP nginx_vts_main_connections .+\n# TYPE nginx_vts_main_connections gauge\n(nginx_vts_main_connections\{status="(active|reading|waiting|writing)"\} \d+\n){4}$/,
  )
  await serve(settings(`, 'options' => { 'allow' => '203.0.113.1' }`))
  for (const path of ['/nginx_status', '/metrics']) expect((await get(path)).status, path).toBe(403)
  await serve(settings(`, 'vts_enable' => false`))
  expect((await get('/metrics')).status).toBe(404)
})

test("an authority's proof is served from the webroot, on port 80 and beside the redirect", async () => {
  await serve(`mattermost_external_url 'https://chat.corp.test:${https}'
letsencrypt['enable'] = true`)
  const proof = join(machine.root, 'var/opt/gitlab/nginx/www/.well-known/acme-challenge')
  mkdirSync(proof, { recursive: true })
  writeFileSync(join(proof, 'token'), 'proof')
  expect((await ask('/.well-known/acme-challenge/token')).body).toBe('proof')
  expect((await ask('/.well-known/acme-challenge/token', { tls: true })).body).toBe('proof')
  expect((await ask('/anything')).status).toBe(301)
})

test('a configuration that nginx refuses is put back, and told in its words', async () => {
  await serve(`mattermost_external_url 'http://chat.corp.test:${port}'`)
  const settings = await settingsOf(`mattermost_external_url 'http://chat.corp.test:${port}'
nginx['custom_nginx_config'] = "nonsense on;"`)
  const main = join(settings.nginx.directory, 'conf/nginx.conf')
  const before = readFileSync(main, 'utf8')
  const error = await write(settings).catch((caught: unknown) => caught)
  expect(error).toBeInstanceOf(StepError)
  expect((error as Error).message).toContain('unknown directive "nonsense"')
  expect(readFileSync(main, 'utf8')).toBe(before)
})

test.each([
  ['every address', `mattermost_nginx['listen_addresses'] = ['127.0.0.1', '[::1]']`],
  [
    'all of TLS',
    `mattermost_nginx['ssl_conf_command'] = ["Options PrioritizeChaCha"]\nmattermost_nginx['ssl_ecdh_curve'] = 'X25519:prime256v1'\nmattermost_nginx['ssl_session_cache'] = 'shared:SSL:1m'`,
  ],
  [
    'the log',
    `mattermost_nginx['log_format'] = '$remote_addr it''s'.to_s\nmattermost_nginx['log_format_escape'] = 'json'\nmattermost_nginx['error_log_level'] = 'debug'`,
  ],
  [
    'a status page',
    `nginx['status'] = { 'enable' => true, 'port' => 18099, 'options' => { 'allow' => ['127.0.0.1', '10.0.0.0/8'] } }`,
  ],
  ['no compression', `nginx['gzip_enabled'] = false\nnginx['proxy_cache_path'] = ''`],
])('nginx accepts settings for %s', async (_what, lines) => {
  const settings = await settingsOf(`mattermost_external_url 'https://chat.corp.test:${https}'\n${lines}`)
  await expect(write(settings)).resolves.toBeUndefined()
})
