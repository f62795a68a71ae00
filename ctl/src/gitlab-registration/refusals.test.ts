import { afterAll, beforeAll, expect, test } from 'vitest'
import { storedSecret as gitlabStores } from '../../../testkit/gitlab/secrets.ts'
import { registerInDatabase, verifyInDatabase } from './index.ts'
import { failure, GitLabTables, ID, SECRET, SITE } from './registration.fixture.ts'

let gitlab: GitLabTables
beforeAll(async () => {
  gitlab = await GitLabTables.open()
})
afterAll(() => gitlab.close())

test('without an id, only an application of the instance itself is adopted', async () => {
  await gitlab.fresh('18.6')
  await gitlab.addRow({ uid: 'of-a-person', owner_id: 7, owner_type: 'User' })
  await gitlab.addRow({ uid: 'of-a-program', dynamic: true, scopes: 'read_user' })
  await gitlab.addRow({ uid: 'of-another-site', redirect_uri: 'https://else.example.com/signup/gitlab/complete' })
  const made = await gitlab.register()
  expect(made.outcome).toBe('created')
  expect(made.notes).toEqual([expect.stringContaining('https://else.example.com (id of-another-site)')])
  expect((await gitlab.rows()).map((row) => row.redirect_uri)).toHaveLength(4)
  const adopted = await gitlab.register()
  expect([adopted.id, adopted.outcome]).toEqual([made.id, 'unchanged'])
  // An id that GitLab does not know is made there, whatever else is registered for the site.
  const second = await gitlab.register({ id: 'chosen-by-hand', secret: SECRET })
  expect([second.outcome, second.id, second.notes[0]]).toEqual([
    'created',
    'chosen-by-hand',
    expect.stringContaining(made.id),
  ])
})

test('an application with our id stops belonging to a person', async () => {
  await gitlab.fresh('18.6')
  await gitlab.addRow({ owner_id: 7, owner_type: 'User', scopes: 'api read_user', confidential: false, trusted: true })
  const problems = await verifyInDatabase({ connect: gitlab.client, siteUrl: SITE, id: ID })
  expect([problems.ok, problems.problems.map((one) => one.code)]).toEqual([true, ['not_confidential', 'owned']])
  expect((await gitlab.register({ id: ID, secret: SECRET })).outcome).toBe('repaired')
  expect(await gitlab.rows()).toMatchObject([
    { owner_id: null, owner_type: null, confidential: true, scopes: 'api read_user' },
  ])
})

test('input that GitLab would never accept again is refused before anything is written', async () => {
  await gitlab.fresh('18.6')
  for (const siteUrl of [
    '',
    'chat.example.com',
    'ftp://x',
    'https://',
    'https:///x',
    'https://a b',
    'https://x\\y',
    'https://x/?a',
    'https://x/#a',
    'javascript:alert(1)',
    'https://x\nhttps://evil.example',
  ])
    expect(await failure(gitlab.register({ siteUrl }))).toEqual([
      'site_url',
      expect.stringContaining('https://chat.example.com'),
    ])
  const withPassword = await failure(gitlab.register({ siteUrl: 'https://user:hunter2@chat.example.com' }))
  expect(withPassword).toEqual(['site_url', expect.not.stringContaining('hunter2')])
  for (const wrong of [
    { id: 'short' },
    { id: "x'; DROP TABLE users; --" },
    { secret: 'short' },
    { secret: gitlabStores(SECRET, 'sha512') },
    { secret: gitlabStores(SECRET, 'pbkdf2') },
    { secret: `${SECRET}\n` },
    { name: ' ' },
    { name: 'a\nb' },
    { scopes: 'read_user,api' },
    { scopes: '' },
  ]) {
    const said = await failure(gitlab.register(wrong))
    expect(said[0]).toBe('input')
    expect(said[1]).not.toMatch(/\$pbkdf2|[0-9a-f]{64}|secrets-file/)
  }
  expect(await gitlab.rows()).toEqual([])
  const name = `'"; DROP TABLE users; -- <b>`
  expect((await gitlab.register({ name })).outcome).toBe('created')
  expect((await gitlab.rows())[0].name).toBe(name)
})

test('each refusal says what to do', async () => {
  const connect = await gitlab.fresh('18.6')
  const read = { ...connect, options: `${connect.options} -c default_transaction_read_only=on` }
  expect(await failure(registerInDatabase({ connect: read, siteUrl: SITE }))).toEqual([
    'read_only',
    expect.stringContaining('primary'),
  ])
  const gone = { ...connect, database: 'no_such_database' }
  expect(await failure(registerInDatabase({ connect: gone, siteUrl: SITE }))).toEqual([
    'not_gitlab',
    expect.stringContaining('gitlabhq_production'),
  ])
  const nobody = { ...connect, user: 'nobody_at_all' }
  expect(await failure(registerInDatabase({ connect: nobody, siteUrl: SITE }))).toEqual([
    'access',
    expect.stringContaining('gitlab-psql'),
  ])
  const nowhere = { host: '/nowhere/at/all', database: 'x', user: 'x' }
  expect(await failure(registerInDatabase({ connect: nowhere, siteUrl: SITE }))).toEqual([
    'unreachable',
    expect.stringContaining('/nowhere/at/all'),
  ])
  const closed = { host: '127.0.0.1', port: 1, database: 'x', user: 'x', password: 'hunter2' }
  expect(await failure(registerInDatabase({ connect: closed, siteUrl: SITE }))).toEqual([
    'unreachable',
    expect.not.stringContaining('hunter2'),
  ])
  await gitlab.client.query('ALTER TABLE oauth_applications RENAME TO something_else')
  expect(await failure(gitlab.register())).toEqual([
    'not_gitlab',
    expect.stringContaining('no table oauth_applications'),
  ])
  await gitlab.client.query('CREATE TABLE oauth_applications (id int, uid text)')
  expect(await failure(gitlab.register())).toEqual([
    'not_gitlab',
    expect.stringContaining('has no name, secret, redirect_uri'),
  ])
  // The open connection is whole after each of these.
  expect((await gitlab.client.query('SELECT 1 AS one')).rows).toEqual([{ one: 1 }])
})
