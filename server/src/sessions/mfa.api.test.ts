import sharp from 'sharp'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Person } from '../../../testkit/builders.ts'
import { TestServer } from '../../../testkit/server.ts'
import { changeUser, PASSWORD, userRow, withPassword } from './sessions.fixture.ts'
import { totpCode, totpStep } from './totp.ts'

let server: TestServer
let admin: Person
const login = (person: Person, token?: string) =>
  server.as().post('/users/login', { login_id: person.username, password: PASSWORD, token })

beforeAll(async () => {
  server = await TestServer.start({ config: { ServiceSettings: { EnableMultifactorAuthentication: true } } })
  admin = await server.make.admin()
})
afterAll(() => server.stop())

const codeNow = (secret: string, offset = 0) => totpCode(secret, totpStep(Date.now()) + offset)

/** A person with MFA on. The current code is used up; the next one is good too, and stays so if a step passes meanwhile. */
async function withMfa(): Promise<{ person: Person; secret: string }> {
  const person = await withPassword(server, await server.make.user())
  const secret = (await server.as(person).post('/users/me/mfa/generate')).body.secret as string
  const { status } = await server.as(person).put('/users/me/mfa', { activate: true, code: codeNow(secret) })
  expect(status).toBe(200)
  return { person, secret }
}

test('setting up: a secret with a picture, then a code switches it on and everyone is told', async () => {
  const person = await withPassword(server, await server.make.user())
  const { body, headers } = await server.as(person).post('/users/me/mfa/generate')
  expect(body.secret).toMatch(/^[A-Z2-7]{32}$/)
  expect(headers.get('cache-control')).toContain('no-store')
  const picture = await sharp(Buffer.from(body.qr_code, 'base64')).metadata()
  expect([picture.format, picture.width]).toEqual(['png', picture.height])
  expect((await login(person)).status).toBe(200)
  const socket = await server.socket(person)
  await server.as(person).put('/users/me/mfa', { activate: true, code: codeNow(body.secret) })
  const heard = await socket.heard('user_updated')
  expect(heard.data.user.mfa_active).toBe(true)
  expect(JSON.stringify(heard)).not.toContain(body.secret)
  await socket.settle()
})

test('a wrong code does not switch it on, and one is needed', async () => {
  const person = await withPassword(server, await server.make.user())
  const wrong = (code: unknown) => server.as(person).put('/users/me/mfa', { activate: true, code })
  expect((await wrong('000000')).status).toBe(401)
  await server.as(person).post('/users/me/mfa/generate')
  expect((await wrong('abc')).status).toBe(401)
  for (const bad of [undefined, '', null, 5, {}]) expect((await wrong(bad)).status).toBe(400)
  expect((await server.as(person).put('/users/me/mfa', { activate: 'true', code: '1' })).status).toBe(400)
  expect((await userRow(server, person)).mfaactive).toBe(false)
})

test('the password alone asks for a code, which works once', async () => {
  const { person, secret } = await withMfa()
  const asked = await login(person)
  expect([asked.status, asked.body.id]).toEqual([401, 'mfa.validate_token.authenticate.app_error'])
  expect((await userRow(server, person)).failedattempts).toBe(0)
  const code = codeNow(secret, 1)
  const both = await Promise.all([login(person, code), login(person, code)])
  expect(both.map((one) => one.status).toSorted((a, b) => a - b)).toEqual([200, 401])
  const again = await login(person, code)
  expect([again.status, again.body.id]).toEqual([401, 'api.user.check_user_mfa.bad_code.app_error'])
})

test('the code that switched it on is used up', async () => {
  const person = await withPassword(server, await server.make.user())
  const { secret } = (await server.as(person).post('/users/me/mfa/generate')).body
  const code = codeNow(secret)
  await server.as(person).put('/users/me/mfa', { activate: true, code })
  expect((await login(person, code)).status).toBe(401)
  expect((await userRow(server, person)).mfausedtimestamps).toEqual([expect.stringMatching(/^\d+$/)])
})

test('wrong codes cost attempts, and without the right password nobody learns of the second step', async () => {
  const { person } = await withMfa()
  await login(person, '000000')
  await login(person, 'nonsense')
  expect((await userRow(server, person)).failedattempts).toBe(2)
  const body = { login_id: person.username, password: 'wrong', token: '123456' }
  const wrong = await server.as().post('/users/login', body)
  expect(wrong.body.id).toBe('api.user.login.invalid_credentials_email_username')
})

test('only the owner and who may edit him changes it; administrators switch it off', async () => {
  const { person } = await withMfa()
  const other = await server.make.user()
  expect((await server.as(other).put(`/users/${person.id}/mfa`, { activate: false })).status).toBe(403)
  expect((await server.as(other).post(`/users/${person.id}/mfa/generate`)).status).toBe(403)
  expect((await server.as(admin).put(`/users/${person.id}/mfa`, { activate: false })).status).toBe(200)
  expect(await userRow(server, person)).toMatchObject({ mfaactive: false, mfasecret: '' })
  expect((await login(person)).status).toBe(200)
})

test('accounts of a sign-in service set it up there', async () => {
  const sso = await server.make.user()
  await changeUser(server, sso, { authservice: 'gitlab', authdata: '55' })
  const { status, body } = await server.as(sso).post('/users/me/mfa/generate')
  expect([status, body.id]).toEqual([400, 'api.user.activate_mfa.email_and_ldap_only.app_error'])
})

test('switched off on the server, it can be removed but not set up or passed', async () => {
  const { person } = await withMfa()
  await server.app.config.patch({ ServiceSettings: { EnableMultifactorAuthentication: false } })
  expect((await server.as(person).post('/users/me/mfa/generate')).status).toBe(501)
  expect((await server.as(person).put('/users/me/mfa', { activate: true, code: '123456' })).status).toBe(501)
  expect((await login(person)).status).toBe(401)
  expect((await server.as(person).put('/users/me/mfa', { activate: false })).status).toBe(200)
  expect((await login(person)).status).toBe(200)
  await server.app.config.patch({ ServiceSettings: { EnableMultifactorAuthentication: true } })
})

test('while it is enforced, an account without it can only set it up', async () => {
  const { make } = server
  const [person, bot] = await Promise.all([make.user(), make.user({ bot: true })])
  const team = await make.team([person, bot])
  const before = await server.socket(person)
  await server.app.config.patch({ ServiceSettings: { EnforceMultifactorAuthentication: true } })
  const blocked = await server.as(person).get('/users/me/sessions')
  expect([blocked.status, blocked.body.id]).toEqual([403, 'api.context.mfa_required.app_error'])
  expect((await server.as(bot).get('/users/me/sessions')).status).toBe(200)
  // Open sockets follow the configuration in the background.
  await expect.poll(() => before.request('ping')).toMatchObject({ status: 'FAIL' })
  await server.as(bot).post('/posts', { channel_id: team.townSquare, message: 'not for you yet' })
  expect(await before.request('ping')).toMatchObject({ status: 'FAIL' })
  expect(before.named('posted')).toEqual([])
  const { secret } = (await server.as(person).post('/users/me/mfa/generate')).body
  await server.as(person).put('/users/me/mfa', { activate: true, code: codeNow(secret) })
  expect((await server.as(person).get('/users/me/sessions')).status).toBe(200)
  expect(await before.request('ping')).toMatchObject({ status: 'OK' })
  await server.app.config.patch({ ServiceSettings: { EnforceMultifactorAuthentication: false } })
  await server.as(bot).post('/posts', { channel_id: team.townSquare, message: 'now' })
  await before.heard('posted')
})
