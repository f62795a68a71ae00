import { pbkdf2Sync } from 'node:crypto'
import bcrypt from 'bcrypt'
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest'
import type { Person } from '../../../testkit/builders.ts'
import { TestServer } from '../../../testkit/server.ts'
import { newToken } from '../ids.ts'
import { changeUser, PASSWORD, userRow, withPassword } from './sessions.fixture.ts'
import type { ListedSession } from './sessions.fixture.ts'

let server: TestServer
let anna: Person
const login = (body: object, headers?: Record<string, string>) => server.as().post('/users/login', body, headers)
const MASKED = [401, 'api.user.login.invalid_credentials_email_username']

beforeAll(async () => {
  server = await TestServer.start()
  anna = await withPassword(server, await server.make.user())
})
afterEach(async () => {
  vi.restoreAllMocks()
  await server.app.config.patch({
    EmailSettings: { EnableSignInWithEmail: true, EnableSignInWithUsername: true, RequireEmailVerification: false },
    GitLabSettings: { Enable: false },
  })
})
afterAll(() => server.stop())

test.each([
  ['username', (): object => ({ login_id: anna.username })],
  ['username in capitals', (): object => ({ login_id: anna.username.toUpperCase() })],
  ['e-mail address', (): object => ({ login_id: `${anna.username}@Example.com` })],
  ['id', (): object => ({ id: anna.id })],
])('signs in by %s', async (_, who) => {
  const { status, headers, body } = await login({ ...who(), password: PASSWORD })
  expect(status).toBe(200)
  expect(body).toMatchObject({ id: anna.id, username: anna.username, email: `${anna.username}@example.com` })
  expect(body).not.toHaveProperty('password')
  expect(headers.getSetCookie()).toEqual([])
  const me = await server.as({ token: headers.get('token')! }).get(`/users/${anna.id}/sessions`)
  expect(me.status).toBe(200)
})

test('a login is noted and unlocks nothing for others', async () => {
  await login({ login_id: anna.username, password: PASSWORD })
  expect((await userRow(server, anna)).lastlogin).toBeGreaterThan(Date.now() - 60_000)
})

test('a wrong password and an unknown name cannot be told apart', async () => {
  const compare = vi.spyOn(bcrypt, 'compare')
  const wrong = await login({ login_id: anna.username, password: 'wrong' })
  const unknown = await login({ login_id: 'nobody.here', password: 'wrong' })
  expect([wrong.status, wrong.body.id]).toEqual(MASKED)
  expect([unknown.status, unknown.body.id]).toEqual(MASKED)
  expect(unknown.body.message).toBe(wrong.body.message)
  expect(compare).toHaveBeenCalledTimes(2)
  expect(compare.mock.calls[1]![1]).toMatch(/^\$2a\$10\$/)
})

test('the general error names the ways to sign in that are switched on', async () => {
  const idWith = async (settings: object) => {
    await server.app.config.patch(settings)
    return (await login({ login_id: 'nobody', password: 'x' })).body.id
  }
  expect(await idWith({ EmailSettings: { EnableSignInWithEmail: false } })).toMatch(/credentials_username$/)
  const email = { EmailSettings: { EnableSignInWithEmail: true, EnableSignInWithUsername: false } }
  expect(await idWith(email)).toMatch(/credentials_email$/)
  expect(await idWith({ GitLabSettings: { Enable: true } })).toMatch(/credentials_sso$/)
})

test('a way that is switched off does not sign in', async () => {
  await server.app.config.patch({ EmailSettings: { EnableSignInWithUsername: false } })
  expect((await login({ login_id: anna.username, password: PASSWORD })).status).toBe(401)
  await server.app.config.patch({ EmailSettings: { EnableSignInWithUsername: true, EnableSignInWithEmail: false } })
  expect((await login({ login_id: `${anna.username}@example.com`, password: PASSWORD })).status).toBe(401)
  expect((await login({ login_id: anna.username, password: PASSWORD })).status).toBe(200)
})

