import { execFileSync } from 'node:child_process'
import { chownSync, existsSync, lstatSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { createEmptyDatabase } from '../../../testkit/database.ts'
import { startGitLab } from '../../../testkit/gitlab/index.ts'
import { findUser } from '../resources/accounts.ts'
import { TestBox } from './test-box.fixture.ts'

// Whole services start and stop here; how long that takes is the machine's affair.
vi.setConfig({ testTimeout: 180_000, hookTimeout: 180_000 })

let box: TestBox

beforeAll(async () => {
  box = await TestBox.create()
  box.settings()
})

afterAll(() => box.dispose())

const modeOf = (path: string): string => (lstatSync(box.path(path)).mode & 0o7777).toString(8)
const changedLines = (out: string): string[] => out.split('\n').filter((line) => line.startsWith('    - '))

test('a dry run tells everything and changes nothing', async () => {
  const before = readdirSync(box.root, { recursive: true }).length
  const { code, out } = await box.ctl('reconfigure', '--dry-run')
  expect(out).toContain('would create')
  expect(out).toMatch(/Dry run: \d+ things would change; nothing was changed\.\n$/)
  expect(code).toBe(0)
  expect(readdirSync(box.root, { recursive: true }).length).toBe(before)
  expect(await findUser(box.name)).toBeUndefined()
})

test('three lines become a running chat behind nginx', async () => {
  const { code, out, err } = await box.ctl('reconfigure')
  expect(err).toBe('')
  expect(code).toBe(0)
  expect(out).toMatch(/\noutpost Reconfigured!\n$/)
  const answer = await fetch(`http://localhost:${box.ports.web}/api/v4/system/ping`)
  expect(await answer.json()).toMatchObject({ status: 'OK' })
})

test('everything has the owner and the mode of the list', async () => {
  const user = (await findUser(box.name))!
  const owner = (path: string): number => statSync(box.path(path)).uid
  for (const path of ['', '/data', '/plugins', '/client-plugins']) {
    expect(owner(`/var/opt/gitlab/mattermost${path}`)).toBe(user.uid)
    expect(modeOf(`/var/opt/gitlab/mattermost${path}`)).toBe('755')
  }
  expect(user.shell).toBe('/usr/sbin/nologin')
  expect(user.home).toBe(box.path('/var/opt/gitlab/mattermost'))
  expect(modeOf('/var/opt/gitlab/mattermost/config.json')).toBe('600')
  expect([owner('/var/opt/gitlab/mattermost/VERSION'), modeOf('/var/opt/gitlab/mattermost/VERSION')]).toEqual([
    0,
    '644',
  ])
  expect(box.read('/var/opt/gitlab/mattermost/VERSION')).toMatch(/^10\.11\.\d+\nOutpost /)
  expect(owner('/var/log/gitlab/mattermost')).toBe(user.uid)
  expect(modeOf('/opt/gitlab/etc/mattermost/env')).toBe('700')
  expect(modeOf('/opt/gitlab/etc/mattermost/env/MM_SQLSETTINGS_DATASOURCE')).toBe('600')
  expect(modeOf('/etc/outpost/outpost-secrets.json')).toBe('600')
  expect(modeOf('/var/opt/gitlab/postgresql/data')).toBe('700')
})

test('the second run changes nothing and says so', async () => {
  const pids = await Promise.all(['outpost', 'nginx', 'postgresql'].map((name) => box.pid(name)))
  const { code, out } = await box.ctl('reconfigure')
  expect(code).toBe(0)
  expect(changedLines(out)).toEqual([])
  expect(out).toContain('Everything was up to date.\noutpost Reconfigured!\n')
  expect(await Promise.all(['outpost', 'nginx', 'postgresql'].map((name) => box.pid(name)))).toEqual(pids)
})

test('the log of a run stays, and holds no secret', async () => {
  const folder = box.path('/var/log/outpost/reconfigure')
  const logs = readdirSync(folder)
  expect(logs[0]).toMatch(/^\d+\.log$/)
  const text = logs.map((name) => readFileSync(`${folder}/${name}`, 'utf8')).join('')
  expect(text).toContain('outpost Reconfigured!')
  const { mattermost } = JSON.parse(box.read('/etc/outpost/outpost-secrets.json')) as {
    mattermost: Record<string, unknown>
  }
  for (const secret of ['gitlab_secret', 'sql_at_rest_encrypt_key'])
    expect(text).not.toContain(String(mattermost[secret]))
})

test('a changed variable restarts the chat alone', async () => {
  const [nginx, outpost] = [await box.pid('nginx'), await box.pid('outpost')]
  box.settings(`mattermost_external_url 'http://localhost:${box.ports.web}'\nmattermost['team_site_name'] = 'Nest'`)
  const { code, out } = await box.ctl('reconfigure')
  expect(code).toBe(0)
  expect(out).toContain('* restart outpost\n')
  expect(out).not.toContain('* restart nginx')
  expect(await box.pid('outpost')).not.toBe(outpost)
  expect(await box.pid('nginx')).toBe(nginx)
  const answer = await fetch(`http://localhost:${box.ports.web}/api/v4/config/client?format=old`)
  expect(await answer.json()).toMatchObject({ SiteName: 'Nest' })
})

test('a changed virtual host restarts nginx alone', async () => {
  const [nginx, outpost] = [await box.pid('nginx'), await box.pid('outpost')]
  box.settings(`mattermost_external_url 'http://localhost:${box.ports.web}'
mattermost['team_site_name'] = 'Nest'
mattermost_nginx['custom_gitlab_mattermost_server_config'] = "location = /here {\\n return 204;\\n}\\n"`)
  const { out } = await box.ctl('reconfigure')
  expect(out).toContain('* restart nginx\n')
  expect(out).not.toContain('* restart outpost')
  expect(await box.pid('outpost')).toBe(outpost)
  expect(await box.pid('nginx')).not.toBe(nginx)
  expect((await fetch(`http://localhost:${box.ports.web}/here`)).status).toBe(204)
})

test('another version restarts the chat alone', async () => {
  const [nginx, outpost] = [await box.pid('nginx'), await box.pid('outpost')]
  box.write('/var/opt/gitlab/mattermost/VERSION', '10.11.13\n')
  const { out } = await box.ctl('reconfigure')
  expect(out).toContain('* restart outpost\n')
  expect([await box.pid('nginx'), (await box.pid('outpost')) === outpost]).toEqual([nginx, false])
})

test('other limits of the log reload the loggers and restart nobody', async () => {
  const pids = await Promise.all(['outpost', 'nginx', 'postgresql'].map((name) => box.pid(name)))
  const rb = box.read('/etc/outpost/outpost.rb')
  box.write('/etc/outpost/outpost.rb', `${rb}\nlogging['svlogd_num'] = 7\n`)
  const { out } = await box.ctl('reconfigure')
  expect(out).toContain('* reload outpost/log\n')
  expect(out).not.toMatch(/\* restart/)
  expect(box.read('/opt/outpost/sv/outpost/log/config')).toContain('n7\n')
  expect(await Promise.all(['outpost', 'nginx', 'postgresql'].map((name) => box.pid(name)))).toEqual(pids)
})

test('a group may read the log of the chat, and nobody else but its account', async () => {
  const rb = box.read('/etc/outpost/outpost.rb')
  const look = (): string =>
    execFileSync('stat', ['-c', '%U %G %a', box.path('/var/log/gitlab/mattermost')], { encoding: 'utf8' }).trim()
  expect(look()).toBe(`${box.name} root 755`)
  box.write('/etc/outpost/outpost.rb', `${rb}\nlogging['log_group'] = 'adm'\n`)
  const { code, out } = await box.ctl('reconfigure')
  expect(code).toBe(0)
  expect(out).not.toMatch(/\* restart/)
  expect(look()).toBe(`${box.name} adm 750`)
  box.write('/etc/outpost/outpost.rb', rb)
  await box.ctl('reconfigure')
  expect(look()).toBe(`${box.name} root 755`)
})

test('what nginx refuses never goes live', async () => {
  const rb = box.read('/etc/outpost/outpost.rb')
  const [host, nginx] = [box.read('/var/opt/gitlab/nginx/conf/service_conf/outpost.conf'), await box.pid('nginx')]
  box.write(
    '/etc/outpost/outpost.rb',
    `${rb}\nmattermost_nginx['custom_gitlab_mattermost_server_config'] = "nonsense on;"\n`,
  )
  const { code, err } = await box.ctl('reconfigure')
  expect(code).toBe(1)
  expect(err).toContain('Reconfigure failed at the step "nginx": nginx configuration')
  expect(err).toContain('unknown directive "nonsense"')
  expect(err).toContain('Repair: ')
  expect(box.read('/var/opt/gitlab/nginx/conf/service_conf/outpost.conf')).toBe(host)
  expect(await box.pid('nginx')).toBe(nginx)
  expect((await fetch(`http://localhost:${box.ports.web}/here`)).status).toBe(204)
  box.write('/etc/outpost/outpost.rb', rb)
  expect((await box.ctl('reconfigure')).code).toBe(0)
})

test('a missing certificate is named before anything changes', async () => {
  const rb = box.read('/etc/outpost/outpost.rb')
  box.settings(`mattermost_external_url 'https://chat.corp.test:${box.ports.tls}'`)
  const { code, err } = await box.ctl('reconfigure')
  expect(code).toBe(1)
  expect(err).toContain('/etc/gitlab/ssl/chat.corp.test.crt and ')
  expect(err).toContain('/etc/gitlab/ssl/chat.corp.test.key')
  expect(box.read('/opt/gitlab/etc/mattermost/env/MM_SERVICESETTINGS_SITEURL')).toBe(
    `http://localhost:${box.ports.web}`,
  )
  box.write('/etc/outpost/outpost.rb', rb)
})

test('a database that is down is named, and the same command succeeds afterwards', async () => {
  await box.ctl('stop', 'postgresql')
  const down = await box.run(['reconfigure'])
  expect(down.code).toBe(1)
  expect(down.err).toMatch(/PostgreSQL at .* does not answer/)
  expect(down.err).toContain('outpost-ctl start postgresql')
  expect(await box.pid('nginx')).toBeGreaterThan(0)
  expect((await box.run(['backup'])).err).toMatch(/connection to server .* failed[^]*outpost-ctl start postgresql/)
  await box.ctl('start', 'postgresql')
  expect((await box.ctl('reconfigure')).code).toBe(0)
})

test('a service that was stopped on purpose stays down, and the run says so', async () => {
  await box.ctl('stop', 'mattermost')
  box.write('/opt/gitlab/etc/mattermost/env/STRAY', 'x')
  const { code, out } = await box.ctl('reconfigure')
  expect(code).toBe(0)
  expect(out).toContain('The service outpost is stopped, as you left it')
  expect(existsSync(box.path('/opt/gitlab/etc/mattermost/env/STRAY'))).toBe(false)
  expect((await box.ctl('start', 'mattermost')).out).toMatch(/^ok: run: outpost: \(pid \d+\) \d+s\n$/)
})

test('a new uid takes its files along, and a taken one is refused', async () => {
  const rb = box.read('/etc/outpost/outpost.rb')
  box.write('/etc/outpost/outpost.rb', `${rb}\nmattermost['uid'] = 1\n`)
  const refused = await box.ctl('reconfigure')
  expect(refused.err).toContain('The uid 1 belongs to daemon already')
  writeFileSync(box.path('/var/opt/gitlab/mattermost/data/kept'), 'x')
  const { uid: old, gid } = (await findUser(box.name))!
  const uid = 40_000 + (process.pid % 20_000)
  chownSync(box.path('/var/opt/gitlab/mattermost/data/kept'), old, gid)
  box.write('/etc/outpost/outpost.rb', `${rb}\nmattermost['uid'] = ${uid}\nmattermost['gid'] = ${uid}\n`)
  expect((await box.ctl('reconfigure')).code).toBe(0)
  for (const path of ['', '/data', '/data/kept', '/config.json'])
    expect(statSync(box.path(`/var/opt/gitlab/mattermost${path}`)).uid).toBe(uid)
  expect(statSync(box.path('/var/opt/gitlab/mattermost/VERSION')).uid).toBe(0)
  expect(statSync(box.path('/var/opt/gitlab/mattermost/data/kept')).gid).toBe(uid)
  expect((await fetch(`http://localhost:${box.ports.web}/api/v4/system/ping`)).status).toBe(200)
  expect((await box.ctl('reconfigure')).out).toContain('Everything was up to date.')
})

test('switched off, the chat is down and its address gone; data stays', async () => {
  const rb = box.read('/etc/outpost/outpost.rb')
  box.write('/etc/outpost/outpost.rb', `${rb}\nmattermost['enable'] = false\n`)
  const { code, out } = await box.ctl('reconfigure')
  expect(code).toBe(0)
  expect(out).toContain('Its account, files and database stay')
  await expect(fetch(`http://localhost:${box.ports.web}/`)).rejects.toThrow('fetch failed')
  expect((await box.ctl('service-list')).out).toBe('logrotate\nnginx\noutpost\npostgresql*\n')
  expect(existsSync(box.path('/var/opt/gitlab/mattermost/data/kept'))).toBe(true)
  box.write('/etc/outpost/outpost.rb', rb)
  expect((await box.ctl('reconfigure')).code).toBe(0)
  expect((await fetch(`http://localhost:${box.ports.web}/api/v4/system/ping`)).status).toBe(200)
})

test('settings with mistakes are refused with their place', async () => {
  const rb = box.read('/etc/outpost/outpost.rb')
  box.write('/etc/outpost/outpost.rb', `${rb}mattermost['uid'] = 'many'\n`)
  const { code, err } = await box.ctl('reconfigure')
  expect(code).toBe(1)
  expect(err).toMatch(/outpost\.rb:\d+: mattermost\['uid'\]/)
  expect(err).toContain('Nothing was changed.')
  box.write('/etc/outpost/outpost.rb', rb)
})

test('nobody but root may', async () => {
  const { runCommandLine } = await import('../cli/main-command.ts')
  const { machinePaths } = await import('../context.ts')
  let err = ''
  const context = {
    paths: machinePaths(box.root),
    env: {},
    stdout: () => undefined,
    stderr: (text: string) => void (err += text),
  }
  expect(await runCommandLine({ ...context, uid: 1000, hostname: 'box', fqdn: 'box' }, ['reconfigure'])).toBe(1)
  expect(err).toContain('sudo outpost-ctl reconfigure')
})

test('on a server of its own: GitLab elsewhere is told through its API, or its administrator by the run', async () => {
  const database = await createEmptyDatabase()
  const gitlab = await startGitLab({ dataSource: database.dataSource })
  try {
    const site = `http://127.0.0.2:${box.ports.web}`
    box.settings(`external_url '${gitlab.url}'
mattermost_external_url '${site}'
mattermost_nginx['listen_addresses'] = ['127.0.0.2']
gitlab_rails['enable'] = false
redis['enable'] = false
grafana['enable'] = false`)
    const told = await box.ctl('reconfigure')
    expect(told.code).toBe(0)
    expect(told.out).toContain('GitLab is on another machine, and no access token was given.')
    expect(told.out).toContain(`Redirect URI  ${site}/signup/gitlab/complete`)
    const admin = await gitlab.addUser({
      username: 'root',
      name: 'Admin',
      email: 'root@corp.test',
      password: 'a-long-password',
      admin: true,
    })
    box.env.OUTPOST_GITLAB_TOKEN = await gitlab.addPersonalToken(admin.id, 'api')
    const done = await box.ctl('reconfigure')
    delete box.env.OUTPOST_GITLAB_TOKEN
    expect([done.code, done.err]).toEqual([0, ''])
    expect(done.out).toMatch(/application \S+: created/)
    const login = await fetch(`${site}/oauth/gitlab/login`, { redirect: 'manual' })
    expect(login.headers.get('location')).toContain(`${gitlab.url}/oauth/authorize?`)
    await expect(fetch(`http://127.0.0.1:${box.ports.web}/`)).rejects.toThrow('fetch failed')
  } finally {
    await gitlab.close()
    await database.drop()
  }
})
