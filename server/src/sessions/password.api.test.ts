import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import type { Person } from '../../../testkit/builders.ts'
import { TestServer } from '../../../testkit/server.ts'
import { newToken } from '../ids.ts'
import { hashPassword } from '../users/passwords.ts'
import { createSession } from './create-session.ts'
import { sendVerification } from './mail-links.ts'
import { changeUser, PASSWORD, userRow, withPassword, withPermissions } from './sessions.fixture.ts'

const NEXT = 'another horse 7'
let server: TestServer
let admin: Person
let manager: Person

beforeAll(async () => {
  server = await TestServer.start({ config: { ServiceSettings: { TerminateSessionsOnPasswordChange: true } } })
  admin = await withPassword(server, await server.make.admin())
  manager = await withPermissions(server, 'sysconsole_write_user_management_users')
})
afterEach(() =>
  server.app.config.patch({
    ServiceSettings: { TerminateSessionsOnPasswordChange: true, ExperimentalEnableAuthenticationTransfer: true },
  }),
)
afterAll(() => server.stop())

const person = async () => withPassword(server, await server.make.user())
const signsIn = async (who: Person, password: string) =>
  (await server.as().post('/users/login', { login_id: who.username, password })).status === 200
const alive = async (token: string) => (await server.as({ token }).get('/users/me/sessions')).status === 200
const change = (by: Person, of: Person, body: object) => server.as(by).put(`/users/${of.id}/password`, body)
const mailTokens = async (type: string, who: { id: string }) =>
  server.app.db
    .selectFrom('tokens')
    .selectAll()
    .where('type', '=', type)
    .where('extra', 'like', `%${who.id}%`)
    .execute()

test('a person who knows his password changes it; other sessions end', async () => {
  const anna = await person()
  const other = await server.app.unitOfWork((tx) => createSession(server.app, tx, anna.id))
  const body = { current_password: PASSWORD, new_password: NEXT }
  expect((await change(anna, anna, body)).status).toBe(200)
  expect([await signsIn(anna, PASSWORD), await signsIn(anna, NEXT)]).toEqual([false, true])
  expect([await alive(anna.token), await alive(other.token)]).toEqual([true, false])
})

test('sessions stay where the configuration says so', async () => {
  await server.app.config.patch({ ServiceSettings: { TerminateSessionsOnPasswordChange: false } })
  const anna = await person()
  const other = await server.app.unitOfWork((tx) => createSession(server.app, tx, anna.id))
  await change(anna, anna, { current_password: PASSWORD, new_password: NEXT })
  expect(await alive(other.token)).toBe(true)
})

test('who does not know the current password changes nothing, and is locked out in time', async () => {
  const anna = await person()
  await server.app.config.patch({ ServiceSettings: { MaximumLoginAttempts: 2 } })
  const wrong = await change(anna, anna, { current_password: 'wrong', new_password: NEXT })
  expect([wrong.status, wrong.body.id]).toEqual([400, 'api.user.update_password.incorrect.app_error'])
  expect((await change(anna, anna, { new_password: NEXT })).status).toBe(400)
  await change(anna, anna, { current_password: 'wrong', new_password: NEXT })
  const locked = await change(anna, anna, { current_password: PASSWORD, new_password: NEXT })
  expect(locked.body.id).toBe('api.user.check_user_login_attempts.too_many.app_error')
  await server.app.config.patch({ ServiceSettings: { MaximumLoginAttempts: 10 } })
  expect(await signsIn(anna, PASSWORD)).toBe(true)
})

test.each([
  ['short', { current_password: PASSWORD, new_password: 'short' }],
  ['longer than bcrypt reads', { current_password: PASSWORD, new_password: 'x'.repeat(73) }],
  ['no text', { current_password: PASSWORD, new_password: { length: 20 } }],
  ['missing', { current_password: PASSWORD }],
])('a new password that is %s is refused', async (_, body) => {
  const anna = await person()
  expect((await change(anna, anna, body)).status).toBe(400)
  expect(await alive(anna.token)).toBe(true)
})