test('closed accounts, bots and accounts of other servers are told so', async () => {
  const closed = await withPassword(server, await server.make.user(), { deleteat: 5 })
  const bot = await withPassword(server, await server.make.user({ bot: true }))
  const remote = await withPassword(server, await server.make.user(), { remoteid: newToken(26) })
  const ids = []
  for (const person of [closed, bot, remote]) {
    const { status, body } = await login({ login_id: person.username, password: PASSWORD })
    ids.push([status, body.id])
  }
  expect(ids).toEqual([
    [401, 'api.user.login.inactive.app_error'],
    [401, 'api.user.login.bot_login_forbidden.app_error'],
    [401, 'api.user.login.remote_users.login.error'],
  ])
})

test('an account of a sign-in service has no password to sign in with', async () => {
  const sso = await withPassword(server, await server.make.user(), { authservice: 'gitlab', authdata: '77' })
  const { status, body } = await login({ login_id: sso.username, password: PASSWORD })
  expect([status, body.id]).toEqual(MASKED)
})

test('guests sign in only while guest accounts are on', async () => {
  // Switching them off deactivates the guests that there are, in the background; the other one comes later.
  await server.app.config.patch({ GuestAccountsSettings: { Enable: true } })
  const former = await server.make.guest()
  await server.app.config.patch({ GuestAccountsSettings: { Enable: false } })
  await expect.poll(async () => (await server.as(former).get('/users/me')).status).toBe(401)
  const guest = await withPassword(server, await server.make.guest())
  expect((await login({ login_id: guest.username, password: PASSWORD })).status).toBe(401)
  await server.app.config.patch({ GuestAccountsSettings: { Enable: true } })
  expect((await login({ login_id: guest.username, password: PASSWORD })).status).toBe(200)
})

test('an unconfirmed address is named only to who knows the password', async () => {
  const fresh = await withPassword(server, await server.make.user(), { emailverified: false })
  await server.app.config.patch({ EmailSettings: { RequireEmailVerification: true } })
  const right = await login({ login_id: fresh.username, password: PASSWORD })
  expect([right.status, right.body.id]).toEqual([401, 'api.user.login.not_verified.app_error'])
  const wrong = await login({ login_id: fresh.username, password: 'wrong' })
  expect([wrong.status, wrong.body.id]).toEqual(MASKED)
})

test('an account is locked after too many wrong passwords, also when they come at once', async () => {
  const person = await withPassword(server, await server.make.user())
  await server.app.config.patch({ ServiceSettings: { MaximumLoginAttempts: 3 } })
  const compare = vi.spyOn(bcrypt, 'compare')
  await Promise.all(['a', 'b', 'c', 'd', 'e', 'f'].map((password) => login({ login_id: person.username, password })))
  expect(compare).toHaveBeenCalledTimes(3)
  const locked = await login({ login_id: person.username, password: PASSWORD })
  expect([locked.status, locked.body.id]).toEqual([401, 'api.user.check_user_login_attempts.too_many.app_error'])
  await changeUser(server, person, { failedattempts: 2 })
  expect((await login({ login_id: person.username, password: PASSWORD })).status).toBe(200)
  expect((await userRow(server, person)).failedattempts).toBe(0)
  await server.app.config.patch({ ServiceSettings: { MaximumLoginAttempts: 10 } })
})

test('passwords that cannot be right cost no hashing', async () => {
  const compare = vi.spyOn(bcrypt, 'compare')
  const blank = await login({ login_id: anna.username, password: '' })
  expect([blank.status, blank.body.id]).toEqual([400, 'api.user.login.blank_pwd.app_error'])
  expect((await login({ login_id: anna.username, password: 'x'.repeat(200_000) })).status).toBe(401)
  expect((await login({ login_id: anna.username, password: 'x'.repeat(1_000_000) })).status).toBe(413)
  expect(compare).not.toHaveBeenCalled()
  await changeUser(server, anna, { failedattempts: 0 })
})

test.each([{ login_id: {}, password: 'x' }, { login_id: 'a', password: 5 }, { login_id: 'a', password: ['x'] }, [], 5])(
  'values that are no strings are refused: %j',
  async (body) => {
    expect((await login(body as object)).status).toBe(400)
  },
)

test('LDAP only, without LDAP, signs nobody in', async () => {
  const answer = await login({ login_id: anna.username, password: PASSWORD, ldap_only: 'true' })
  expect([answer.status, answer.body.id]).toEqual(MASKED)
})

