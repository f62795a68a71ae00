import { afterAll, beforeAll, expect, test } from 'vitest'
import { clientConfig, parseDataSource } from '../../../server/src/database/data-source.ts'
import { createEmptyDatabase } from '../../../testkit/database.ts'
import { Browser, passGitLab } from '../../../testkit/gitlab/browser.ts'
import { startGitLab } from '../../../testkit/gitlab/index.ts'
import { isAtLeast, SHAPES } from '../../../testkit/gitlab/schema.ts'
import type { GitLabSchema } from '../../../testkit/gitlab/schema.ts'
import { storedSecret as gitlabStores } from '../../../testkit/gitlab/secrets.ts'
import type { SecretForm } from '../../../testkit/gitlab/secrets.ts'
import { checkCredentials, registerInDatabase, rotateInDatabase, verifyInDatabase } from './index.ts'
import type { RegistrationError } from './index.ts'
import { failure, GitLabTables, ID, SECRET, SITE, URIS } from './registration.fixture.ts'

let gitlab: GitLabTables
beforeAll(async () => {
  gitlab = await GitLabTables.open()
})
afterAll(() => gitlab.close())

test.each(SHAPES)('registers with GitLab %s and finds its work done the second time', async (shape) => {
  const connect = await gitlab.fresh(shape)
  const made = await registerInDatabase({ connect, siteUrl: `${SITE}//` })
  expect(made).toEqual({
    id: expect.stringMatching(/^[0-9a-f]{64}$/),
    secret: expect.stringMatching(/^gloas-[0-9a-f]{64}$/),
    scopes: 'read_user',
    outcome: 'created',
    notes: [],
  })
  const [row, ...others] = await gitlab.rows()
  expect(others).toEqual([])
  expect(row).toMatchObject({
    name: 'GitLab Mattermost',
    uid: made.id,
    redirect_uri: URIS.join('\r\n'),
    scopes: 'read_user',
    trusted: true,
    confidential: true,
    owner_id: null,
    owner_type: null,
    created_at: expect.any(Date),
    ...(isAtLeast(shape, '18.1') && { ropc_enabled: false }),
    ...(isAtLeast(shape, '18.3') && { dynamic: false }),
    ...(isAtLeast(shape, '18.6') && { organization_id: '1' }),
    ...(isAtLeast(shape, '18.11') && { device_code_enabled: false }),
  })
  const again = await registerInDatabase({ connect, siteUrl: SITE, id: made.id, secret: made.secret })
  expect(again).toEqual({ ...made, outcome: 'unchanged' })
  expect(await gitlab.rows()).toEqual([row])
  expect(await verifyInDatabase({ connect, siteUrl: SITE, ...made })).toEqual({ ok: true, problems: [] })
})

const FORMS: [GitLabSchema, SecretForm][] = [
  ['15.0', 'plain'],
  ['16.11', 'pbkdf2'],
  ['18.6', 'sha512'],
  ['19.2', 'sha512-fips'],
]
test.each(FORMS)('people sign in by GitLab %s with secrets stored as %s', async (shape, secretForm) => {
  const own = await createEmptyDatabase()
  const running = await startGitLab({ dataSource: own.dataSource, shape, secretForm })
  try {
    await running.addApplication({ redirectUris: ['https://other.example.com'] })
    const user = await running.addUser({ username: 'mina' })
    const connect = clientConfig(parseDataSource(own.dataSource))
    const { id, secret } = await registerInDatabase({ connect, siteUrl: SITE })
    const site = { gitlabUrl: running.url, siteUrl: SITE, id }
    expect(await checkCredentials({ ...site, secret })).toBe(true)
    expect(await checkCredentials({ ...site, secret: `${secret}x` })).toBe(false)
    const query = new URLSearchParams({
      response_type: 'code',
      client_id: id,
      redirect_uri: URIS[1]!,
      scope: 'read_user',
    })
    const address = `${running.url}/oauth/authorize?${query.toString()}`
    expect(await running.authorizeInternally(user.id, address)).toMatch(/^https:\/\/chat\.example\.com\/login\/.*code=/)
    const browser = new Browser()
    browser.stopAt = (url) => url.startsWith(SITE)
    const page = await passGitLab(browser, await browser.open(address), user)
    expect(page.text).toContain('Redirecting')
  } finally {
    await running.close()
    await own.drop()
  }
})

test.each(['plain', 'pbkdf2', 'sha512'] as const)(
  'a known secret is recognised although stored as %s',
  async (form) => {
    await gitlab.fresh('18.6')
    await gitlab.addRow({ secret: gitlabStores(SECRET, form), scopes: 'read_user', trusted: true, organization_id: 1 })
    const before = await gitlab.rows()
    expect(await gitlab.register({ id: ID, secret: SECRET })).toMatchObject({
      outcome: 'unchanged',
      secret: SECRET,
      notes: [],
    })
    expect(await gitlab.rows()).toEqual(before)
    const wrong = await verifyInDatabase({ connect: gitlab.client, siteUrl: SITE, id: ID, secret: `${SECRET}!` })
    expect([wrong.ok, wrong.problems.map((one) => one.code)]).toEqual([false, ['secret']])
    expect(await gitlab.register({ id: ID, secret: `${SECRET}!` })).toMatchObject({
      outcome: 'repaired',
      secret: `${SECRET}!`,
    })
    expect((await gitlab.rows())[0].secret).toBe(gitlabStores(`${SECRET}!`, form))
  },
)

