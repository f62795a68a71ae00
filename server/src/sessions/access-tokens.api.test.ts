import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Person } from '../../../testkit/builders.ts'
import { TestServer } from '../../../testkit/server.ts'
import { newId } from '../ids.ts'

let server: TestServer
let anna: Person
let ben: Person
let admin: Person
let holder: Person

/** Roles that hold the rights for personal access tokens. */
const HOLDER = 'system_user system_user_access_token'

beforeAll(async () => {
  server = await TestServer.start({ config: { ServiceSettings: { EnableUserAccessTokens: true } } })
  const { make } = server
  ;[anna, ben, admin, holder] = await Promise.all([
    make.user({ roles: HOLDER }),
    make.user(),
    make.admin(),
    make.user({ roles: HOLDER }),
  ])
})
afterAll(() => server.stop())

async function tokenOf(person: Person, by: Person = person, description = 'for tests') {
  const { status, body } = await server.as(by).post(`/users/${person.id}/tokens`, { description })
  expect(status).toBe(200)
  return body as { id: string; token: string; user_id: string; description: string; is_active: boolean }
}
const works = async (token: string) => (await server.as({ token }).get('/users/me/sessions')).status === 200
const sessionsWith = (token: string) =>
  server.app.db.selectFrom('sessions').selectAll().where('token', '=', token).execute()

test('the secret is in the answer to the creation and nowhere else', async () => {
  const made = await tokenOf(anna)
  expect(made).toEqual({ ...made, user_id: anna.id, description: 'for tests', is_active: true })
  expect(made.token).toMatch(/^[a-z0-9]{26}$/)
  const { token: _, ...rest } = made
  expect((await server.as(anna).get(`/users/tokens/${made.id}`)).body).toEqual(rest)
  expect((await server.as(anna).get('/users/me/tokens')).body).toContainEqual(rest)
  const all = (await server.as(admin).get('/users/tokens?per_page=200')).body
  expect(all).toContainEqual(rest)
  const found = (await server.as(admin).post('/users/tokens/search', { term: anna.username })).body
  expect(found).toContainEqual(rest)
  expect(JSON.stringify([all, found])).not.toContain(made.token)
})

test('a token is its owner, and its session is made once', async () => {
  const { id, token } = await tokenOf(anna)
  expect(await Promise.all([works(token), works(token), works(token)])).toEqual([true, true, true])
  const rows = await sessionsWith(token)
  expect(rows).toHaveLength(1)
  expect(rows[0]!.props).toMatchObject({ type: 'UserAccessToken', user_access_token_id: id })
  expect(rows[0]!.expiresat! - Date.now()).toBeGreaterThan(90 * 365 * 86_400_000)
})

test.each(['disable', 'revoke'])('%s ends it at once, with its sockets', async (how) => {
  const { id, token } = await tokenOf(anna)
  const socket = await server.socket({ token })
  const closed = new Promise((resolve) => socket.socket.once('close', resolve))
  expect((await server.as(anna).post(`/users/tokens/${how}`, { token_id: id })).status).toBe(200)
  await closed
  expect(await works(token)).toBe(false)
  expect(await sessionsWith(token)).toEqual([])
  const left = await server.as(anna).get(`/users/tokens/${id}`)
  expect(left.status).toBe(how === 'revoke' ? 404 : 200)
  const enabled = await server.as(anna).post('/users/tokens/enable', { token_id: id })
  expect(enabled.status).toBe(how === 'revoke' ? 404 : 200)
  expect(await works(token)).toBe(how === 'disable')
})

test('logging out with one does not end it', async () => {
  const { token } = await tokenOf(anna)
  await server.as({ token }).post('/users/logout')
  expect(await works(token)).toBe(true)
})

test('people without the right make none, and the right is for oneself', async () => {
  const by = async (person: Person, target: Person) =>
    (await server.as(person).post(`/users/${target.id}/tokens`, { description: 'x' })).status
  expect(await by(ben, ben)).toBe(403)
  expect(await by(anna, ben)).toBe(403)
  expect(await by(anna, admin)).toBe(403)
  expect(await by(admin, ben)).toBe(200)
})

test("other people's tokens are out of reach", async () => {
  const { id, token } = await tokenOf(anna)
  for (const path of ['disable', 'enable', 'revoke']) {
    expect((await server.as(holder).post(`/users/tokens/${path}`, { token_id: id })).status).toBe(403)
  }
  expect((await server.as(holder).get(`/users/tokens/${id}`)).status).toBe(403)
  expect((await server.as(holder).get(`/users/${anna.id}/tokens`)).status).toBe(403)
  expect((await server.as(holder).get('/users/tokens')).status).toBe(403)
  expect((await server.as(holder).post('/users/tokens/search', { term: 'a' })).status).toBe(403)
  expect(await works(token)).toBe(true)
})

test('an OAuth application cannot make itself a token', async () => {
  await server.app.db.updateTable('sessions').set({ isoauth: true }).where('token', '=', holder.token).execute()
  await server.app.delivery.deliver([{ kind: 'session', token: holder.token, userId: holder.id }], [])
  expect((await server.as(holder).post('/users/me/tokens', { description: 'x' })).status).toBe(403)
})

test.each([[{ description: '' }], [{ description: 'x'.repeat(256) }], [{ description: {} }], [{}], [[]]])(
  'a description is needed: %j',
  async (body) => expect((await server.as(anna).post('/users/me/tokens', body)).status).toBe(400),
)

test('ids that are no ids, and tokens that are not there', async () => {
  const revoke = async (token_id: unknown) => (await server.as(anna).post('/users/tokens/revoke', { token_id })).status
  const statuses = [await revoke(''), await revoke({}), await revoke("' or 1=1"), await revoke(newId())]
  expect(statuses).toEqual([400, 400, 400, 404])
  expect((await server.as(admin).post('/users/tokens/search', { term: '' })).status).toBe(400)
  expect((await server.as(admin).post('/users/tokens/search', { term: '%' })).body).toEqual([])
})

test('tokens of a deactivated account are worthless, and come back with it', async () => {
  const { token } = await tokenOf(anna)
  expect(await works(token)).toBe(true)
  expect((await server.as(admin).put(`/users/${anna.id}/active`, { active: false })).status).toBe(200)
  expect(await works(token)).toBe(false)
  await server.as(admin).put(`/users/${anna.id}/active`, { active: true })
  expect(await works(token)).toBe(true)
})

test('while tokens are off, only those of bots work', async () => {
  const [bot, carl] = [await server.make.user({ bot: true }), await server.make.user({ roles: HOLDER })]
  const [own, botToken] = [await tokenOf(carl), await tokenOf(bot, admin)]
  expect(await works(own.token)).toBe(true)
  await server.app.config.patch({ ServiceSettings: { EnableUserAccessTokens: false } })
  expect([await works(own.token), await works(botToken.token)]).toEqual([false, true])
  expect((await server.as(carl).post('/users/me/tokens', { description: 'x' })).status).toBe(501)
  expect((await server.as(admin).post(`/users/${ben.id}/tokens`, { description: 'x' })).status).toBe(501)
  await tokenOf(bot, admin)
  await server.app.config.patch({ ServiceSettings: { EnableUserAccessTokens: true } })
})
