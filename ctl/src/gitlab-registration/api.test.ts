import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createEmptyDatabase } from '../../../testkit/database.ts'
import type { TestDatabase } from '../../../testkit/database.ts'
import { startGitLab } from '../../../testkit/gitlab/index.ts'
import type { GitLabOptions, TestGitLab } from '../../../testkit/gitlab/index.ts'
import { checkCredentials, registerByApi, rotateByApi, verifyByApi } from './index.ts'
import { failure, SITE, URIS } from './registration.fixture.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await createEmptyDatabase()
})
afterAll(() => database.drop())

/** A GitLab with an administrator's token. */
async function withGitLab(
  options: Partial<GitLabOptions>,
  work: (gitlab: TestGitLab, access: { gitlabUrl: string; token: string; siteUrl: string }) => Promise<void>,
): Promise<void> {
  const schema = `s${Math.random().toString(36).slice(2)}`
  const gitlab = await startGitLab({ dataSource: database.dataSource, schema, secretForm: 'plain', ...options })
  try {
    const root = await gitlab.addUser({ username: 'root', admin: true })
    const token = await gitlab.addPersonalToken(root.id, 'api')
    await work(gitlab, { gitlabUrl: `${gitlab.url}/`, token, siteUrl: `${SITE}/` })
  } finally {
    await gitlab.close()
  }
}

test.each(['15.0', '18.6', '19.2'] as const)('registers with GitLab %s, once', async (shape) => {
  await withGitLab({ shape, secretForm: 'sha512' }, async (gitlab, access) => {
    const user = await gitlab.addUser({ username: 'mina' })
    const made = await registerByApi(access)
    expect(made).toMatchObject({ outcome: 'created', scopes: 'read_user', notes: [expect.stringContaining('Trusted')] })
    expect(await checkCredentials({ ...access, ...made })).toBe(true)
    for (const uri of URIS) {
      const query = new URLSearchParams({
        response_type: 'code',
        client_id: made.id,
        redirect_uri: uri,
        scope: 'read_user',
      })
      await gitlab.authorizeInternally(user.id, `${gitlab.url}/oauth/authorize?${query.toString()}`)
    }
    expect(await registerByApi({ ...access, ...made })).toEqual({ ...made, outcome: 'unchanged', notes: [] })
    expect(await verifyByApi({ ...access, ...made })).toEqual({ ok: true, problems: [] })
  })
})

test('a wrong or lost secret is renewed, or the application replaced where GitLab is too old for that', async () => {
  await withGitLab({ shape: '16.11' }, async (_, access) => {
    const made = await registerByApi(access)
    const wrong = await verifyByApi({ ...access, id: made.id, secret: 'a wrong secret'.replaceAll(' ', '-') })
    expect([wrong.ok, wrong.problems.map((one) => one.code)]).toEqual([false, ['secret']])
    for (const known of [{ id: made.id, secret: 'a-wrong-secret' }, { id: made.id }, {}]) {
      const renewed = await registerByApi({ ...access, ...known })
      expect([renewed.outcome, renewed.id]).toEqual(['repaired', made.id])
      expect(await checkCredentials({ ...access, ...renewed })).toBe(true)
    }
    const { id, secret } = await rotateByApi({ ...access, id: made.id })
    expect([id, await checkCredentials({ ...access, id, secret })]).toEqual([made.id, true])
  })
  await withGitLab({ shape: '15.0' }, async (_, access) => {
    const made = await registerByApi(access)
    expect(await failure(rotateByApi({ ...access, id: made.id }))).toEqual([
      'refused',
      expect.stringContaining('Admin area'),
    ])
    const replaced = await registerByApi({ ...access, id: made.id })
    expect([replaced.outcome, replaced.id === made.id]).toEqual(['repaired', false])
    expect(await checkCredentials({ ...access, ...replaced })).toBe(true)
    expect(await checkCredentials({ ...access, ...made })).toBe(false)
  })
})

