import { randomBytes } from 'node:crypto'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import type { Box } from './box.fixture.ts'
import { Chat } from './chat.fixture.ts'
import { openCorpBrowser, signInThroughGitLab, startGitLabNode, type GitLabNode } from './gitlab-node.fixture.ts'
import {
  chatAnswers,
  forgetOutpost,
  gitlabDatabase,
  installGitLab,
  startBundledChat,
  writeSecrets,
} from './gitlab-package.fixture.ts'
import { bareMachine, putCertificate, type Packages } from './package.fixture.ts'

// Two machines are set up, and a chat moves four times: on a busy machine each takes its time.
vi.setConfig({ testTimeout: 400_000, hookTimeout: 600_000 })

/** The chat of GitLab's package, taken over on GitLab's own machine and on another one. */
let box: Box
let packages: Packages
let node: GitLabNode
let chat: Chat
let browser: Browser
let file = ''
let secrets: Record<string, unknown>

const PICTURE = randomBytes(3000)
const ENV = '/opt/gitlab/etc/mattermost/env'
const HOME = '/var/opt/gitlab/mattermost'
const callback = (name: string): string => `https://chat.corp.test/${name}/gitlab/complete`

beforeAll(async () => {
  ;({ box, packages } = await bareMachine())
  await putCertificate(box)
  await installGitLab(box, '18.11.3')
  node = await startGitLabNode(box, gitlabDatabase(box))
  await node.gitlab.addUser({ username: 'mina' })
  // As GitLab's package registers it: for the whole API, and asking people once.
  const { uid, secret } = await node.gitlab.addApplication({
    redirectUris: [callback('signup'), callback('login')],
    scopes: 'api',
    trusted: false,
  })
  await box.write('/etc/gitlab/trusted-certs/company.crt', node.ca)
  await box.write('/etc/gitlab/gitlab.rb', gitlabRb(node.url), '0600')
  await box.succeed(`dpkg -i /mnt/${packages.current}`)
  secrets = {
    email_invite_salt: randomBytes(16).toString('hex'),
    file_public_link_salt: randomBytes(16).toString('hex'),
    sql_at_rest_encrypt_key: randomBytes(16).toString('hex'),
    gitlab_enable: true,
    gitlab_id: uid,
    gitlab_secret: secret,
    register_as_oauth_app: false,
  }
  await startBundledChat(box, node.url, secrets)
  chat = new Chat(box)
  await chat.begin()
  file = await chat.post('Written in the old days', PICTURE)
  await forgetOutpost(box)
})
afterAll(async () => {
  await browser?.close()
  await node?.close()
  await box?.dispose()
})

const gitlabRb = (gitlab: string): string => `external_url '${gitlab}'
mattermost_external_url 'https://chat.corp.test'
nginx['redirect_http_to_https'] = true
gitlab_rails['ldap_password'] = 'of no concern to a chat'
`

/** Anna has her password, the post is there, and its file is what it was. */
async function expectOldDays(place: Chat, ...later: string[]): Promise<void> {
  await place.signIn()
  expect(await place.messages()).toEqual([...later, 'Written in the old days'])
  expect(await place.download(file)).toEqual(PICTURE)
}

const savedSecrets = async (): Promise<Record<string, unknown>> =>
  (JSON.parse(await box.read('/etc/outpost/outpost-secrets.json')) as { mattermost: Record<string, unknown> })
    .mattermost

test('beside the running chat of GitLab, reconfigure touches nothing and says how to go on', async () => {
  const { code, err } = await box.run('outpost-ctl reconfigure')
  expect([code, err]).toEqual([1, expect.stringContaining("The chat server of GitLab's package is running")])
  expect(err).toContain('outpost-ctl adopt')
  const { code: dry, out } = await box.run('outpost-ctl adopt --dry-run')
  expect(dry).toBe(0)
  expect(out).toMatch(/GitLab +18\.11\.3\n +Chat +Mattermost 10\.11\.13, running\n/)
  expect(out).toMatch(/Database +mattermost_production: 1 people, \d+ posts; owner gitlab_mattermost\n/)
  expect(out).toMatch(/Files +\/var\/opt\/gitlab\/mattermost\/data: [1-9]\d* files/)
  expect(await box.succeed('ls /etc/outpost')).toBe('')
  await chatAnswers(box)
})

test('adopted: the same address, passwords, posts, files and the application in GitLab', async () => {
  const before = await box.read('/etc/gitlab/gitlab.rb')
  const { code, out, err } = await box.run('outpost-ctl adopt')
  expect([code, err]).toEqual([0, ''])
  expect(out).toContain("gitlab_rails['mattermost_host'] = 'https://chat.corp.test'")
  expect(await box.succeed('gitlab-ctl status mattermost || :')).toMatch(/^down: /)
  expect(await box.succeed(`readlink /proc/${await box.pid('outpost')}/cwd`)).toBe('/opt/outpost\n')
  await expectOldDays(chat)
  expect(await savedSecrets()).toMatchObject(secrets)
  expect(await box.read('/etc/gitlab/gitlab.rb')).toBe(before)
  await chat.post('Written since')
})

