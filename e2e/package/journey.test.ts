import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import type { Box } from './box.fixture.ts'
import { openCorpBrowser, signInThroughGitLab, startGitLabNode, type GitLabNode } from './gitlab-node.fixture.ts'
import { bareMachine, putCertificate, type Packages } from './package.fixture.ts'

// From nothing to a chat, and again: on a busy machine each step takes its time.
vi.setConfig({ testTimeout: 400_000, hookTimeout: 600_000 })

let box: Box
let packages: Packages
let node: GitLabNode
let browser: Browser
let page: Page
let archive = ''

const SETTINGS = (gitlab: string): string => `mattermost_external_url 'https://chat.corp.test'
mattermost_nginx['redirect_http_to_https'] = true
external_url '${gitlab}'
`

beforeAll(async () => {
  ;({ box, packages } = await bareMachine())
  node = await startGitLabNode(box)
  await node.gitlab.addUser({ username: 'mina' })
})
afterAll(async () => {
  await browser?.close()
  await node?.close()
  await box?.dispose()
})

test('from a bare machine: install, three lines, reconfigure, and GitLab on another host knows the chat', async () => {
  await box.succeed(`dpkg -i /mnt/${packages.current}`)
  await putCertificate(box)
  await box.write('/etc/gitlab/trusted-certs/company.crt', node.ca)
  await box.write('/etc/outpost/outpost.rb', SETTINGS(node.url), '0600')
  await box.write('/root/token', `${node.token}\n`, '0600')
  const out = await box.succeed('outpost-ctl reconfigure --gitlab-token-file /root/token')
  expect(out).toMatch(/\* application in GitLab \(application [0-9a-f]{64}: created\)/)
  expect(out).toContain('outpost Reconfigured!')
  const headers = await box.succeed('curl -sI http://chat.corp.test/some/page')
  expect(headers).toMatch(/^HTTP\/1\.1 301 [^]*\r\nLocation: https:\/\/chat\.corp\.test:443\/some\/page\r\n/)
})

test('somebody signs in through GitLab in a browser, makes a team and posts', async () => {
  const chat = await box.read('/etc/gitlab/ssl/chat.corp.test.crt')
  browser = await openCorpBrowser(box, [chat, node.certificate])
  page = await signInThroughGitLab(browser, 'mina', true)
  await page.getByRole('button', { name: 'Create a team' }).click()
  await page.getByLabel('Team name').fill('Garden')
  await page.getByRole('button', { name: 'Create team' }).click()
  await page.waitForURL('**/garden/channels/town-square')
  const field = page.getByRole('textbox', { name: /^Message / })
  await field.fill('The seeds are in the shed')
  await field.press('Enter')
  await page
    .getByRole('region', { name: /^Messages in/ })
    .getByText('The seeds are in the shed')
    .waitFor()
  const posts = `outpost-psql -Atc "select message from posts where type = ''"`
  expect(await box.succeed(posts)).toBe('The seeds are in the shed\n')
})

test('a backup while people talk, then everything is destroyed: data, settings, accounts, package', async () => {
  const said = await box.succeed('outpost-ctl backup')
  archive = /^ {2}(\/var\/opt\/outpost\/backups\/\S+)$/m.exec(said)![1]!
  await box.succeed(`mv ${archive} /root/ && outpost-ctl backup-etc -p /root/settings`)
  archive = archive.replace(/.*\//, '/root/')
  await box.succeed('outpost-ctl uninstall && outpost-ctl remove-accounts')
  expect(await box.succeed('outpost-ctl cleanse yes')).toContain('Everything is gone.')
  await box.succeed('dpkg --purge outpost && rm -rf /root/outpost-cleanse-* /etc/gitlab')
  const left = 'ls /var/opt/gitlab /var/opt/outpost /etc/outpost /opt/outpost; getent passwd mattermost gitlab-psql'
  expect((await box.run(left)).out).toBe('')
  expect((await box.run('curl -sk --max-time 5 https://chat.corp.test/')).code).not.toBe(0)
})

test('restored on the bare machine, the post is there, and signing in with GitLab works as before', async () => {
  await box.succeed(`dpkg -i /mnt/${packages.current}`)
  // Certificates are the administrator's: they are in the archive of settings.
  await box.succeed('tar -xpf /root/settings/outpost_config_*.tar -C / etc/gitlab')
  const out = await box.succeed(`outpost-ctl restore --settings --stop ${archive}`)
  expect(out).toMatch(/Restored: \d+ files, \d+ posts, 1 accounts; every row counted\./)
  page = await signInThroughGitLab(browser, 'mina')
  await page.goto('/garden/channels/town-square')
  await page
    .getByRole('region', { name: /^Messages in/ })
    .getByText('The seeds are in the shed')
    .waitFor()
  expect(await box.read('/etc/outpost/outpost.rb')).toBe(SETTINGS(node.url))
})
