import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import type { Person } from '../../../testkit/builders.ts'
import { TestServer } from '../../../testkit/server.ts'
import { cookiesOf, PASSWORD, withPassword } from './sessions.fixture.ts'

let server: TestServer
let anna: Person
const BROWSER = { 'X-Requested-With': 'XMLHttpRequest' }
const signIn = (headers: Record<string, string> = {}) =>
  server.as().post('/users/login', { login_id: anna.username, password: PASSWORD }, { ...BROWSER, ...headers })

/** A fresh session as a browser holds it. */
async function browser(): Promise<{ cookie: string; csrf: string; token: string }> {
  const { headers } = await signIn()
  const jar = cookiesOf(headers)
  const cookie = [...jar].map(([name, { value }]) => `${name}=${value}`).join('; ')
  return { cookie, csrf: jar.get('MMCSRF')!.value, token: headers.get('token')! }
}
const device = (headers: Record<string, string>) => server.as().put('/users/sessions/device', {}, headers)

beforeAll(async () => {
  server = await TestServer.start({ config: { ServiceSettings: { SessionLengthWebInHours: 720 } } })
  anna = await withPassword(server, await server.make.user())
})
afterEach(() =>
  server.app.config.patch({
    ServiceSettings: { SiteURL: '', AllowCookiesForSubdomains: false, ExperimentalStrictCSRFEnforcement: false },
  }),
)
afterAll(() => server.stop())

test('a page that signs in gets three cookies, of which scripts cannot read the token', async () => {
  const { headers } = await signIn()
  const jar = cookiesOf(headers)
  expect([...jar.keys()]).toEqual(['MMAUTHTOKEN', 'MMUSERID', 'MMCSRF'])
  expect(jar.get('MMAUTHTOKEN')!.value).toBe(headers.get('token'))
  expect(jar.get('MMUSERID')!.value).toBe(anna.id)
  expect(jar.get('MMCSRF')!.value).toMatch(/^[a-z0-9]{26}$/)
  const flags = [...jar.values()].map((cookie) => cookie.flags.replace(/Expires=[^;]+; /, ''))
  expect(flags).toEqual(['Path=/; Max-Age=2592000; HttpOnly', 'Path=/; Max-Age=2592000', 'Path=/; Max-Age=2592000'])
})

test.each([
  ['behind TLS', { 'X-Forwarded-Proto': 'https' }, /; Secure(?!.*SameSite)/],
  ['behind TLS of two proxies', { 'X-Forwarded-Proto': 'HTTPS, http' }, /; Secure/],
  ['embedded behind TLS', { 'X-Forwarded-Proto': 'https', Cookie: 'MMEMBED=1' }, /; Secure; SameSite=None/],
  ['embedded without TLS', { Cookie: 'MMEMBED=1' }, /^(?!.*(?:Secure|SameSite))/],
])('%s', async (_, headers, flags) => {
  const jar = cookiesOf((await signIn(headers as Record<string, string>)).headers)
  for (const cookie of jar.values()) expect(cookie.flags).toMatch(flags)
})

test('cookies follow the address of the site, also when they are taken away', async () => {
  const ServiceSettings = { SiteURL: 'https://chat.example.com/team/', AllowCookiesForSubdomains: true }
  await server.app.config.patch({ ServiceSettings })
  const scope = /Path=\/team; Domain=chat\.example\.com; /
  const jar = cookiesOf((await signIn()).headers)
  for (const cookie of jar.values()) expect(cookie.flags).toMatch(scope)
  const out = cookiesOf((await server.as().post('/users/logout')).headers).get('MMAUTHTOKEN')!
  expect(out).toEqual({ value: '', flags: expect.stringMatching(scope) })
  expect(out.flags).toContain('Max-Age=0')
})

test('a cookie alone changes nothing: another site could have made the browser send it', async () => {
  const { cookie } = await browser()
  const { status, body, headers } = await device({ Cookie: cookie })
  expect([status, body.id]).toEqual([401, 'api.context.session_expired.app_error'])
  expect(cookiesOf(headers).get('MMAUTHTOKEN')).toEqual({ value: '', flags: expect.stringContaining('Max-Age=0') })
  const logout = await server.as().post('/users/logout', undefined, { Cookie: cookie })
  expect(logout.status).toBe(401)
})

test('reading needs no proof', async () => {
  const { cookie } = await browser()
  expect((await server.as().get('/users/me/sessions', { Cookie: cookie })).status).toBe(200)
})

test('proofs: the token of the session, or a header that other sites cannot send', async () => {
  const { cookie, csrf } = await browser()
  expect((await device({ Cookie: cookie, 'X-CSRF-Token': csrf })).status).toBe(200)
  expect((await device({ Cookie: cookie, ...BROWSER })).status).toBe(200)
  expect((await device({ Cookie: cookie, 'X-CSRF-Token': 'guess' })).status).toBe(401)
  expect((await device({ Cookie: cookie, 'X-CSRF-Token': '' })).status).toBe(401)
})

test('in strict mode only the token of the session is a proof', async () => {
  await server.app.config.patch({ ServiceSettings: { ExperimentalStrictCSRFEnforcement: true } })
  const { cookie, csrf } = await browser()
  expect((await device({ Cookie: cookie, ...BROWSER })).status).toBe(401)
  expect((await device({ Cookie: cookie, 'X-CSRF-Token': csrf })).status).toBe(200)
})

test('tokens in a header need no proof, whatever the case of the scheme', async () => {
  const { token } = await browser()
  for (const scheme of ['Bearer', 'bearer', 'BEARER', 'token', 'Token']) {
    expect((await device({ Authorization: `${scheme} ${token}` })).status).toBe(200)
  }
  for (const bad of [token, `Basic ${token}`, `Bearer${token}`]) {
    expect((await device({ Authorization: bad })).status).toBe(401)
  }
})

test('the cookie wins over the header', async () => {
  const { cookie, token } = await browser()
  const stale = cookie.replace(token, 'x'.repeat(26))
  const { status } = await device({ Cookie: stale, Authorization: `Bearer ${token}`, ...BROWSER })
  expect(status).toBe(401)
})

test('a token in the address is for OAuth applications alone', async () => {
  const { token } = await browser()
  const own = await server.as().get(`/users/me/sessions?access_token=${token}`)
  expect([own.status, own.body.id]).toEqual([401, 'api.context.token_provided.app_error'])
  await server.app.db.updateTable('sessions').set({ isoauth: true }).where('token', '=', token).execute()
  await server.app.delivery.deliver([{ kind: 'session', token, userId: anna.id }], [])
  expect((await server.as().get(`/users/me/sessions?access_token=${token}`)).status).toBe(200)
})