test('after a change of the address the application is replaced and the old one is gone', async () => {
  await withGitLab({}, async (_, access) => {
    const made = await registerByApi(access)
    const moved = { ...access, siteUrl: 'https://talk.example.org' }
    const verified = await verifyByApi({ ...moved, ...made })
    expect([verified.ok, verified.problems[0]?.code]).toEqual([false, 'redirect'])
    const again = await registerByApi({ ...moved, ...made })
    expect([again.outcome, again.id === made.id]).toEqual(['repaired', false])
    expect(await verifyByApi({ ...moved, ...again })).toEqual({ ok: true, problems: [] })
    expect((await verifyByApi({ ...access, ...made })).problems.map((one) => one.code)).toEqual(['missing'])
  })
})

test('the one application is found among many, also where a list has pages', async () => {
  await withGitLab({}, async (gitlab, access) => {
    const made = await registerByApi(access)
    for (let at = 0; at < 130; at++) await gitlab.addApplication({ redirectUris: [`https://${at}.example.com/`] })
    await gitlab.addApplication({ name: 'Another', redirectUris: URIS })
    const again = await registerByApi({ ...access, ...made })
    expect([again.id, again.outcome, again.notes]).toEqual([
      made.id,
      'unchanged',
      [expect.stringContaining('"Another"')],
    ])
  })
})

test('each refusal of GitLab says what to do and never holds the token', async () => {
  await withGitLab({}, async (gitlab, access) => {
    const person = await gitlab.addUser({ username: 'mina' })
    const root = (await gitlab.userByName('root'))!
    const withToken = async (token: string) => {
      const said = await failure(registerByApi({ ...access, token }))
      expect(said[1]).not.toContain(token || 'nothing')
      return said
    }
    expect(await withToken('glpat-unknown')).toEqual(['access', expect.stringContaining('make a new one')])
    expect(await withToken(await gitlab.addPersonalToken(root.id, 'read_api'))).toEqual([
      'access',
      expect.stringContaining('"api"'),
    ])
    expect(await withToken(await gitlab.addPersonalToken(person.id, 'api'))).toEqual([
      'access',
      expect.stringContaining("administrator's"),
    ])
    expect((await withToken('a token\r\nX-Evil: 1'))[0]).toBe('input')
    expect((await withToken(''))[0]).toBe('input')
    const scope = await failure(registerByApi({ ...access, scopes: 'no_such_scope' }))
    expect(scope).toEqual(['refused', expect.stringContaining('scopes')])
  })
})

test.each([
  ['a web server that is no GitLab', 200, 'text/html', '<h1>Welcome</h1>', 'not_gitlab'],
  ['an address without GitLab', 404, 'text/html', 'no', 'not_gitlab'],
  ['a list of nonsense', 200, 'application/json', '{"a":1}', 'not_gitlab'],
  ['a moved GitLab', 302, 'text/html', '', 'not_gitlab'],
  ['a broken GitLab', 502, 'text/html', '<h1>502</h1>', 'busy'],
])('%s is told apart', async (_, status, type, body, code) => {
  const seen: (string | undefined)[] = []
  const server = createServer((request, response) => {
    seen.push(request.headers.host)
    response.writeHead(status, { 'Content-Type': type, Location: `http://localhost:${port()}/elsewhere` }).end(body)
  })
  const port = () => (server.address() as AddressInfo).port
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const gitlabUrl = `http://127.0.0.1:${port()}`
  const access = { gitlabUrl, token: 'glpat-0123456789', siteUrl: SITE, id: 'some-known-id', secret: 'some-secret' }
  expect((await failure(registerByApi(access)))[0]).toBe(code)
  expect((await failure(checkCredentials(access)))[0]).toBe('not_gitlab')
  // A redirect is not followed: the token and the secret would go along.
  expect(seen).toEqual([`127.0.0.1:${port()}`, `127.0.0.1:${port()}`])
  await new Promise((done) => server.close(done))
  expect(await failure(registerByApi(access))).toEqual(['unreachable', expect.stringContaining('NO_PROXY')])
})

test('addresses that are none are refused before anything is sent', async () => {
  for (const gitlabUrl of ['', 'gitlab.example.com', 'ftp://x', 'https://user:hunter2@x', 'https://x/?q', 'https://']) {
    const said = await failure(registerByApi({ gitlabUrl, token: 'glpat-0123456789', siteUrl: SITE }))
    expect(said).toEqual(['input', expect.not.stringContaining('hunter2')])
  }
})
