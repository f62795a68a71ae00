import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import type { Person } from '../../../testkit/builders.ts'
import { TestServer } from '../../../testkit/server.ts'
import { pingServer } from './ping.ts'

let server: TestServer
let admin: Person
let anna: Person
let team: { id: string; townSquare: string }

beforeAll(async () => {
  server = await TestServer.start({ config: { ServiceSettings: { SiteURL: 'http://chat.example.com' } } })
  ;[admin, anna] = await Promise.all([server.make.admin(), server.make.user()])
  team = await server.make.team([admin, anna])
})
afterAll(() => server.stop())

const DENIED = [403, 'api.context.permissions.app_error']

test('ping: anybody, with the state of the parts when asked', async () => {
  expect((await server.as().get('/system/ping')).body).toMatchObject({ status: 'OK', ActiveSearchBackend: 'database' })
  const full = await server.as(admin).get('/system/ping?get_server_status=true&device_id=apple:x')
  expect(full.body).toMatchObject({ database_status: 'OK', filestore_status: 'OK', CanReceiveNotifications: 'false' })
  expect(typeof full.body.root_status).toBe('boolean')
  expect(full.headers.get('database_status')).toBe('OK')
  expect((await server.as(anna).get('/system/ping?get_server_status=true')).body.root_status).toBeUndefined()
})

test('ping: trouble is a 500, or a 200 for those who ask for REST semantics', async () => {
  const check = vi.spyOn(server.app.files, 'check').mockRejectedValue(new Error('full'))
  const plain = await server.as().get('/system/ping?get_server_status=true')
  const rest = await server.as().get('/system/ping?get_server_status=true&use_rest_semantics=true')
  check.mockRestore()
  expect([plain.status, plain.body.status, plain.body.filestore_status]).toEqual([500, 'UNHEALTHY', 'UNHEALTHY'])
  expect([rest.status, rest.body.database_status]).toEqual([200, 'OK'])
})

test('ping: a storage that says nothing is told to be unwell within seconds', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout'] })
  const check = vi.spyOn(server.app.files, 'check').mockReturnValue(new Promise(() => undefined))
  const answer = pingServer(server.app, undefined, { withParts: true, deviceId: '' })
  vi.advanceTimersByTime(6_000)
  vi.useRealTimers()
  check.mockRestore()
  expect(await answer).toMatchObject({ status: 'UNHEALTHY', filestore_status: 'UNHEALTHY' })
})

test('licence: everything is there, and nobody can add, remove or try anything', async () => {
  expect((await server.as().get('/license/client?format=old')).body.IsLicensed).toBe('true')
  const unasked = await server.as().get('/license/client')
  expect([unasked.status, unasked.body.id]).toEqual([400, 'api.license.client.old_format.app_error'])
  expect((await server.as(anna).get('/license/load_metric')).body).toEqual({ load: 0 })
  expect((await server.as(admin).delete('/license')).status).toBe(200)
  expect((await server.as(anna).delete('/license')).status).toBe(403)
  expect((await server.as(admin).post('/license', new FormData())).status).toBe(400)
  expect((await server.as(admin).post('/trial-license', { users: 1 })).status).toBe(400)
  expect((await server.as(admin).get('/trial-license/prev')).body).toEqual({ IsLicensed: 'false' })
  expect((await server.as(admin).post('/upgrade_to_enterprise')).status).toBe(403)
  expect((await server.as(admin).get('/upgrade_to_enterprise/allowed')).status).toBe(403)
  expect((await server.as(admin).get('/upgrade_to_enterprise/status')).body).toEqual({ percentage: 0, error: '' })
})

test('what a client asks for while it starts is there', async () => {
  for (const path of [
    '/plugins/webapp',
    '/custom_profile_attributes/fields',
    `/system/notices/${team.id}?client=web`,
  ]) {
    expect((await server.as(anna).get(path)).body, path).toEqual([])
  }
  const beacon = { version: '0.1.0', start: 1.5, end: 2, labels: { platform: 'linux' }, counters: [], histograms: [] }
  const sent = await server.as(anna).post('/client_perf', JSON.stringify(beacon), { 'Content-Type': 'text/plain' })
  expect(sent.status).toBe(200)
  expect((await server.as(anna).post('/client_perf', { version: {} })).status).toBe(400)
  expect((await server.as(anna).put('/system/notices/view', ['a'])).status).toBe(200)
  expect((await server.as(anna).get('/system/timezones')).body).toContain('Asia/Seoul')
  expect((await server.as(anna).get('/system/schema/version')).body[0]).toMatchObject({ version: 141 })
  expect((await server.as(anna).post('/users/notify-admin', {})).status).toBe(200)
})

