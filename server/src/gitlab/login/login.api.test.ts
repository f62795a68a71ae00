import { createVerify } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { Browser, passGitLab } from '../../../../testkit/gitlab/browser.ts'
import { errorOf, newBrowser, rowOf, sessionOf, signIn, startWorld, upToCallback } from './gitlab-login.fixture.ts'
import type { World } from './gitlab-login.fixture.ts'

let world: World
beforeAll(async () => {
  world = await startWorld()
  await world.gitlab.addUser({ username: 'first', name: 'First Person', email: 'First@Example.com' })
  await world.gitlab.addUser({ username: 'bora', name: 'Bora Kim Lee', email: 'bora@example.com' })
})
afterAll(() => world.stop())

test('the start sends the browser to GitLab with what GitLab needs, and a cookie to come back with', async () => {
  const page = await newBrowser(world.server).request(`${world.server.url}/oauth/gitlab/login?login_hint=bora`)
  expect(page.status).toBe(302)
  const target = new URL(page.headers.get('location')!)
  expect(target.origin + target.pathname).toBe(`${world.gitlab.url}/oauth/authorize`)
  const state = target.searchParams.get('state')!
  expect(Object.fromEntries(target.searchParams)).toEqual({
    response_type: 'code',
    client_id: world.application.uid,
    redirect_uri: `${world.server.url}/signup/gitlab/complete`,
    scope: 'read_user',
    login_hint: 'bora',
    state,
  })
  expect(JSON.parse(Buffer.from(state, 'base64').toString())).toEqual({
    action: 'login',
    isMobile: 'false',
    token: expect.stringMatching(/^[a-z0-9]{64}$/),
  })
  expect(page.headers.getSetCookie()).toEqual([
    expect.stringMatching(/^MMOAUTH=[a-z0-9]{26}; Path=\/; Max-Age=1800; HttpOnly; SameSite=Lax$/),
  ])
  const secure = await fetch(page.url, { redirect: 'manual', headers: { 'X-Forwarded-Proto': 'https' } })
  expect(secure.headers.getSetCookie()[0]).toContain('; Secure')
})

test('the first sign-in asks for consent, makes the administrator and a session; the second asks nothing', async () => {
  const browser = newBrowser(world.server)
  const asked = await browser.open(`${world.server.url}/oauth/gitlab/login`)
  expect(asked.url).toBe(`${world.gitlab.url}/users/sign_in`)
  const page = await passGitLab(browser, asked, { username: 'first' })
  expect(page.status).toBe(307)
  expect(page.headers.get('location')).toBe(world.server.url)
  const session = sessionOf(page)
  for (const name of ['MMAUTHTOKEN', 'MMUSERID', 'MMCSRF']) expect(browser.cookie(world.server.url, name)).toBeTruthy()
  expect(browser.cookie(world.server.url, 'MMAUTHTOKEN')).toBe(session.token)
  expect(browser.cookie(world.server.url, 'MMOAUTH')).toBeUndefined()
  const me = await world.server.as(session).get('/users/me')
  expect(me.body).toMatchObject({
    username: 'first',
    email: 'first@example.com',
    first_name: 'First',
    last_name: 'Person',
    auth_service: 'gitlab',
    roles: 'system_admin system_user',
  })
  expect(await rowOf(world, 'first')).toMatchObject({ emailverified: true, authdata: '1', password: '' })
  const { body: sessions } = await world.server.as(session).get('/users/me/sessions')
  expect(sessions[0].props).toMatchObject({ isOAuthUser: 'true', isMobile: 'false', isSaml: 'false' })

  const again = await browser.open(`${world.server.url}/oauth/gitlab/login?redirect_to=/team/channels/town-square?x=1`)
  expect(again.headers.get('location')).toBe(`${world.server.url}/team/channels/town-square?x=1`)
  expect(sessionOf(again).token).not.toBe(session.token)
  const { body } = await world.server.as(sessionOf(again)).get('/users/me')
  expect(body.id).toBe(me.body.id)
})

test('every registered alias of the callback finishes a sign-in', async () => {
  for (const alias of ['/login/gitlab', '/oauth/gitlab', '/api/v3/oauth/gitlab', '/api/v4/oauth/gitlab']) {
    const browser = newBrowser(world.server)
    const back = await upToCallback(world, browser, { username: 'bora' })
    const page = await browser.request(back.replace('/signup/gitlab', alias))
    expect([alias, page.status, sessionOf(page).token.length]).toEqual([alias, 307, 26])
  }
  expect(await rowOf(world, 'bora')).toMatchObject({ roles: 'system_user', firstname: 'Bora', lastname: 'Kim Lee' })
})

