import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { clientConfig, parseDataSource } from '../../server/src/database/data-source.ts'
import { createEmptyDatabase } from '../database.ts'
import type { TestDatabase } from '../database.ts'
import { Browser, passGitLab } from './browser.ts'
import { startGitLab } from './index.ts'
import type { GitLabApplication, GitLabSchema, TestGitLab } from './index.ts'
import { secretMatches, storedSecret } from './secrets.ts'
import type { SecretForm } from './secrets.ts'

const REDIRECT = 'http://chat.example/signup/gitlab/complete'
let database: TestDatabase
let gitlab: TestGitLab
let app: GitLabApplication

beforeAll(async () => {
  database = await createEmptyDatabase()
  gitlab = await startGitLab({ dataSource: database.dataSource })
  app = await gitlab.addApplication({ redirectUris: [REDIRECT, 'http://chat.example/login/gitlab/complete'] })
  await gitlab.addUser({ username: 'ada', name: 'Ada B', email: 'ada@example.com' })
})
afterAll(async () => {
  await gitlab.close()
  await database.drop()
})

const authorizeUrl = (changes: Record<string, string> = {}) => {
  const fields = {
    response_type: 'code',
    client_id: app.uid,
    redirect_uri: REDIRECT,
    state: 's+/=',
    scope: 'read_user',
  }
  return `${gitlab.url}/oauth/authorize?${new URLSearchParams({ ...fields, ...changes }).toString()}`
}

function newBrowser(): Browser {
  const browser = new Browser()
  browser.stopAt = (url) => url.startsWith('http://chat.example')
  return browser
}

async function codeFor(browser: Browser, username = 'ada', url = authorizeUrl()): Promise<string> {
  const page = await passGitLab(browser, await browser.open(url), { username })
  const location = page.headers.get('location') ?? /href="([^"]+)"/.exec(page.text)![1]!.replaceAll('&#38;', '&')
  return new URL(location).searchParams.get('code')!
}

interface TokenAnswer {
  access_token: string
  refresh_token: string
  error?: string
}

async function post(path: string, body: Record<string, string>, headers: Record<string, string> = {}) {
  const response = await fetch(gitlab.url + path, { method: 'POST', headers, body: new URLSearchParams(body) })
  return { status: response.status, body: (await response.json()) as TokenAnswer }
}

const credentials = () => ({ client_id: app.uid, client_secret: app.secret })
const exchange = (code: string, changes: Record<string, string> = {}) =>
  post('/oauth/token', { ...credentials(), grant_type: 'authorization_code', redirect_uri: REDIRECT, code, ...changes })
const whoIs = (token: string) => fetch(`${gitlab.url}/api/v4/user`, { headers: { authorization: `Bearer ${token}` } })

test('a person signs in, is asked, allows, and the application learns who he is', async () => {
  const browser = newBrowser()
  const page = await passGitLab(browser, await browser.open(authorizeUrl()), { username: 'ada' })
  const back = new URL(page.headers.get('location')!)
  expect([page.status, back.origin + back.pathname, back.searchParams.get('state')]).toEqual([302, REDIRECT, 's+/='])
  const { status, body } = await exchange(back.searchParams.get('code')!)
  expect([status, body]).toEqual([
    200,
    {
      access_token: expect.any(String),
      token_type: 'Bearer',
      expires_in: 7200,
      refresh_token: expect.any(String),
      scope: 'read_user',
      created_at: expect.any(Number),
    },
  ])
  expect(await (await whoIs(body.access_token)).json()).toMatchObject({
    id: 1,
    username: 'ada',
    name: 'Ada B',
    email: 'ada@example.com',
    state: 'active',
    confirmed_at: expect.any(String),
  })
  // Allowed once, with a token that lives: no second question, and no redirect that a program would follow.
  const again = await browser.open(authorizeUrl())
  expect([again.status, again.text.includes('window.location'), again.headers.get('location')]).toEqual([
    200,
    true,
    null,
  ])
})

test('mistakes of the application end on a page of GitLab', async () => {
  const browser = newBrowser()
  await codeFor(browser)
  const mistakes: Record<string, string>[] = [
    { client_id: 'nobody' },
    { redirect_uri: `${REDIRECT}/` },
    { redirect_uri: REDIRECT.replace('http:', 'https:') },
    { scope: 'api' },
    { scope: '' },
    { response_type: 'token' },
  ]
  for (const changes of mistakes) {
    const page = await browser.open(authorizeUrl(changes))
    expect([changes, page.status >= 400, page.headers.get('location')]).toEqual([changes, true, null])
  }
})

test('a code works once, for ten minutes, for its application and address', async () => {
  const browser = newBrowser()
  const code = await codeFor(browser)
  expect((await exchange(code)).status).toBe(200)
  expect(await exchange(code)).toMatchObject({ status: 400, body: { error: 'invalid_grant' } })
  const wrong = { redirect_uri: 'http://chat.example/login/gitlab/complete' }
  expect(await exchange(await codeFor(browser), wrong)).toMatchObject({ status: 400, body: { error: 'invalid_grant' } })
  const late = await codeFor(browser)
  gitlab.clockOffset = 601_000
  expect((await exchange(late)).body.error).toBe('invalid_grant')
  gitlab.clockOffset = 0
  expect(await exchange(await codeFor(browser), { client_secret: 'x' })).toMatchObject({
    status: 401,
    body: { error: 'invalid_client' },
  })
  expect((await post('/oauth/token', credentials())).body.error).toBe('invalid_request')
  expect((await exchange('x', { grant_type: 'password' })).body.error).toBe('unsupported_grant_type')
  const basic = `Basic ${Buffer.from(`${app.uid}:${app.secret}`).toString('base64')}`
  const fields = { grant_type: 'authorization_code', code: await codeFor(browser), redirect_uri: REDIRECT }
  expect((await post('/oauth/token', fields, { authorization: basic })).status).toBe(200)
})