test("managers set people's passwords, but not administrators'", async () => {
  const anna = await person()
  const outsider = await server.make.user()
  expect((await change(outsider, anna, { new_password: NEXT })).status).toBe(403)
  expect((await change(manager, admin, { new_password: NEXT })).status).toBe(403)
  expect((await change(manager, anna, { new_password: NEXT })).status).toBe(200)
  expect([await alive(anna.token), await signsIn(anna, NEXT)]).toEqual([false, true])
  expect(await signsIn(admin, PASSWORD)).toBe(true)
})

test('only administrators carry over a hash, and only a hash', async () => {
  const anna = await person()
  const hashed = { new_password: await hashPassword(NEXT), already_hashed: true }
  expect((await change(manager, anna, hashed)).status).toBe(403)
  expect((await change(anna, anna, hashed)).status).toBe(403)
  for (const bad of ['plain text', hashed.new_password.replace('$10$', '$31$')]) {
    expect((await change(admin, anna, { new_password: bad, already_hashed: 'true' })).status).toBe(400)
  }
  expect((await change(admin, anna, hashed)).status).toBe(200)
  expect(await signsIn(anna, NEXT)).toBe(true)
})

test('a reset link: asked for by a stranger, kept in the table, used once', async () => {
  const anna = await person()
  await changeUser(server, anna, { failedattempts: 10 })
  const ask = () => server.as().post('/users/password/reset/send', { email: `${anna.username}@Example.com` })
  expect((await ask()).status).toBe(200)
  const [old] = await mailTokens('password_recovery', anna)
  await ask()
  const [row, ...more] = await mailTokens('password_recovery', anna)
  expect(more).toEqual([])
  expect(JSON.parse(row!.extra!)).toEqual({ UserId: anna.id, Email: `${anna.username}@example.com` })
  const reset = (token: unknown, new_password: unknown = NEXT) =>
    server.as().post('/users/password/reset', { token, new_password })
  expect((await reset(old!.token)).body.id).toBe('api.user.reset_password.invalid_link.app_error')
  expect((await reset(row!.token, 'short')).status).toBe(400)
  expect((await reset(row!.token)).status).toBe(200)
  expect([await signsIn(anna, NEXT), await alive(anna.token)]).toEqual([true, false])
  expect((await reset(row!.token)).status).toBe(400)
  for (const bad of ['', 'short', newToken(64), {}, null]) expect((await reset(bad)).status).toBe(400)
})

test('strangers learn nothing about who has an account', async () => {
  const sso = await server.make.user()
  await changeUser(server, sso, { authservice: 'gitlab', authdata: '99' })
  const closed = await withPassword(server, await server.make.user(), { deleteat: 7 })
  for (const name of [sso.username, closed.username, 'nobody']) {
    for (const path of ['password/reset/send', 'email/verify/send']) {
      const { status, body } = await server.as().post(`/users/${path}`, { email: `${name}@example.com` })
      expect([status, body]).toEqual([200, { status: 'OK' }])
    }
  }
  for (const who of [sso, closed]) expect(await mailTokens('password_recovery', who)).toEqual([])
  for (const email of ['', {}, null, 5]) {
    expect((await server.as().post('/users/password/reset/send', { email })).status).toBe(400)
  }
})

test('a reset link ends with its day, and with the address it went to', async () => {
  const [late, moved] = [await person(), await person()]
  for (const who of [late, moved]) {
    await server.as().post('/users/password/reset/send', { email: `${who.username}@example.com` })
  }
  const token = async (who: Person) => (await mailTokens('password_recovery', who))[0]!.token
  const old = { createat: Date.now() - 24 * 3600_000 - 1000 }
  await server.app.db
    .updateTable('tokens')
    .set(old)
    .where('token', '=', await token(late))
    .execute()
  await changeUser(server, moved, { email: `${moved.username}@elsewhere.example` })
  for (const who of [late, moved]) {
    const body = { token: await token(who), new_password: NEXT }
    const { status, body: error } = await server.as().post('/users/password/reset', body)
    expect([status, error.id]).toEqual([400, 'api.user.reset_password.link_expired.app_error'])
  }
})