test('whoever denies is told so, on a page that only this server can have signed', async () => {
  await world.gitlab.addUser({ username: 'denier' })
  const browser = newBrowser(world.server)
  const asked = await browser.open(`${world.server.url}/oauth/gitlab/login`)
  const page = await passGitLab(browser, asked, { username: 'denier' }, 'deny')
  expect(page.status).toBe(307)
  const target = new URL(page.headers.get('location')!)
  expect(target.searchParams.get('type')).toBe('oauth_access_denied')
  expect(target.searchParams.get('service')).toBe('Gitlab')
  expect(await isSigned(target)).toBe(true)
  target.searchParams.set('service', 'Evil')
  expect(await isSigned(target)).toBe(false)
  expect(await rowOf(world, 'denier')).toBeUndefined()
  const without = await browser.request(`${world.server.url}/signup/gitlab/complete?state=x`)
  expect([without.status, new URL(without.headers.get('location')!).searchParams.get('type')]).toEqual([
    307,
    'oauth_missing_code',
  ])
})

async function isSigned(address: URL): Promise<boolean> {
  const { body } = await world.server.as().get('/config/client?format=old')
  const query = new URLSearchParams(address.searchParams)
  const signature = query.get('s')!
  query.delete('s')
  const key = `-----BEGIN PUBLIC KEY-----\n${body.AsymmetricSigningPublicKey}\n-----END PUBLIC KEY-----`
  return createVerify('sha256').update(`/error?${query.toString()}`).verify(key, signature, 'base64url')
}

test('a second tab does not end the sign-in of the first, in whichever order they come back', async () => {
  const browser = newBrowser(world.server)
  await signIn(world, browser, { username: 'bora' })
  const first = await upToCallback(world, browser, { username: 'bora' })
  const second = await upToCallback(world, browser, { username: 'bora' })
  const third = await upToCallback(world, browser, { username: 'bora' })
  expect(browser.cookie(world.server.url, 'MMOAUTH')).toMatch(/^\w{26}\.\w{26}\.\w{26}$/)
  for (const back of [second, first, third]) expect(sessionOf(await browser.request(back)).token).toHaveLength(26)
  expect(browser.cookie(world.server.url, 'MMOAUTH')).toBeUndefined()
})

test('a page that begins sign-ins without end cannot make the cookie grow', async () => {
  const browser = newBrowser(world.server)
  for (let i = 0; i < 14; i++) await browser.request(`${world.server.url}/oauth/gitlab/login`)
  expect(browser.cookie(world.server.url, 'MMOAUTH')!.split('.')).toHaveLength(10)
  expect(sessionOf(await signIn(world, browser, { username: 'bora' })).token).toHaveLength(26)
})

test('two tabs that bring the same new person at once make one account', async () => {
  await world.gitlab.addUser({ username: 'twice' })
  const browser = newBrowser(world.server)
  const backs = [
    await upToCallback(world, browser, { username: 'twice' }),
    await upToCallback(world, browser, { username: 'twice' }),
  ]
  const pages = await Promise.all(backs.map((back) => browser.request(back)))
  const ids = await Promise.all(pages.map((page) => world.server.as(sessionOf(page)).get('/users/me')))
  expect(new Set(ids.map(({ body }) => body.id)).size).toBe(1)
  expect(ids[0]!.body.username).toBe('twice')
})

test('somebody blocked, unconfirmed or deactivated in GitLab gets in only when GitLab lets him', async () => {
  const blocked = await world.gitlab.addUser({ username: 'blocked', state: 'blocked' })
  await world.gitlab.addUser({ username: 'unconfirmed', confirmed: false })
  await world.gitlab.addUser({ username: 'asleep', state: 'deactivated' })
  for (const username of ['blocked', 'unconfirmed']) {
    const page = await signIn(world, newBrowser(world.server), { username })
    expect([username, page.status, new URL(page.url).origin]).toEqual([username, 422, world.gitlab.url])
    expect(await rowOf(world, username)).toBeUndefined()
  }
  expect(sessionOf(await signIn(world, newBrowser(world.server), { username: 'asleep' })).token).toHaveLength(26)
  await world.gitlab.unblock(blocked.id)
  const browser = newBrowser(world.server)
  const back = await upToCallback(world, browser, { username: 'blocked' })
  // Blocked between the consent and the moment when this server asks who he is.
  await world.gitlab.block(blocked.id)
  expect(await errorOf(browser, back)).toEqual({ id: 'api.user.authorize_oauth_user.response.app_error', status: 500 })
})

