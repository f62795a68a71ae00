import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Person } from '../../../../testkit/builders.ts'
import { TASKS_SCHEMA } from '../../database/task-tables.ts'
import { newToken } from '../../ids.ts'
import { PASSWORD, userRow, withPassword } from '../../sessions/sessions.fixture.ts'
import { errorOf, newBrowser, sessionOf, signIn, startWorld, upToCallback } from './gitlab-login.fixture.ts'
import type { World } from './gitlab-login.fixture.ts'

let world: World
beforeAll(async () => {
  world = await startWorld()
  await world.server.app.config.patch({ ServiceSettings: { ExperimentalEnableAuthenticationTransfer: true } })
  await world.server.make.admin()
  await world.gitlab.addUser({ username: 'mina', email: 'mina@example.com' })
})
afterAll(() => world.stop())

test('the mobile app gets its session by an address of its own', async () => {
  const browser = newBrowser(world.server)
  const path = '/oauth/gitlab/mobile_login?redirect_to=mmauth%3A%2F%2Fcallback'
  const page = await signIn(world, browser, { username: 'mina' }, path)
  expect([page.status, page.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8'])
  const address = /content="2; url=([^"]+)"/.exec(page.text)![1]!.replaceAll('&#38;', '&')
  expect(address).toMatch(/^mmauth:\/\/callback\?/)
  const query = new URLSearchParams(address.split('?')[1])
  expect(Object.fromEntries(query)).toEqual({
    MMAUTHTOKEN: sessionOf(page).token,
    MMCSRF: browser.cookie(world.server.url, 'MMCSRF'),
    srv: world.server.url,
  })
  const { body } = await world.server.as({ token: query.get('MMAUTHTOKEN')! }).get('/users/me/sessions')
  expect(body[0].props).toMatchObject({ isMobile: 'true', isOAuthUser: 'true' })
  const silent = await signIn(world, newBrowser(world.server), { username: 'mina' }, '/oauth/gitlab/mobile_login')
  expect([silent.status, silent.text, sessionOf(silent).token.length]).toEqual([200, '', 26])
})

test('only known apps may ask for a session, and only at their callback', async () => {
  const start = (redirect: string) =>
    `${world.server.url}/oauth/gitlab/mobile_login?redirect_to=${encodeURIComponent(redirect)}`
  const browser = newBrowser(world.server)
  for (const redirect of [
    'evil://callback',
    'https://evil.example',
    'xmmauth://callback',
    'mmauth:callback',
    'javascript:1',
  ]) {
    const { id, status } = await errorOf(browser, start(redirect))
    expect([redirect, id, status]).toEqual([redirect, 'api.invalid_custom_url_scheme', 400])
  }
  const page = await browser.request(start('evil://callback'))
  expect([page.status, page.text.includes('evil:'), page.text.includes(world.server.url)]).toEqual([400, false, true])
  for (const redirect of ['mmauth://evil.example/callback', 'mmauth://callback@evil', 'mmauth://callback?x']) {
    const back = await upToCallback(world, browser, { username: 'mina' }, start(redirect).replace(world.server.url, ''))
    const answer = await browser.request(back)
    expect([answer.status, answer.headers.get('token'), answer.headers.getSetCookie().join()]).toEqual([
      400,
      null,
      expect.not.stringContaining('MMAUTHTOKEN'),
    ])
  }
})

test('the desktop app gets its session by a token that works once; the browser gets none', async () => {
  const client = newToken(64)
  const browser = newBrowser(world.server)
  const path = `/oauth/gitlab/login?desktop_token=dev-${client}&redirect_to=/team/x`
  const page = await signIn(world, browser, { username: 'mina' }, path)
  const target = new URL(page.headers.get('location')!)
  expect([page.status, target.pathname, page.headers.get('token')]).toEqual([307, '/login/desktop', null])
  expect(browser.cookie(world.server.url, 'MMAUTHTOKEN')).toBeUndefined()
  expect(Object.fromEntries(target.searchParams)).toEqual({
    client_token: `dev-${client}`,
    server_token: expect.stringMatching(/^\w{64}$/),
    redirect_to: '/team/x',
    isDesktopDev: 'true',
  })
  const take = () =>
    world.server
      .as()
      .post('/users/login/desktop_token', { token: target.searchParams.get('server_token'), device_id: '' })
  const { status, body, headers } = await take()
  expect([status, body.username, headers.get('token')?.length]).toEqual([200, 'mina', 26])
  expect((await take()).status).toBe(401)
  const bad = await errorOf(browser, `${world.server.url}/oauth/gitlab/login?desktop_token=a%0Ab`)
  expect(bad.id).toBe('api.context.invalid_url_param.app_error')
})

