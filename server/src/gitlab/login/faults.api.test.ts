import { Writable } from 'node:stream'
import { pino } from 'pino'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import type { Fault } from '../../../../testkit/gitlab/instance.ts'
import { Browser } from '../../../../testkit/gitlab/browser.ts'
import { exchangeCode } from './gitlab-client.ts'
import { errorOf, newBrowser, sessionOf, signIn, startWorld, upToCallback } from './gitlab-login.fixture.ts'
import type { World } from './gitlab-login.fixture.ts'
import type { ConfigPatch } from '../../config/config-store.ts'

const id = (name: string): string => `api.user.authorize_oauth_user.${name}.app_error`
let world: World
let good: ConfigPatch
const logged: string[] = []

beforeAll(async () => {
  world = await startWorld()
  const { GitLabSettings, ServiceSettings } = world.server.app.config.get()
  good = { GitLabSettings, ServiceSettings: { SiteURL: ServiceSettings.SiteURL } }
  await world.server.make.admin()
  await world.gitlab.addUser({ username: 'kim', acceptedTerms: false })
  const sink = new Writable({ write: (chunk, _encoding, done) => (logged.push(String(chunk)), done()) })
  Object.assign(world.server.app, { log: pino({ level: 'info' }, sink) })
})
afterEach(async () => {
  logged.length = 0
  delete world.gitlab.faults.token
  delete world.gitlab.faults.user
  world.gitlab.clockOffset = 0
  world.gitlab.requireTerms = false
  await world.server.app.config.patch(good)
})
afterAll(() => world.stop())

/** Signs in up to the callback, breaks something, and goes on: the error, the page in English and the log. */
async function broken(by: () => unknown): Promise<{ id: string; page: string; log: string }> {
  const browser = newBrowser(world.server)
  const [first, second] = [
    await upToCallback(world, browser, { username: 'kim' }),
    await upToCallback(world, browser, { username: 'kim' }),
  ]
  await by()
  const { id: error } = await errorOf(browser, first)
  const page = await browser.request(second)
  const text = /role="alert">([^<]*)</.exec(page.text)?.[1] ?? page.text
  return { id: error, page: text.replaceAll('&#39;', "'"), log: logged.join('') }
}

const setting = (patch: ConfigPatch) => () => world.server.app.config.patch(patch)

test('a GitLab that cannot be reached', async () => {
  const TokenEndpoint = 'http://127.0.0.1:9/oauth/token'
  const seen = await broken(setting({ GitLabSettings: { TokenEndpoint } }))
  expect(seen.id).toBe(id('token_failed'))
  expect(seen.page).toContain('cannot be reached')
  expect(seen.log).toMatch(/GitLab at 127\.0\.0\.1:9 cannot be reached: .*ECONNREFUSED/)
  await world.server.app.config.patch(good)
  const UserAPIEndpoint = 'http://gitlab.invalid/api/v4/user'
  const user = await broken(setting({ GitLabSettings: { UserAPIEndpoint } }))
  expect([user.id, user.page.includes('cannot be reached')]).toEqual([id('service'), true])
})

test('a wrong secret or application id', async () => {
  for (const change of [{ Secret: 'gloas-wrong' }, { Id: 'unknown' }]) {
    const seen = await broken(setting({ GitLabSettings: change }))
    expect(seen.id).toBe(id('bad_response'))
    expect(seen.page).toContain('application id or secret')
    expect(seen.log).toContain('GitLabSettings.Id or the Secret is wrong')
    expect(seen.log).not.toContain(world.application.secret)
    await world.server.app.config.patch(good)
    logged.length = 0
  }
})

test('a redirect URI that is not the one GitLab has', async () => {
  const seen = await broken(setting({ ServiceSettings: { SiteURL: 'https://chat.example.com/' } }))
  expect(seen.id).toBe(id('bad_response'))
  expect(seen.page).toContain('https://chat.example.com/signup/gitlab/complete')
  expect(seen.log).toMatch(/redirect URI https:\/\/chat\.example\.com\/signup\/gitlab\/complete is not the one/)
})