test('a hash of a newer server is replaced by one that 10.11 can read', async () => {
  const salt = Buffer.from('0123456789abcdef')
  const b64 = (bytes: Buffer) => bytes.toString('base64').replace(/=+$/, '')
  const derived = pbkdf2Sync(PASSWORD, salt, 1000, 32, 'sha256')
  const password = `$pbkdf2$f=SHA256,w=1000,l=32$${b64(salt)}$${b64(derived)}`
  const person = await withPassword(server, await server.make.user(), { password })
  expect((await login({ login_id: person.username, password: PASSWORD })).status).toBe(200)
  const rewritten = (await userRow(server, person)).password!
  expect(rewritten).toMatch(/^\$2a\$10\$/)
  expect((await login({ login_id: person.username, password: PASSWORD })).status).toBe(200)
  expect((await userRow(server, person)).password).toBe(rewritten)
})

test('the session knows its client, and a device has one session', async () => {
  const person = await withPassword(server, await server.make.user())
  const agent = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/120.0.1.2 Safari/537.36'
  await login({ login_id: person.username, password: PASSWORD }, { 'User-Agent': agent })
  const first = await login({ login_id: person.username, password: PASSWORD, device_id: 'apple_rn:abc' })
  await login({ login_id: person.username, password: PASSWORD, device_id: 'apple_rn:abc' })
  expect((await server.as({ token: first.headers.get('token')! }).get(`/users/${person.id}/sessions`)).status).toBe(401)
  const { body } = await server.as(person).get(`/users/${person.id}/sessions`)
  expect(body.filter((one: ListedSession) => one.device_id === 'apple_rn:abc')).toHaveLength(1)
  expect(body.find((one: ListedSession) => one.device_id).props).toMatchObject({ isMobile: 'true' })
  const web = { platform: 'Windows', os: 'Windows', browser: 'Chrome/120.0.1.2', isMobile: 'false' }
  expect(body.some((one: ListedSession) => one.props.browser === web.browser)).toBe(true)
  expect(body.find((one: ListedSession) => one.props.browser === web.browser).props).toMatchObject(web)
})

test('a device id that the table cannot hold is refused', async () => {
  const body = { login_id: anna.username, password: PASSWORD, device_id: 'a'.repeat(513) }
  expect((await login(body)).status).toBe(400)
})

test('logging out ends the session, and works without one', async () => {
  const token = (await login({ login_id: anna.username, password: PASSWORD })).headers.get('token')!
  const out = await server.as({ token }).post('/users/logout')
  expect([out.status, out.headers.get('set-cookie')]).toEqual([200, expect.stringMatching(/^MMAUTHTOKEN=; Path=\/;/)])
  expect((await server.as({ token }).get(`/users/${anna.id}/sessions`)).status).toBe(401)
  expect((await server.as({ token }).post('/users/logout')).status).toBe(200)
})

test('the own limit of the login route holds while rate limiting is on', async () => {
  const config = { RateLimitSettings: { Enable: true, PerSec: 1000, MaxBurst: 1000 } }
  const limited = await TestServer.start({ config })
  const attempts = Array.from({ length: 40 }, () => limited.as().post('/users/login', { login_id: 'a', password: '' }))
  const statuses = (await Promise.all(attempts)).map((one) => one.status)
  expect(statuses.filter((status) => status === 400).length).toBeGreaterThanOrEqual(10)
  expect(statuses).toContain(429)
  await limited.stop()
})

test('what this server does not offer says so', async () => {
  const type = await server.as().post('/users/login/type', { login_id: anna.username })
  expect([type.status, type.body]).toEqual([404, ''])
  const exchange = await server.as().post('/users/login/sso/code-exchange', {})
  expect([exchange.status, exchange.headers.get('deprecation')]).toEqual([410, 'true'])
  expect((await server.as().post('/users/login/cws', 'a=b')).status).toBe(401)
  const admin = await server.make.admin()
  for (const service of ['ldap', 'saml']) {
    expect((await server.as(anna).post(`/users/migrate_auth/${service}`, {})).status).toBe(403)
    expect((await server.as(admin).post(`/users/migrate_auth/${service}`, {})).status).toBe(501)
  }
})