test('GitLab drops its own host, secrets and the role of its chat: nobody notices, and people sign in through it', async () => {
  await box.succeed(`rm /var/opt/gitlab/nginx/conf/service_conf/gitlab-mattermost.conf
sed -i '/log_format gitlab_mattermost_access/d' /var/opt/gitlab/nginx/conf/nginx.conf
sed -i '/gitlab_mattermost/d' /var/opt/gitlab/postgresql/data/pg_ident.conf
gitlab-ctl hup nginx && gitlab-ctl hup postgresql`)
  await writeSecrets(box)
  await box.succeed('outpost-ctl restart outpost && outpost-ctl reconfigure')
  expect(await box.succeed('curl -skI https://chat.corp.test/')).toMatch(/strict-transport-security: /i)
  await expectOldDays(chat, 'Written since')
  const certificate = await box.read('/etc/gitlab/ssl/chat.corp.test.crt')
  browser = await openCorpBrowser(box, [certificate, node.certificate])
  await signInThroughGitLab(browser, 'mina', true)
  expect(await chat.sql("SELECT username FROM users WHERE authservice = 'gitlab'")).toBe('mina')
})

test('the way back: the old chat runs again, with what was written meanwhile', async () => {
  const { code, out, err } = await box.run('outpost-ctl adopt --undo')
  expect([code, err]).toEqual([0, ''])
  expect(out).toContain("The chat is GitLab's again")
  // What the reconfigure of GitLab 18 writes.
  await box.succeed(`sed -i '1i gitlab mattermost gitlab_mattermost' /var/opt/gitlab/postgresql/data/pg_ident.conf
gitlab-ctl hup postgresql`)
  await chatAnswers(box)
  expect(await box.succeed('gitlab-ctl status mattermost')).toMatch(/^run: /)
  expect(await box.succeed('outpost-ctl status outpost || :')).not.toContain('run: outpost')
  expect(await box.succeed(`cat ${ENV}/MM_SQLSETTINGS_DATASOURCE`)).toContain('user=gitlab_mattermost')
  const direct = new Chat(box, 'http://127.0.0.1:8065')
  await expectOldDays(direct, 'Written since')
})

test('secrets that only an archive of /etc/gitlab still has are found there', async () => {
  await box.succeed('gitlab-ctl stop mattermost')
  const archive = (name: string): string => `/etc/gitlab/config_backup/gitlab_config_${name}.tar`
  await writeSecrets(box, secrets)
  await box.succeed(`mkdir -p /etc/gitlab/config_backup && cd / &&
    tar --exclude=config_backup -cf ${archive('1777600000_2026_05_01')} etc/gitlab`)
  await writeSecrets(box)
  await box.succeed(`cd / && tar --exclude=config_backup -cf ${archive('1780000000_2026_05_28')} etc/gitlab
rm -r ${ENV}`)
  const { code, out, err } = await box.run('outpost-ctl adopt')
  expect([code, err]).toEqual([0, ''])
  expect(out).toMatch(
    /Secrets +\/etc\/gitlab\/config_backup\/gitlab_config_1777600000_2026_05_01\.tar, with the application/,
  )
  expect(await savedSecrets()).toMatchObject(secrets)
  await expectOldDays(chat, 'Written since')
})

test('on another machine: from a dump, and the files as a folder or as the file of the guide', async () => {
  const [dump, data] = ['/tmp/mattermost_dbdump_2026-05-01.sql.gz', '/tmp/mattermost_data_2026-05-01.gz']
  await box.succeed(`sudo -i -u gitlab-psql -- /opt/gitlab/embedded/bin/pg_dump -h /var/opt/gitlab/postgresql mattermost_production | gzip >${dump}
tar -zcf ${data} -C ${HOME} data config.json`)
  const { box: other } = await bareMachine()
  try {
    await other.succeed(`dpkg -i /mnt/${packages.current}`)
    for (const path of [dump, data])
      await other.succeed(`base64 -d >${path}`, { input: await box.succeed(`base64 ${path}`) })
    await putCertificate(other)
    await other.write('/etc/gitlab/gitlab.rb', gitlabRb(node.url), '0600')
    await writeSecrets(other, secrets)
    expect(await other.run(`outpost-ctl adopt --database ${data} --files ${data}`)).toMatchObject({
      code: 1,
      err: expect.stringContaining('is no dump of a database') as string,
    })
    const { code, out, err } = await other.run(`outpost-ctl adopt --database ${dump} --files ${data}`)
    expect([code, err]).toEqual([0, ''])
    expect(out).toMatch(/Restored: \d+ files, \d+ posts, 2 accounts; every row counted\./)
    const moved = new Chat(other)
    await expectOldDays(moved, 'Written since')
    expect(await moved.sql("SELECT authservice FROM users WHERE username = 'mina'")).toBe('gitlab')
    await other.succeed(
      'outpost-ctl adopt --undo && mkdir /root/copy && tar -xzf /tmp/mattermost_data_*.gz -C /root/copy',
    )
    await other.succeed(`rm -r ${HOME}/data/* && outpost-ctl adopt --database ${dump} --files /root/copy`)
    await expectOldDays(moved, 'Written since')
  } finally {
    await other.dispose()
  }
})