test('an address that GitLab has not confirmed yet is nobody’s', async () => {
  const user = await world.gitlab.addUser({ username: 'early', email: 'boss@example.com' })
  const browser = newBrowser(world.server)
  const back = await upToCallback(world, browser, { username: 'early' })
  await world.gitlab.changeUser(user.id, { confirmed: false })
  expect(await errorOf(browser, back)).toEqual({ id: 'outpost.gitlab.unconfirmed.app_error', status: 403 })
  expect(await rowOf(world, 'early')).toBeUndefined()
})

test('an account that was deactivated here is not opened by GitLab', async () => {
  const page = await signIn(world, newBrowser(world.server), { username: 'bora' })
  const { body: me } = await world.server.as(sessionOf(page)).get('/users/me')
  const admin = await world.server.make.admin()
  await world.server.as(admin).put(`/users/${me.id}/active`, { active: false })
  const browser = newBrowser(world.server)
  const back = await upToCallback(world, browser, { username: 'bora' })
  expect(await errorOf(browser, back)).toEqual({ id: 'api.user.login.inactive.app_error', status: 401 })
  expect((await rowOf(world, 'bora'))!.deleteat).toBeGreaterThan(0)
  await world.server.as(admin).put(`/users/${me.id}/active`, { active: true })
  expect(sessionOf(await signIn(world, newBrowser(world.server), { username: 'bora' })).token).toHaveLength(26)
})

test('errors are pages in the language of the browser, and JSON for programs', async () => {
  const url = `${world.server.url}/signup/gitlab/complete?code=x&state=%25`
  const browser = new Browser()
  const page = await browser.request(url, { headers: { 'Accept-Language': 'ko-KR' } })
  expect([page.status, page.headers.get('content-type')]).toEqual([400, 'text/html; charset=utf-8'])
  expect(page.text).toContain('로그인 화면에서 다시 시작해 주세요')
  expect(page.headers.get('content-security-policy')).toContain("default-src 'none'")
  const forward = /url=([^"]+)"/.exec(page.text)![1]!.replaceAll('&#38;', '&')
  expect(await isSigned(new URL(forward))).toBe(true)
  const id = 'api.user.authorize_oauth_user.invalid_state.app_error'
  expect(await errorOf(browser, url)).toEqual({ id, status: 400 })
  const alias = await browser.request(url.replace('/signup', '/api/v3/oauth'))
  expect(JSON.parse(alias.text)).toMatchObject({ id, status_code: 400 })
})

test('where a browser could not check the signature of the web client’s page, people stay on the server’s', async () => {
  const { SiteURL } = world.server.app.config.get().ServiceSettings
  const pageAt = async (address: string) => {
    await world.server.app.config.patch({ ServiceSettings: { SiteURL: address } })
    return (await new Browser().request(`${world.server.url}/signup/gitlab/complete?code=x&state=%25`)).text
  }
  try {
    const plain = await pageAt('http://chat.example.com')
    expect([plain.includes('refresh'), plain.includes('href="http://chat.example.com/login"')]).toEqual([false, true])
    for (const safe of ['https://chat.example.com', 'http://localhost:8065', 'http://127.0.0.1:8065'])
      expect(await pageAt(safe)).toContain(`url=${safe}/error?message=`)
  } finally {
    await world.server.app.config.patch({ ServiceSettings: { SiteURL } })
  }
})

test('a service that is unknown or switched off answers 501', async () => {
  const id = 'api.user.authorize_oauth_user.unsupported.app_error'
  const browser = new Browser()
  expect(await errorOf(browser, `${world.server.url}/oauth/google/login`)).toEqual({ id, status: 501 })
  expect(await errorOf(browser, `${world.server.url}/signup/GITLAB/complete?code=x`)).toEqual({ id, status: 501 })
  await world.server.app.config.patch({ GitLabSettings: { Enable: false } })
  expect(await errorOf(browser, `${world.server.url}/oauth/gitlab/login`)).toEqual({ id, status: 501 })
  await world.server.app.config.patch({ GitLabSettings: { Enable: true } })
})