test('tokens last two hours; a refresh token ends the pair it belongs to', async () => {
  const { body: first } = await exchange(await codeFor(newBrowser()))
  gitlab.clockOffset = 7_201_000
  const expired = await whoIs(first.access_token)
  expect([expired.status, ((await expired.json()) as { error: string }).error]).toEqual([401, 'invalid_token'])
  const refresh = (token: string) =>
    post('/oauth/token', { ...credentials(), grant_type: 'refresh_token', refresh_token: token })
  const { body: second } = await refresh(first.refresh_token)
  expect((await whoIs(second.access_token)).status).toBe(200)
  expect((await refresh(first.refresh_token)).body.error).toBe('invalid_grant')
  await post('/oauth/revoke', { ...credentials(), token: second.access_token })
  expect((await whoIs(second.access_token)).status).toBe(401)
  gitlab.clockOffset = 0
})

test('a password, a person’s state and the terms decide who gets in', async () => {
  const user = await gitlab.addUser({ username: 'eve', state: 'blocked' })
  const browser = newBrowser()
  const start = await browser.open(authorizeUrl())
  expect((await passGitLab(browser, start, { username: 'eve' })).status).toBe(422)
  expect((await passGitLab(browser, start, { username: 'ada', password: 'wrong' })).status).toBe(422)
  await gitlab.unblock(user.id)
  const { body } = await exchange(await codeFor(newBrowser(), 'eve'))
  gitlab.requireTerms = true
  const terms = await whoIs(body.access_token)
  expect([terms.status, await terms.text()]).toEqual([403, expect.stringContaining('Terms of Service')])
  gitlab.requireTerms = false
  await gitlab.block(user.id)
  expect((await whoIs(body.access_token)).status).toBe(403)
  await gitlab.removeUser(user.id)
  expect((await whoIs(body.access_token)).status).toBe(401)
})

test('secrets are stored as each age of GitLab stores them, and a stolen hash opens nothing', () => {
  const secret = 'CzOBzBfU9F-HvsqfTaTXF4ivuuxYZuv3BoAK4pnvmyw'
  expect(storedSecret(secret, 'pbkdf2')).toMatch(/^\$pbkdf2-sha512\$20000\$\$\.c0G5XJV/)
  expect(storedSecret(secret, 'sha512')).toMatch(/^6d99aa9e8c21b9d0[0-9a-f]{112}$/)
  const accepted: Record<SecretForm, SecretForm[]> = {
    plain: ['plain'],
    pbkdf2: ['pbkdf2', 'plain'],
    sha512: ['sha512', 'pbkdf2', 'plain'],
    'sha512-fips': ['sha512', 'plain'],
  }
  for (const form of Object.keys(accepted) as SecretForm[]) {
    for (const kept of ['plain', 'pbkdf2', 'sha512'] as const) {
      const stored = storedSecret(secret, kept)
      expect([form, kept, secretMatches(secret, stored, form)]).toEqual([form, kept, accepted[form].includes(kept)])
      expect(kept !== 'plain' && secretMatches(stored, stored, form)).toBe(false)
    }
  }
})

test('an application that another program wrote into the table is known at once', async () => {
  const shapes: GitLabSchema[] = ['16.11', '18.6', '19.2']
  for (const shape of shapes) {
    const own = await createEmptyDatabase()
    const other = await startGitLab({ dataSource: own.dataSource, shape, secretForm: 'sha512' })
    const client = new pg.Client(clientConfig(parseDataSource(own.dataSource, {})))
    await client.connect()
    const organization = shape === '16.11' ? ['', ''] : [', organization_id', ', 1']
    await client.query(
      `INSERT INTO oauth_applications (name, uid, secret, redirect_uri, scopes, trusted${organization[0]})
       VALUES ('Chat', 'u', 'plain secret', 'http://a\nhttp://b', 'read_user', true${organization[1]})`,
    )
    const missing = client
      .query(`INSERT INTO oauth_applications (name, uid, secret, redirect_uri) VALUES ('a', 'v', 'c', 'd')`)
      .then(
        () => '',
        (error: Error) => error.message,
      )
    expect([shape, (await missing).includes('organization_id')]).toEqual([shape, shape === '19.2'])
    const body = new URLSearchParams({
      client_id: 'u',
      client_secret: 'plain secret',
      grant_type: 'authorization_code',
      code: 'x',
      redirect_uri: 'http://b',
    })
    const answer = await fetch(`${other.url}/oauth/token`, { method: 'POST', body })
    expect([shape, ((await answer.json()) as { error: string }).error]).toEqual([shape, 'invalid_grant'])
    await client.end()
    await other.close()
    await own.drop()
  }
})

test('two instances in one browser do not disturb each other', async () => {
  const own = await createEmptyDatabase()
  const other = await startGitLab({ dataSource: own.dataSource, secretForm: 'plain' })
  await other.addUser({ username: 'ada', password: 'another password' })
  const browser = newBrowser()
  await codeFor(browser)
  const page = await browser.open(`${other.url}/users/sign_in`)
  const home = await browser.submit(page, { 'user[login]': 'ada', 'user[password]': 'another password' }, 'new_user')
  expect(home.text).toContain('Signed in as ada')
  expect((await browser.open(`${gitlab.url}/`)).text).toContain('Signed in as Ada B')
  await other.close()
  await own.drop()
})