test('the first administrator’s progress is kept', async () => {
  for (const path of ['/system/onboarding/complete', '/plugins/marketplace/first_admin_visit']) {
    expect((await server.as(anna).get(path)).status).toBe(403)
    expect((await server.as(admin).get(path)).body.value).toBe('false')
    expect((await server.as(admin).post(path, { organization: '한빛' })).status).toBe(200)
    expect((await server.as(admin).get(path)).body.value).toBe('true')
  }
})

test('busy: set, seen, taken back; only by administrators and only for a sensible time', async () => {
  expect((await server.as(anna).post('/server_busy')).status).toBe(403)
  for (const seconds of ['0', '-1', '86401', 'x'])
    expect((await server.as(admin).post(`/server_busy?seconds=${seconds}`)).status).toBe(400)
  await server.as(admin).post('/server_busy?seconds=600')
  const { body } = await server.as(admin).get('/server_busy')
  expect(body.busy).toBe(true)
  expect(body.expires).toBeGreaterThan(Date.now() / 1000 + 500)
  await server.as(admin).delete('/server_busy')
  expect((await server.as(admin).get('/server_busy')).body).toEqual({ busy: false, expires: 0, expires_ts: '' })
})

test('client logs: the text is echoed, cut to 400 bytes; nobody without a session', async () => {
  const { body } = await server.as(anna).post('/logs', { level: 'ERROR', message: '가'.repeat(1000) })
  expect(body.message).toMatch(/가{133}$/)
  expect((await server.as().post('/logs', { level: 'DEBUG', message: 'x' })).status).toBe(403)
  expect((await server.as(anna).post('/logs', { level: {}, message: 1 })).status).toBe(400)
})

test('statistics: counts of the server and of a team', async () => {
  await server.as(anna).post('/posts', { channel_id: team.townSquare, message: 'hi #tag' })
  const rows = async (query: string) => {
    const { body } = await server.as(admin).get(`/analytics/old?${query}`)
    return Object.fromEntries(body.map((row: { name: string; value: number }) => [row.name, row.value]))
  }
  expect(await rows('name=standard')).toMatchObject({ channel_open_count: 2, unique_user_count: 2, post_count: 1 })
  expect(await rows(`name=standard&team_id=${team.id}`)).toMatchObject({ unique_user_count: 2, post_count: 1 })
  expect(await rows('name=extra_counts')).toMatchObject({ hashtag_post_count: 1, file_post_count: 0 })
  const yesterday = Date.now() - 86_400_000
  await server.app.db.updateTable('posts').set({ createat: yesterday }).execute()
  const day = new Date(yesterday).toISOString().slice(0, 10)
  expect(await rows('name=post_counts_day')).toEqual({ [day]: 1 })
  expect(await rows('name=user_counts_with_posts_day')).toEqual({ [day]: 1 })
  expect(await rows('name=bot_post_counts_day')).toEqual({})
  expect((await server.as(admin).get('/analytics/old?name=nonsense')).status).toBe(400)
  expect((await server.as(admin).get('/analytics/old?name=standard&team_id=x')).status).toBe(400)
  const denied = await server.as(anna).get('/analytics/old?name=standard')
  expect([denied.status, denied.body.id]).toEqual(DENIED)
})

test('the administrator’s tools, and nobody else’s', async () => {
  for (const path of ['/caches/invalidate', '/database/recycle']) {
    expect((await server.as(admin).post(path)).status, path).toBe(200)
    expect((await server.as(anna).post(path)).status, path).toBe(403)
  }
  expect((await server.as(admin).get('/audits?per_page=5')).status).toBe(200)
  expect((await server.as(anna).get('/audits')).status).toBe(403)
  expect((await server.as(admin).post('/file/s3_test', {})).status).toBe(200)
  const other = { FileSettings: { DriverName: 'amazons3' } }
  expect((await server.as(admin).post('/file/s3_test', other)).body.id).toBe('api.admin.test_s3.missing_s3_bucket')
  expect((await server.as(anna).post('/file/s3_test', other)).status).toBe(403)
  const restart = vi.spyOn(server.app.host, 'restart')
  expect((await server.as(anna).post('/restart')).status).toBe(403)
  expect(restart).not.toHaveBeenCalled()
  expect((await server.as(admin).post('/restart')).body).toEqual({ status: 'OK' })
  expect(restart).toHaveBeenCalledOnce()
  const ldap = await server.as(admin).post('/ldap/sync')
  expect([ldap.status, ldap.body.id]).toEqual([501, 'api.ldap_groups.license_error'])
  expect((await server.as(anna).post('/ldap/sync')).status).toBe(403)
  expect((await server.as(admin).get('/latest_version')).body.tag_name).toBe('v10.11.20')
})

