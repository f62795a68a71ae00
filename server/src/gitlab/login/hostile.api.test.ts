import { afterAll, beforeAll, expect, test } from 'vitest'
import { Browser } from '../../../../testkit/gitlab/browser.ts'
import { PASSWORD, userRow, withPassword } from '../../sessions/sessions.fixture.ts'
import { errorOf, newBrowser, rowOf, sessionOf, signIn, startWorld, upToCallback } from './gitlab-login.fixture.ts'
import type { World } from './gitlab-login.fixture.ts'

const INVALID_STATE = { id: 'api.user.authorize_oauth_user.invalid_state.app_error', status: 400 }
const USED = { id: 'api.oauth.invalid_state_token.app_error', status: 400 }
const REFUSED_CODE = { id: 'api.user.authorize_oauth_user.bad_response.app_error', status: 500 }
let world: World
beforeAll(async () => {
  world = await startWorld()
  await world.server.make.admin()
  for (const username of ['victim', 'mallory']) await world.gitlab.addUser({ username })
})
afterAll(() => world.stop())

/** The callback address with other query parameters. */
function changed(back: string, params: Record<string, string>): string {
  const url = new URL(back)
  for (const [name, value] of Object.entries(params)) url.searchParams.set(name, value)
  return url.href
}

const stateOf = (back: string): Record<string, string> =>
  JSON.parse(Buffer.from(new URL(back).searchParams.get('state')!, 'base64').toString())
const asState = (state: unknown): string => Buffer.from(JSON.stringify(state)).toString('base64')

