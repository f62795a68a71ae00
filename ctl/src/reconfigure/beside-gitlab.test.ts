import { existsSync, readdirSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { GitLabMachine } from './gitlab-machine.fixture.ts'
import { TestBox } from './test-box.fixture.ts'

// Whole services start and stop here; how long that takes is the machine's affair.
vi.setConfig({ testTimeout: 180_000, hookTimeout: 180_000 })

let box: TestBox
let machine: GitLabMachine

beforeAll(async () => {
  box = await TestBox.create()
  machine = await GitLabMachine.create(box)
})

afterAll(async () => {
  await box.ctl('uninstall')
  await machine.dispose()
  await box.dispose()
})

interface Row {
  id: string
  name: string
  uid: string
  redirect_uri: string
  scopes: string
  trusted: boolean
}

const applications = (): Promise<Row[]> => machine.query<Row>('SELECT * FROM oauth_applications ORDER BY id')
const site = (): string => `http://localhost:${box.ports.web}`
const envOf = (name: string): string => box.read(`/opt/gitlab/etc/mattermost/env/${name}`)

function settings(more = '', url = site()): void {
  box.settings(`external_url '${machine.gitlab!.url}'\nmattermost_external_url '${url}'\n${more}`)
}

test("GitLab's PostgreSQL, nginx and sign-in are used, nothing of it is changed", async () => {
  settings()
  const { code, out, err } = await box.ctl('reconfigure')
  expect([code, err]).toEqual([0, ''])
  expect(out).toContain("(skipped: GitLab's is used)")
  expect(out).toContain("GitLab's nginx has read its configuration again")
  expect((await box.ctl('service-list')).out).toBe('outpost*\n')
  const answer = await fetch(`${site()}/api/v4/system/ping`)
  expect(answer.status).toBe(200)
  expect(await (await fetch(`http://127.0.0.1:${box.ports.tls}/`)).text()).toBe('gitlab')
})

test('the chat is registered in GitLab, and people can sign in', async () => {
  const rows = await applications()
  expect(rows).toEqual([
    expect.objectContaining({
      name: 'GitLab Mattermost',
      redirect_uri: `${site()}/signup/gitlab/complete\r\n${site()}/login/gitlab/complete`,
      scopes: 'read_user',
      trusted: true,
      uid: envOf('MM_GITLABSETTINGS_ID'),
    }),
  ])
  expect(envOf('MM_GITLABSETTINGS_ENABLE')).toBe('true')
  expect(envOf('MM_GITLABSETTINGS_SCOPE')).toBe('read_user')
  const login = await fetch(`${site()}/oauth/gitlab/login`, { redirect: 'manual' })
  const to = new URL(login.headers.get('location')!)
  expect(to.origin + to.pathname).toBe(`${machine.gitlab!.url}/oauth/authorize`)
  expect(to.searchParams.get('client_id')).toBe(rows[0]!.uid)
  expect((await box.ctl('doctor')).out).toContain('GitLab knows the chat, its secret and both of its addresses.')
})

test('a second run registers nothing again', async () => {
  const { out } = await box.ctl('reconfigure')
  expect(out).toContain('(not wanted: it is registered already)')
  expect(out).toContain('Everything was up to date.')
  expect(await applications()).toHaveLength(1)
})

test('another address is told to GitLab', async () => {
  settings(
    `mattermost_nginx['listen_port'] = ${box.ports.web}\nmattermost_nginx['listen_https'] = false`,
    'https://talk.corp.test',
  )
  const { code, out } = await box.ctl('reconfigure')
  expect(code).toBe(0)
  expect(out).toContain("The chat's address changed since it was registered in GitLab.")
  const [row] = await applications()
  expect(row!.redirect_uri).toBe(
    'https://talk.corp.test/signup/gitlab/complete\r\nhttps://talk.corp.test/login/gitlab/complete',
  )
  expect((await box.ctl('reconfigure')).out).toContain('Everything was up to date.')
})

test('what GitLab’s nginx refuses is put back', async () => {
  const host = box.read('/var/opt/gitlab/nginx/conf/service_conf/outpost.conf')
  settings(`mattermost_nginx['custom_gitlab_mattermost_server_config'] = "nonsense;"`)
  const { code, err } = await box.ctl('reconfigure')
  expect([code, err]).toEqual([1, expect.stringContaining('unknown directive "nonsense"')])
  expect(box.read('/var/opt/gitlab/nginx/conf/service_conf/outpost.conf')).toBe(host)
  expect(await (await fetch(`http://127.0.0.1:${box.ports.tls}/`)).text()).toBe('gitlab')
})

test('an older GitLab’s nginx has to be told, and the line is given', async () => {
  const main = box.read('/var/opt/gitlab/nginx/conf/nginx.conf')
  box.write('/var/opt/gitlab/nginx/conf/nginx.conf', main.replace(/.*service_conf.*\n/, ''))
  settings()
  const { code, out } = await box.ctl('reconfigure')
  expect(code).toBe(0)
  const file = box.path('/var/opt/outpost/nginx/gitlab-include.conf')
  expect(out).toContain(`nginx['custom_nginx_config'] = "include ${file};"`)
  expect(existsSync(file)).toBe(true)
  expect(existsSync(box.path('/var/opt/gitlab/nginx/conf/service_conf/outpost.conf'))).toBe(false)
  box.write('/var/opt/gitlab/nginx/conf/nginx.conf', main)
})

test('a PostgreSQL elsewhere is used as it is', async () => {
  settings(`mattermost['sql_data_source'] = '${machine.database('chat', 'chat')}'`)
  const { code, out } = await box.ctl('reconfigure')
  expect(code).toBe(0)
  expect(out).not.toContain('* database role')
  expect(out).toContain('* restart outpost')
  expect((await fetch(`${site()}/api/v4/system/ping`)).status).toBe(200)
  expect((await box.run(['-Atc', 'select current_user'], 'outpost-psql')).out).toBe('chat\n')
  settings(
    `mattermost['sql_data_source'] = 'user=nobody_there host=127.0.0.1 port=${box.ports.postgresql} dbname=chat sslmode=disable'`,
  )
  const wrong = await box.ctl('reconfigure')
  expect([wrong.code, wrong.err]).toEqual([
    1,
    expect.stringMatching(/cannot enter the database chat at 127\.0\.0\.1:\d+ as nobody_there/),
  ])
})

test('a restore into a PostgreSQL elsewhere needs a right for its time, and says which', async () => {
  settings(`mattermost['sql_data_source'] = '${machine.database('chat', 'chat')}'`)
  expect((await box.run(['reconfigure'])).code).toBe(0)
  const made = await box.run(['backup', '-p', box.path('/backups')])
  expect([made.code, made.err]).toEqual([0, ''])
  const [archive] = readdirSync(box.path('/backups'))
  const restore = ['restore', '--stop', box.path(`/backups/${archive}`)]
  const refused = await box.run(restore)
  expect(refused.code).toBe(1)
  expect(refused.err).toContain('The role chat may not create databases')
  expect(refused.err).toContain('ALTER ROLE "chat" CREATEDB')
  expect((await fetch(`${site()}/api/v4/system/ping`)).status).toBe(200)
  await machine.administer('ALTER ROLE "chat" CREATEDB')
  const done = await box.run(restore)
  expect([done.code, done.out]).toEqual([0, expect.stringContaining('every row counted')])
  await machine.administer('ALTER ROLE "chat" NOCREATEDB')
})

test('without a way to register, the steps by hand are printed and the run succeeds', async () => {
  settings(`gitlab_rails['db_database'] = 'elsewhere'\nmattermost['register_as_oauth_app'] = true`)
  const { code, out } = await box.ctl('reconfigure')
  expect(code).toBe(0)
  expect(out).toContain('To let people sign in with GitLab, do it by hand:')
  expect(out).toContain(`Redirect URI  ${site()}/signup/gitlab/complete`)
  expect(out).toContain(`mattermost['gitlab_token_endpoint'] = "${machine.gitlab!.url}/oauth/token"`)
})

test('with an administrator’s token it is registered through the API', async () => {
  const admin = await machine.gitlab!.addUser({
    username: 'root',
    name: 'Admin',
    email: 'root@corp.test',
    password: 'a-long-password',
    admin: true,
  })
  box.write('/token', `${await machine.gitlab!.addPersonalToken(admin.id, 'api')}\n`)
  await machine.query('DELETE FROM oauth_applications')
  settings(`gitlab_rails['enable'] = false`)
  const { code, out } = await box.ctl('reconfigure', '--gitlab-token-file', box.path('/token'))
  expect(code).toBe(0)
  expect(out).toMatch(/application \S+: created/)
  const rows = await applications()
  expect(rows.map(({ uid }) => uid)).toContain(envOf('MM_GITLABSETTINGS_ID'))
  expect((await box.ctl('doctor')).out).toContain('GitLab accepts the id and secret of the chat.')
})

test('the doctor talks to the mail server', async () => {
  const mail = createServer((socket) => {
    socket.write('220 mx.corp.test ESMTP\r\n')
    socket.on('data', () => socket.write('250-mx.corp.test\r\n250 SIZE 1000\r\n'))
  })
  await new Promise<void>((done) => void mail.listen(0, '127.0.0.1', done))
  const { port } = mail.address() as AddressInfo
  settings(
    `mattermost['env'] = { 'MM_EMAILSETTINGS_SMTPSERVER' => '127.0.0.1', 'MM_EMAILSETTINGS_SMTPPORT' => '${port}' }`,
  )
  expect((await box.ctl('doctor')).out).toContain(`The mail server 127.0.0.1:${port} answers.`)
  settings(
    `mattermost['env'] = { 'MM_EMAILSETTINGS_SMTPSERVER' => '127.0.0.1', 'MM_EMAILSETTINGS_SMTPPORT' => '${port}', 'MM_EMAILSETTINGS_CONNECTIONSECURITY' => 'STARTTLS' }`,
  )
  expect((await box.ctl('doctor')).out).toContain('it does not offer STARTTLS')
  await new Promise((done) => mail.close(done))
  expect((await box.ctl('doctor')).out).toMatch(/The mail server 127\.0\.0\.1:\d+ does not work/)
})

test('GitLab 19 forgot the chat’s role: the run says so, and how to go on', async () => {
  settings()
  await machine.forgetChat()
  const { code, err } = await box.ctl('reconfigure')
  expect([code, err]).toEqual([1, expect.stringContaining("set postgresql['sql_mattermost_user'] to the name of")])
  settings(`postgresql['sql_mattermost_user'] = '${box.name}'`)
  const done = await box.ctl('reconfigure')
  expect([done.code, done.err]).toEqual([0, ''])
  expect(done.out).toContain(`- change owner from gitlab_mattermost to ${box.name}`)
  const owners = await box.run(
    ['-Atc', `SELECT DISTINCT tableowner FROM pg_tables WHERE schemaname = 'public'`],
    'outpost-psql',
  )
  expect(owners.out).toBe(`${box.name}\n`)
  expect((await fetch(`${site()}/api/v4/system/ping`)).status).toBe(200)
})
