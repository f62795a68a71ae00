import { createHash } from 'node:crypto'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import type { Box } from './box.fixture.ts'
import { openCorpBrowser, signInThroughGitLab, startGitLabNode, type GitLabNode } from './gitlab-node.fixture.ts'
import { gitlabDatabase, installGitLab, writeSecrets } from './gitlab-package.fixture.ts'
import { bareMachine, putCertificate } from './package.fixture.ts'

/** A new chat on GitLab's own machine: registered in GitLab's database by itself. */
vi.setConfig({ testTimeout: 400_000, hookTimeout: 600_000 })

let box: Box
let node: GitLabNode
let browser: Browser

beforeAll(async () => {
  const machine = await bareMachine()
  ;({ box } = machine)
  await putCertificate(box)
  await installGitLab(box, '18.11.3')
  await writeSecrets(box)
  node = await startGitLabNode(box, gitlabDatabase(box))
  await node.gitlab.addUser({ username: 'mina' })
  // GitLab has applications of its own, by which one sees how this version keeps their secrets.
  await node.gitlab.addApplication({ redirectUris: [`${node.url}/-/ide/oauth_redirect`], scopes: 'api', trusted: true })
  await box.write('/etc/gitlab/trusted-certs/company.crt', node.ca)
  await box.write('/etc/gitlab/gitlab.rb', `external_url '${node.url}'\n`, '0600')
  await box.succeed(`dpkg -i /mnt/${machine.packages.current}`)
})
afterAll(async () => {
  await browser?.close()
  await node?.close()
  await box?.dispose()
})

/** Columns of GitLab's applications, one row per line. */
const applications = (columns: string): Promise<string> =>
  box.succeed('outpost-psql -X -At -d gitlabhq_production', {
    input: `SELECT ${columns} FROM oauth_applications WHERE redirect_uri LIKE 'https://chat.corp.test/%'`,
  })

test("the address, reconfigure, and GitLab's database knows the chat", async () => {
  const line = "mattermost_external_url 'https://chat.corp.test'\n"
  await box.succeed('cat >>/etc/gitlab/gitlab.rb', { input: line })
  const out = await box.succeed('outpost-ctl reconfigure')
  expect(out).toMatch(/\* application in GitLab \(application [\w-]+: created\)/)
  expect(out).toContain("(skipped: GitLab's is used)")
  const [name, scopes, trusted, confidential, uid] = (
    await applications('name, scopes, trusted, confidential, uid')
  ).split(/[|\n]/)
  expect([name, scopes, trusted, confidential]).toEqual(['GitLab Mattermost', 'read_user', 't', 't'])
  expect(await applications("replace(redirect_uri, E'\\r\\n', ' ')")).toBe(
    'https://chat.corp.test/signup/gitlab/complete https://chat.corp.test/login/gitlab/complete\n',
  )
  expect(await box.read('/opt/gitlab/etc/mattermost/env/MM_GITLABSETTINGS_ID')).toBe(uid)
  // GitLab keeps no secret that could be read back.
  const secret = await box.read('/opt/gitlab/etc/mattermost/env/MM_GITLABSETTINGS_SECRET')
  expect(await applications('secret')).toBe(`${createHash('sha512').update(secret).digest('hex')}\n`)
})

test('somebody of GitLab signs in, without being asked whether he trusts the chat', async () => {
  const certificate = await box.read('/etc/gitlab/ssl/chat.corp.test.crt')
  browser = await openCorpBrowser(box, [certificate, node.certificate])
  await signInThroughGitLab(browser, 'mina')
  const users = await box.succeed('outpost-psql -X -At', { input: 'SELECT username, authservice FROM users' })
  expect(users).toContain('mina|gitlab\n')
})

test("a second run changes nothing, the doctor finds it in order, and GitLab's files are what they were", async () => {
  expect(await box.succeed('outpost-ctl reconfigure')).toContain('Everything was up to date.')
  expect(await applications('count(*)')).toBe('1\n')
  expect((await box.run('outpost-ctl doctor')).out).toContain(
    'GitLab knows the chat, its secret and both of its addresses.',
  )
  expect(JSON.parse(await box.read('/etc/gitlab/gitlab-secrets.json'))).toEqual({
    gitlab_rails: { db_key_base: 'of no concern to a chat' },
  })
})