test('a callback works once, also for its owner, and also when it comes twice at the same time', async () => {
  const browser = newBrowser(world.server)
  const back = await upToCallback(world, browser, { username: 'victim' })
  const cookie = browser.cookie(world.server.url, 'MMOAUTH')!
  const both = await Promise.all([browser.request(back), browser.request(back)])
  expect(both.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([307, 400])
  browser.setCookie(world.server.url, 'MMOAUTH', cookie)
  expect(await errorOf(browser, back)).toEqual(USED)
  // The code with a new state of his own: GitLab knows that it was used.
  const next = await upToCallback(world, browser, { username: 'victim' })
  const code = new URL(back).searchParams.get('code')!
  expect(await errorOf(browser, changed(next, { code }))).toEqual(REFUSED_CODE)
})

test('an attacker cannot sign a victim in to his own account, nor finish a victim’s sign-in', async () => {
  const mallory = newBrowser(world.server)
  const bait = await upToCallback(world, mallory, { username: 'mallory' })
  expect(await errorOf(new Browser(), bait)).toEqual(INVALID_STATE)
  const victim = newBrowser(world.server)
  const own = await upToCallback(world, victim, { username: 'victim' })
  expect(await errorOf(victim, bait)).toEqual(INVALID_STATE)
  expect(await errorOf(mallory, own)).toEqual(INVALID_STATE)
  // Nothing was used up by the attempts.
  expect(sessionOf(await victim.request(own)).token).toHaveLength(26)
  expect(sessionOf(await mallory.request(bait)).token).toHaveLength(26)
})

test('a state that was made or changed by somebody is refused', async () => {
  const browser = newBrowser(world.server)
  const back = await upToCallback(world, browser, { username: 'mallory' })
  const state = stateOf(back)
  const tries: [unknown, object][] = [
    [{ ...state, action: 'email_to_sso', email: 'victim@example.com' }, INVALID_STATE],
    [{ ...state, action: 'email_to_sso' }, INVALID_STATE],
    [{ ...state, action: 'signup' }, INVALID_STATE],
    [{ ...state, email: 'victim@example.com' }, INVALID_STATE],
    [{ ...state, token: 'x'.repeat(64) }, USED],
    [{ ...state, token: '' }, USED],
    [{ ...state, token: 7 }, INVALID_STATE],
    [{ ...state, redirect_to: { $ne: '' } }, INVALID_STATE],
    [{ ...state, token: `${state.token}\0` }, INVALID_STATE],
    [[], INVALID_STATE],
    [null, INVALID_STATE],
    ['login', INVALID_STATE],
    [7, INVALID_STATE],
  ]
  for (const [made, expected] of tries) {
    expect([made, await errorOf(browser, changed(back, { state: asState(made) }))]).toEqual([made, expected])
  }
  for (const text of ['', '%', '====', 'bm90IGpzb24=', '\u0000', '{}']) {
    expect([text, await errorOf(browser, changed(back, { state: text }))]).toEqual([text, INVALID_STATE])
  }
  expect(sessionOf(await browser.request(back)).token).toHaveLength(26)
})

test('a token of another kind is no state', async () => {
  const browser = newBrowser(world.server)
  const back = await upToCallback(world, browser, { username: 'mallory' })
  const cookie = browser.cookie(world.server.url, 'MMOAUTH')!
  const { db } = world.server.app
  const row = { token: 'v'.repeat(64), type: 'verify_email', createat: Date.now(), extra: `:login:${cookie}` }
  await db.insertInto('tokens').values(row).execute()
  const state = asState({ ...stateOf(back), token: row.token })
  expect(await errorOf(browser, changed(back, { state }))).toEqual(USED)
  expect(await db.selectFrom('tokens').select('token').where('token', '=', row.token).execute()).toHaveLength(1)
})

test('without the cookie, with a made-up one or after half an hour a sign-in cannot be finished', async () => {
  const browser = newBrowser(world.server)
  const back = await upToCallback(world, browser, { username: 'mallory' })
  const cookie = browser.cookie(world.server.url, 'MMOAUTH')!
  for (const value of [
    '',
    'x'.repeat(26),
    cookie.slice(1),
    `${cookie}x`,
    `x${cookie}`,
    cookie.toUpperCase(),
    '.'.repeat(50),
  ]) {
    browser.setCookie(world.server.url, 'MMOAUTH', value)
    expect([value, await errorOf(browser, back)]).toEqual([value, INVALID_STATE])
  }
  browser.setCookie(world.server.url, 'MMOAUTH', cookie)
  await world.server.app.db
    .updateTable('tokens')
    .set({ createat: Date.now() - 31 * 60_000 })
    .where('type', '=', 'oauth')
    .execute()
  expect(await errorOf(browser, back)).toEqual(USED)
})

test('a code of another application, or for another address, is refused by GitLab', async () => {
  const other = await world.gitlab.addApplication({ redirectUris: [`${world.server.url}/signup/gitlab/complete`] })
  const browser = newBrowser(world.server)
  const page = await browser.request(`${world.server.url}/oauth/gitlab/login`)
  const foreign = new URL(page.headers.get('location')!)
  foreign.searchParams.set('client_id', other.uid)
  const back = await upToCallback(world, browser, { username: 'mallory' }, foreign.href)
  expect(await errorOf(browser, back)).toEqual(REFUSED_CODE)
  const start = await browser.request(`${world.server.url}/oauth/gitlab/login`)
  const login = new URL(start.headers.get('location')!)
  login.searchParams.set('redirect_uri', `${world.server.url}/login/gitlab/complete`)
  expect(await errorOf(browser, await upToCallback(world, browser, { username: 'mallory' }, login.href))).toEqual(
    REFUSED_CODE,
  )
  login.searchParams.set('redirect_uri', 'https://evil.example/signup/gitlab/complete')
  const refused = await browser.open(login.href)
  expect([refused.status, new URL(refused.url).origin]).toEqual([400, world.gitlab.url])
})

const EVIL = [
  '//evil.example',
  '///evil.example',
  '/\\evil.example',
  '\\\\evil.example',
  '/\\/evil.example',
  'https:evil.example',
  'https:/evil.example',
  'http:evil',
  'https://evil.example',
  'HTTPS://evil.example/',
  'javascript:alert(1)',
  'JaVaScRiPt:alert(1)',
  'data:text/html,x',
  'mmauth://callback',
  '/.//evil.example',
  '/%2e/..//evil.example',
  '/\t/evil.example',
  '/\r\nSet-Cookie: a=b',
  ' //evil.example',
  '\u0000//evil.example',
]

test('after the sign-in people stay on this site, whatever redirect_to says', async () => {
  const browser = newBrowser(world.server)
  const { host } = new URL(world.server.url)
  const evil = [
    ...EVIL,
    `http://user@${host}/`,
    `http://${host}.evil.example/`,
    `http://${host}@evil.example/`,
    `https://${host}/`,
  ]
  for (const text of evil) {
    const url = `${world.server.url}/oauth/gitlab/login?redirect_to=${encodeURIComponent(text)}`
    const { id, status } = await errorOf(browser, url)
    expect([text, id, status]).toEqual([text, 'api.invalid_redirect_url', 400])
  }
})

test('an address that was smuggled into the state is not followed either', async () => {
  const browser = newBrowser(world.server)
  await signIn(world, browser, { username: 'victim' })
  for (const text of EVIL.filter((one) => !one.includes('\0'))) {
    const back = await upToCallback(world, browser, { username: 'victim' })
    const page = await browser.request(changed(back, { state: asState({ ...stateOf(back), redirect_to: text }) }))
    expect([text, page.status, page.headers.get('location')]).toEqual([text, 307, world.server.url])
  }
  for (const text of ['//evil.example', 'https://evil.example', '/\\evil.example']) {
    const desk = await upToCallback(
      world,
      browser,
      { username: 'victim' },
      `/oauth/gitlab/login?desktop_token=${'a'.repeat(64)}`,
    )
    const desktop = await browser.request(changed(desk, { state: asState({ ...stateOf(desk), redirect_to: text }) }))
    expect(new URL(desktop.headers.get('location')!).searchParams.has('redirect_to')).toBe(false)
  }
})

test('good addresses are kept, also below a path of the site', async () => {
  const browser = newBrowser(world.server)
  const end = async (text: string) =>
    (
      await signIn(
        world,
        browser,
        { username: 'victim' },
        `/oauth/gitlab/login?redirect_to=${encodeURIComponent(text)}`,
      )
    ).headers.get('location')
  const { url } = world.server
  expect(await end('/')).toBe(`${url}/`)
  expect(await end('/팀/channels/x?a=//b#c')).toBe(`${url}/${encodeURIComponent('팀')}/channels/x?a=//b#c`)
  expect(await end('team/x')).toBe(`${url}/team/x`)
  expect(await end(`${url}/team/x`)).toBe(`${url}/team/x`)
  expect(await end('/a/../b')).toBe(`${url}/b`)
  expect(await end(`/${'x'.repeat(1100)}`)).toBe(url)
  expect(await end(`/${'x'.repeat(990)}`)).toBe(`${url}/${'x'.repeat(990)}`)
})

test('a change of the sign-in method needs the account that was proven, as it was proven', async () => {
  const victim = await withPassword(world.server, await world.server.make.user({ email: 'target@example.com' }))
  const browser = newBrowser(world.server)
  const begin = async () => {
    const body = { current_service: 'email', new_service: 'gitlab', email: 'target@example.com', password: PASSWORD }
    const { headers, body: answer } = await world.server.as().post('/users/login/switch', body)
    browser.setCookie(world.server.url, 'MMOAUTH', headers.getSetCookie()[0]!.split(/[=;]/)[1]!)
    return upToCallback(world, browser, { username: 'mallory' }, answer.follow_link)
  }
  const taken = 'app.user.update_auth_data.email_exists.app_error'
  // mallory's GitLab user has an account here already.
  await signIn(world, newBrowser(world.server), { username: 'mallory' })
  expect(await errorOf(browser, await begin())).toEqual({ id: taken, status: 400 })
  // The state of a plain sign-in with the action and the address of the other.
  const plain = await upToCallback(world, browser, { username: 'victim' })
  const forged = { ...stateOf(plain), action: 'email_to_sso', email: 'target@example.com' }
  expect(await errorOf(browser, changed(plain, { state: asState(forged) }))).toEqual(INVALID_STATE)
  // The owner changed his password after the thief began.
  const late = await begin()
  await world.server.app.db
    .updateTable('users')
    .set({ lastpasswordupdate: Date.now() + 1000 })
    .where('id', '=', victim.id)
    .execute()
  expect(await errorOf(browser, late)).toEqual(INVALID_STATE)
  expect(await userRow(world.server, victim)).toMatchObject({ authservice: '' })
})

test('nothing that a stranger sends to the callback makes the server fail', async () => {
  const browser = new Browser()
  for (const query of [
    'code[]=a&code[]=b&state=x',
    'code=%00&state=%00',
    'state=x&code=x&state=y',
    'error=a&error=b',
    'code=x',
  ]) {
    const page = await browser.request(`${world.server.url}/signup/gitlab/complete?${query}`)
    expect([query, page.status < 500]).toEqual([query, true])
  }
  expect(await rowOf(world, '')).toBeUndefined()
})