test('a changed password ends links that were asked for before', async () => {
  const anna = await person()
  await server.as().post('/users/password/reset/send', { email: `${anna.username}@example.com` })
  await change(anna, anna, { current_password: PASSWORD, new_password: NEXT })
  expect(await mailTokens('password_recovery', anna)).toEqual([])
})

test('an address is verified by the link sent there; a reset link is not one', async () => {
  const anna = await person()
  const email = `${anna.username}@example.com`
  await server.as().post('/users/email/verify/send', { email })
  await changeUser(server, anna, { emailverified: false })
  expect(await mailTokens('verify_email', anna)).toEqual([])
  await server.as().post('/users/email/verify/send', { email })
  await server.as().post('/users/password/reset/send', { email })
  const verify = (token: unknown) => server.as().post('/users/email/verify', { token })
  const [reset] = await mailTokens('password_recovery', anna)
  expect((await verify(reset!.token)).status).toBe(400)
  const [row] = await mailTokens('verify_email', anna)
  const socket = await server.socket(anna)
  expect((await verify(row!.token)).status).toBe(200)
  expect((await socket.heard('user_updated')).data.user.email_verified).toBe(true)
  const again = await verify(row!.token)
  expect([again.status, again.body.id]).toEqual([400, 'api.user.verify_email.bad_link.app_error'])
  for (const bad of ['', 'short', {}, null]) expect((await verify(bad)).status).toBe(400)
  await socket.settle()
})

test('a new address takes effect when it is verified, unless somebody has it by then', async () => {
  const [anna, ben] = [await person(), await person()]
  const send = async (email: string) => {
    await sendVerification(server.app, anna.id, email)
    const [row] = await mailTokens('verify_email', anna)
    return server.as().post('/users/email/verify', { token: row!.token })
  }
  expect((await send('anna.new@example.com')).status).toBe(200)
  expect(await userRow(server, anna)).toMatchObject({ email: 'anna.new@example.com', emailverified: true })
  const taken = await send(`${ben.username}@example.com`)
  expect([taken.status, taken.body.id]).toEqual([400, 'app.user.save.email_exists.app_error'])
})

test('an account of a service gets a password by its owner, who signs in anew', async () => {
  const anna = await server.make.user()
  await changeUser(server, anna, { authservice: 'gitlab', authdata: '4711' })
  const email = `${anna.username}@example.com`
  const request = { current_service: 'gitlab', new_service: 'email', email, new_password: NEXT }
  const stranger = await server.make.user()
  for (const by of [undefined, stranger]) {
    expect((await server.as(by).post('/users/login/switch', request)).status).toBe(403)
  }
  expect((await server.as(anna).post('/users/login/switch', { ...request, new_password: 'short' })).status).toBe(400)
  const done = await server.as(anna).post('/users/login/switch', request)
  expect([done.status, done.body]).toEqual([200, { follow_link: '/login?extra=signin_change' }])
  expect(await userRow(server, anna)).toMatchObject({ authservice: '', authdata: null })
  expect([await alive(anna.token), await signsIn(anna, NEXT)]).toEqual([false, true])
})

test('going over to a service needs the password, and a service that is on', async () => {
  const anna = await person()
  const request = { current_service: 'email', new_service: 'gitlab', email: `${anna.username}@example.com` }
  const to = (body: object) => server.as().post('/users/login/switch', { ...request, ...body })
  expect((await to({ password: 'wrong' })).body.id).toBe('api.user.check_user_password.invalid.app_error')
  expect((await to({ password: 'wrong', email: 'nobody@example.com' })).body.id).toBe(
    'api.user.check_user_password.invalid.app_error',
  )
  expect((await to({ password: PASSWORD })).body.id).toBe('api.user.authorize_oauth_user.unsupported.app_error')
  expect((await to({ password: PASSWORD, new_service: 'ldap' })).status).toBe(501)
  expect((await to({ password: PASSWORD, new_service: 'elsewhere' })).status).toBe(400)
  expect((await to({ password: PASSWORD, new_service: {} })).status).toBe(400)
  await server.app.config.patch({ ServiceSettings: { ExperimentalEnableAuthenticationTransfer: false } })
  expect((await to({ password: PASSWORD })).status).toBe(403)
})