test('what belongs to the local socket does not exist on the network', async () => {
  for (const path of ['/integrity', '/config/migrate']) {
    expect((await server.as(admin).post(path, { from: '/etc/passwd', to: '/tmp/x' })).status).toBe(404)
  }
})

test('site URL: the administrator’s own network may be asked, and only a server that answers passes', async () => {
  const own = await server.as(admin).post('/site_url/test', { site_url: `${server.url}/` })
  expect(own.status).toBe(200)
  const wrong = await server.as(admin).post('/site_url/test', { site_url: `${server.url}/elsewhere` })
  expect([wrong.status, wrong.body.id]).toEqual([400, 'app.admin.test_site_url.failure'])
  expect((await server.as(admin).post('/site_url/test', {})).status).toBe(400)
  expect((await server.as(anna).post('/site_url/test', { site_url: server.url })).status).toBe(403)
})

test('links and pictures: private networks are closed to members, allowed hosts are not', async () => {
  const other = createServer((request, reply) => {
    if (request.url === '/short') return reply.writeHead(301, { Location: 'https://example.com/long' }).end()
    const type = request.url === '/page' ? 'text/html' : 'image/png'
    reply.writeHead(200, { 'Content-Type': type }).end('picture')
  })
  await new Promise<void>((ready) => other.listen(0, '127.0.0.1', ready))
  const address = `http://127.0.0.1:${(other.address() as AddressInfo).port}`
  const location = async () => (await server.as(anna).get(`/redirect_location?url=${address}/short`)).body.location
  const picture = (path: string) => server.as(anna).get(`/image?url=${encodeURIComponent(address + path)}`)
  try {
    expect(await location()).toBe('')
    expect((await picture('/a.png')).status).toBe(400)
    await server.app.config.patch({
      ServiceSettings: { AllowedUntrustedInternalConnections: '127.0.0.1' },
      ImageProxySettings: { Enable: true, ImageProxyType: 'local' },
    })
    expect(await location()).toBe('https://example.com/long')
    const shown = await picture('/a.png')
    expect([shown.status, shown.body, shown.headers.get('content-type')]).toEqual([200, 'picture', 'image/png'])
    expect(shown.headers.get('content-security-policy')).toContain('sandbox')
    expect((await picture('/page')).status).toBe(400)
  } finally {
    other.close()
  }
  const own = await server.as(anna).get('/image?url=/static/a.png')
  expect([own.status, own.headers.get('location')]).toEqual([302, 'http://chat.example.com/static/a.png'])
  for (const bad of ['', 'javascript:alert(1)', 'http://[', 'file:///etc/passwd'])
    expect((await server.as(anna).get(`/image?url=${encodeURIComponent(bad)}`)).status).toBe(400)
  expect((await server.as(anna).get('/redirect_location')).status).toBe(400)
})

test('a notification without contents gets them only for people who may read the post', async () => {
  const { body: post } = await server.as(anna).post('/posts', { channel_id: team.townSquare, message: 'psst' })
  await server.app.config.patch({ EmailSettings: { SendPushNotifications: true } })
  const ack = { id: 'a', platform: 'apple', type: 'message', post_id: post.id, is_id_loaded: true }
  expect((await server.as(admin).post('/notifications/ack', ack)).body.message).toContain('psst')
  expect((await server.as(anna).post('/notifications/ack', { ...ack, is_id_loaded: false })).body.status).toBe('OK')
  const stranger = await server.make.guest()
  expect((await server.as(stranger).post('/notifications/ack', ack)).status).toBe(403)
  await server.app.config.patch({ EmailSettings: { SendPushNotifications: false } })
  expect((await server.as(anna).post('/notifications/ack', ack)).status).toBe(501)
})

test('a test notification is a direct message of the system bot that no level holds back', async () => {
  const socket = await server.socket(anna)
  expect((await server.as(anna).post('/notifications/test')).body).toEqual({ status: 'OK' })
  const { data } = await socket.heard('posted', (one) => one.data.sender_name === '@system-bot')
  expect(data.channel_type).toBe('D')
  expect(JSON.parse(data.mentions)).toEqual([anna.id])
  expect(JSON.parse(data.post).props.force_notification).toBe('test')
})