test('GitLab itself signs in for one of its people, asks for a slash command, makes and removes a team, and signs out', async () => {
  const user = await world.gitlab.addUser({ username: 'gitlab-user' })
  const start = await fetch(`${world.server.url}/oauth/gitlab/login`, { redirect: 'manual' })
  expect(start.status).toBe(302)
  const cookie = start.headers
    .getSetCookie()
    .map((line) => line.split(';')[0])
    .join('; ')
  expect(cookie).not.toBe('')
  const back = await world.gitlab.authorizeInternally(user.id, start.headers.get('location')!)
  const end = await fetch(back, { redirect: 'manual', headers: { cookie } })
  expect(end.status).toBe(307)
  const token = end.headers.get('token')!
  // GitLab's client names the wrong content type for its JSON.
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/x-www-form-urlencoded' }
  const call = (method: string, path: string, body?: object) =>
    fetch(`${world.server.url}/api/v4${path}`, { method, headers, body: body && JSON.stringify(body) })
  expect(await (await call('GET', '/users/me/teams')).json()).toEqual([])
  const made = await call('POST', '/teams', { name: 'my-group', display_name: 'My group', type: 'I' })
  const team = (await made.json()) as { id: string }
  expect([made.status, team]).toMatchObject([201, { name: 'my-group', id: expect.any(String) }])
  expect(await (await call('GET', '/users/me/teams')).json()).toMatchObject([{ id: team.id, display_name: 'My group' }])
  // What GitLab shows when something is refused is `message`, so there always is one.
  const command = await call('POST', '/commands', {
    team_id: team.id,
    trigger: 'my-group',
    method: 'P',
    username: 'GitLab',
  })
  expect([command.status, await command.json()]).toMatchObject([501, { message: expect.stringMatching(/./) }])
  expect((await call('DELETE', `/teams/${team.id}`)).status).toBe(200)
  expect((await call('POST', '/users/logout')).status).toBe(200)
  expect((await call('GET', '/users/me/teams')).status).toBe(401)
})

const switchTo = (body: object, person?: Person, headers: Record<string, string> = {}) =>
  world.server.as(person).post('/users/login/switch', body, headers)

test('a password account moves to GitLab and back', async () => {
  const person = await withPassword(world.server, await world.server.make.user({ email: 'joon@example.com' }), {
    mfaactive: false,
  })
  await world.gitlab.addUser({ username: 'joon', email: 'joon.gitlab@example.com', name: 'Joon Park' })
  const browser = newBrowser(world.server)
  const toGitLab = { current_service: 'email', new_service: 'gitlab', email: 'joon@example.com' }
  expect((await switchTo({ ...toGitLab, password: 'wrong password' })).status).toBe(401)
  const begun = await switchTo({ ...toGitLab, password: PASSWORD })
  expect(begun.status).toBe(200)
  browser.setCookie(world.server.url, 'MMOAUTH', begun.headers.getSetCookie()[0]!.split(/[=;]/)[1]!)
  const state = new URL(begun.body.follow_link).searchParams.get('state')!
  expect(JSON.parse(Buffer.from(state, 'base64').toString())).toMatchObject({
    action: 'email_to_sso',
    email: 'joon@example.com',
  })
  const back = await upToCallback(world, browser, { username: 'joon' }, begun.body.follow_link)
  const page = await browser.request(back)
  expect([page.status, page.headers.get('location')]).toEqual([307, `${world.server.url}/login?extra=signin_change`])
  expect(page.headers.get('token')).toBeNull()
  const notices = await world.server.app.pool.query(`SELECT payload FROM ${TASKS_SCHEMA}._private_jobs ORDER BY id`)
  expect(notices.rows.map((row) => row.payload)).toMatchObject(
    ['joon@example.com', 'joon.gitlab@example.com'].map((address) => ({
      kind: 'sign_in_method_changed',
      method: 'GitLab',
      userId: person.id,
      address,
    })),
  )
  const row = await userRow(world.server, person)
  expect(row).toMatchObject({
    authservice: 'gitlab',
    email: 'joon.gitlab@example.com',
    password: '',
    mfaactive: false,
    mfasecret: '',
  })
  expect((await world.server.as(person).get('/users/me')).status).toBe(401)

  const signedIn = sessionOf(await signIn(world, newBrowser(world.server), { username: 'joon' }))
  const me = (await world.server.as(signedIn).get('/users/me')).body
  expect(me.id).toBe(person.id)
  const toPassword = {
    current_service: 'gitlab',
    new_service: 'email',
    email: me.email,
    new_password: 'another 1 horse',
  }
  expect((await switchTo(toPassword)).status).toBe(403)
  const done = await switchTo(toPassword, { ...person, token: signedIn.token })
  expect([done.status, done.body.follow_link]).toEqual([200, '/login?extra=signin_change'])
  expect((await world.server.as(signedIn).get('/users/me')).status).toBe(401)
  const login = await world.server.as().post('/users/login', { login_id: me.email, password: 'another 1 horse' })
  expect([login.status, login.body.id]).toEqual([200, person.id])
  // The link to GitLab is gone with that: his GitLab user does not lead into the account any more.
  const other = newBrowser(world.server)
  expect(await errorOf(other, await upToCallback(world, other, { username: 'joon' }))).toEqual({
    id: 'api.user.create_oauth_user.already_attached.app_error',
    status: 400,
  })
})