test('a lost secret is read where GitLab keeps it in the clear, and replaced where it keeps a hash', async () => {
  await gitlab.fresh('16.11')
  await gitlab.addRow({ scopes: 'read_user', trusted: true })
  expect(await gitlab.register()).toMatchObject({ id: ID, secret: SECRET, outcome: 'unchanged' })
  await gitlab.client.query('UPDATE oauth_applications SET secret = $1', [gitlabStores(SECRET, 'sha512')])
  const { secret, outcome, notes } = await gitlab.register({ id: ID })
  expect([outcome, notes.length]).toEqual(['repaired', 1])
  expect((await gitlab.rows())[0].secret).toBe(gitlabStores(secret, 'sha512'))
})

test("what GitLab's package left is repaired, also after a change of the address", async () => {
  await gitlab.fresh('18.6')
  await gitlab.addRow({
    redirect_uri:
      'http://old.example.com//signup/gitlab/complete\r\nhttp://old.example.com//login/gitlab/complete\nhttps://own.example.com/kept',
  })
  const { outcome, notes } = await gitlab.register({ id: ID, secret: SECRET })
  expect(outcome).toBe('repaired')
  expect(notes.join('\n')).toMatch(/old\.example\.com.*replaced[^]*every scope[^]*trusted/)
  expect(await gitlab.rows()).toMatchObject([
    {
      uid: ID,
      redirect_uri: [...URIS, 'https://own.example.com/kept'].join('\r\n'),
      scopes: 'read_user',
      trusted: true,
    },
  ])
  expect(await gitlab.register({ id: ID, secret: SECRET })).toMatchObject({ outcome: 'unchanged', notes: [] })
  const moved = await gitlab.register({ id: ID, secret: SECRET, siteUrl: 'https://CHAT.example.org:443/talk/' })
  expect(moved.outcome).toBe('repaired')
  expect((await gitlab.rows())[0].redirect_uri).toBe(
    'https://chat.example.org/talk/signup/gitlab/complete\r\nhttps://chat.example.org/talk/login/gitlab/complete\r\nhttps://own.example.com/kept',
  )
})

test('columns that nobody knows yet get what the database demands', async () => {
  await gitlab.fresh('19.2')
  await gitlab.client.query(`
    CREATE TABLE cells (id bigint PRIMARY KEY);
    INSERT INTO cells VALUES (4), (9);
    ALTER TABLE oauth_applications
      ADD visible boolean NOT NULL, ADD kind smallint NOT NULL, ADD note text NOT NULL, ADD extra jsonb NOT NULL,
      ADD "Seen at" timestamptz NOT NULL, ADD tags text[] NOT NULL, ADD cell bigint NOT NULL REFERENCES cells (id),
      ADD checked text, ADD free text, ADD given text NOT NULL DEFAULT 'x',
      ADD twin bigint GENERATED ALWAYS AS (id * 2) STORED,
      ADD CONSTRAINT c CHECK ((checked IS NOT NULL))`)
  expect((await gitlab.register()).outcome).toBe('created')
  expect(await gitlab.rows()).toMatchObject([
    {
      visible: false,
      kind: 0,
      note: '',
      extra: {},
      'Seen at': expect.any(Date),
      tags: [],
      cell: '4',
      checked: '',
      free: null,
      given: 'x',
    },
  ])
  await gitlab.client.query('DELETE FROM oauth_applications; ALTER TABLE oauth_applications ADD area point NOT NULL')
  expect(await failure(gitlab.register())).toEqual([
    'column',
    expect.stringMatching(/column area of type point.*Admin area/),
  ])
  await gitlab.client.query('ALTER TABLE oauth_applications DROP area; DELETE FROM organizations')
  expect(await failure(gitlab.register())).toEqual(['column', expect.stringContaining('organizations, which is empty')])
})

test('a new secret replaces the old one', async () => {
  await gitlab.fresh('18.6')
  await gitlab.addRow({ secret: gitlabStores(SECRET, 'pbkdf2') })
  const { id, secret } = await rotateInDatabase({ connect: gitlab.client, id: ID })
  expect([id, secret === SECRET]).toEqual([ID, false])
  expect((await gitlab.rows())[0].secret).toBe(gitlabStores(secret, 'pbkdf2'))
  const chosen = await rotateInDatabase({ connect: gitlab.client, id: ID, secret: 'one that somebody chose' }).catch(
    (error: RegistrationError) => error.code,
  )
  expect(chosen).toBe('input')
  expect(await failure(rotateInDatabase({ connect: gitlab.client, id: 'unknown-id' }))).toEqual([
    'missing',
    expect.stringContaining('unknown-id'),
  ])
})

test('two registrations at once make one application', async () => {
  const connect = await gitlab.fresh('18.6')
  const all = await Promise.all([1, 2, 3].map(() => registerInDatabase({ connect, siteUrl: SITE })))
  expect(all.map((one) => one.outcome).toSorted()).toEqual(['created', 'unchanged', 'unchanged'])
  expect(new Set(all.map((one) => one.secret)).size).toBe(1)
  expect(await gitlab.rows()).toHaveLength(1)
})