test('clocks that do not agree', async () => {
  const seen = await broken(() => (world.gitlab.clockOffset = 11 * 60_000))
  expect(seen.id).toBe(id('bad_response'))
  expect(seen.page).toContain('clocks')
  expect(seen.log).toMatch(/GitLab's clock is 6\d\d s ahead of this server's/)
})

test('a cookie that is lost between two addresses is explained', async () => {
  const browser = newBrowser(world.server)
  const back = await upToCallback(world, browser, { username: 'kim' })
  const elsewhere = back.replace('127.0.0.1', 'localhost')
  expect(await errorOf(browser, elsewhere)).toEqual({ id: id('invalid_state'), status: 400 })
  expect(logged.join('')).toMatch(
    /people use this server as localhost:\d+, but ServiceSettings.SiteURL is http:\/\/127/,
  )
})

test('a GitLab that fails in one of many ways', async () => {
  const tries: ['token' | 'user', Fault, string, RegExp][] = [
    ['token', '500', 'bad_response', /token endpoint failed\. It answered 500/],
    ['token', 'not_json', 'bad_response', /text\/html instead of JSON/],
    ['token', 'no_token_type', 'bad_token', /token_type other than bearer/],
    ['token', 'redirect', 'bad_response', /redirects to https:\/\/gitlab\.invalid\/moved/],
    ['token', 'huge', 'token_failed', /too_large/],
    ['user', '500', 'response', /user endpoint failed/],
    ['user', 'not_json', 'response', /user endpoint failed/],
    ['user', 'redirect', 'response', /UserAPIEndpoint/],
  ]
  for (const [where, fault, expected, log] of tries) {
    const seen = await broken(() => (world.gitlab.faults[where] = fault))
    expect([where, fault, seen.id]).toEqual([where, fault, id(expected)])
    expect(seen.log).toMatch(log)
    expect(seen.log).not.toContain('access_token')
    delete world.gitlab.faults[where]
    logged.length = 0
  }
})

test('terms that were not accepted are accepted in GitLab', async () => {
  const seen = await broken(() => (world.gitlab.requireTerms = true))
  expect(seen.id).toBe('oauth.gitlab.tos.error')
  expect(seen.page).toContain(world.gitlab.url)
})

test('an application without the scope: GitLab refuses before it asks, or the user endpoint refuses', async () => {
  await world.server.app.config.patch({ GitLabSettings: { Scope: '' } })
  const page = await signIn(world, newBrowser(world.server), { username: 'kim' })
  expect([page.status, new URL(page.url).origin]).toEqual([400, world.gitlab.url])
  const open = await world.gitlab.addApplication({
    redirectUris: [`${world.server.url}/signup/gitlab/complete`],
    scopes: 'openid',
  })
  const GitLabSettings = { Id: open.uid, Secret: open.secret, Scope: 'openid' }
  await world.server.app.config.patch({ GitLabSettings })
  const seen = await broken(() => undefined)
  expect([seen.id, seen.page.includes('read_user')]).toEqual([id('response'), true])
})

test('GitLab may have a private address, but nobody is sent to the machine’s own metadata', async () => {
  const TokenEndpoint = 'http://169.254.169.254/oauth/token'
  await world.server.app.config.patch({ GitLabSettings: { TokenEndpoint } })
  const answer = await exchangeCode(world.server.app, 'x', 'y')
  expect(answer).toMatchObject({ ok: false, failure: 'unreachable', transport: true })
  await world.server.app.config.patch(good)
  expect(sessionOf(await signIn(world, newBrowser(world.server), { username: 'kim' })).token).toHaveLength(26)
})

test('settings that name no address switch the sign-in off instead of breaking it', async () => {
  for (const AuthEndpoint of ['', 'gitlab.example.com/oauth/authorize', 'javascript:alert(1)']) {
    await world.server.app.config.patch({ GitLabSettings: { AuthEndpoint } })
    expect(await errorOf(new Browser(), `${world.server.url}/oauth/gitlab/login`)).toEqual({
      id: id('unsupported'),
      status: 501,
    })
  }
})
