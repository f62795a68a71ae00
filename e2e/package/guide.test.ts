import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import type { Box } from './box.fixture.ts'
import { openCorpBrowser, startGitLabNode, type GitLabNode } from './gitlab-node.fixture.ts'
import { bareMachine, putCertificate } from './package.fixture.ts'

/**
 * The commands of GitLab's guide to its Mattermost, in its order and as it writes them, on a machine that has the names of
 * GitLab's package. Where the guide shows what they print, that is compared.
 */
vi.setConfig({ testTimeout: 400_000, hookTimeout: 600_000 })

let box: Box
let node: GitLabNode
let settings = ''

const RUNNING = /^run: outpost: \(pid \d+\) \d+s; run: log: \(pid \d+\) \d+s\n$/
const RECONFIGURED = /outpost Reconfigured!\n$/
const DATE = '$(date --rfc-3339=date)'

beforeAll(async () => {
  const machine = await bareMachine()
  ;({ box } = machine)
  node = await startGitLabNode(box)
  await box.succeed(`dpkg -i /mnt/${machine.packages.current} && /opt/outpost/bin/gitlab-names add`)
  await putCertificate(box)
  await box.write('/etc/gitlab/trusted-certs/company.crt', node.ca)
})
afterAll(async () => {
  await node?.close()
  await box?.dispose()
})

/** Writes /etc/gitlab/gitlab.rb: what stands there for good, and lines of one test. */
async function gitlabRb(...lines: string[]): Promise<void> {
  settings = [`external_url '${node.url}'`, "mattermost_external_url 'https://chat.corp.test'", ...lines, ''].join('\n')
  // Through the link: the file behind it stays root's alone.
  await box.succeed('cat >/etc/gitlab/gitlab.rb', { input: settings })
}

const ping = async (): Promise<unknown> =>
  JSON.parse(await box.succeed('curl -sk https://chat.corp.test/api/v4/system/ping'))

describe('getting started, HTTPS, a server of its own', () => {
  test('the own server of the guide: its lines are taken, other services of GitLab ignored', async () => {
    await gitlabRb(
      "gitlab_rails['enable'] = false",
      "redis['enable'] = false",
      "postgres_exporter['enable'] = false",
      "grafana['enable'] = false",
      "mattermost_nginx['redirect_http_to_https'] = true",
    )
    expect(await box.succeed('sudo gitlab-ctl reconfigure')).toMatch(RECONFIGURED)
    expect(await box.succeed('stat -Lc "%a %U" /etc/gitlab/gitlab.rb')).toBe('600 root\n')
    expect(await ping()).toMatchObject({ status: 'OK' })
  })

  test('authorize by hand: the lines of the guide, and the sign-in begins at GitLab', async () => {
    const redirectUris = ['signup', 'login'].map((name) => `https://chat.corp.test/${name}/gitlab/complete`)
    const { uid, secret } = await node.gitlab.addApplication({ redirectUris, scopes: 'read_user', trusted: true })
    await gitlabRb(
      "mattermost['gitlab_enable'] = true",
      `mattermost['gitlab_id'] = "${uid}"`,
      `mattermost['gitlab_secret'] = "${secret}"`,
      'mattermost[\'gitlab_scope\'] = "read_user"',
      `mattermost['gitlab_auth_endpoint'] = "${node.url}/oauth/authorize"`,
      `mattermost['gitlab_token_endpoint'] = "${node.url}/oauth/token"`,
      `mattermost['gitlab_user_api_endpoint'] = "${node.url}/api/v4/user"`,
      "mattermost_nginx['redirect_http_to_https'] = true",
    )
    expect(await box.succeed('sudo gitlab-ctl reconfigure')).toMatch(RECONFIGURED)
    const headers = await box.succeed('curl -skI -X GET https://chat.corp.test/oauth/gitlab/login')
    expect(headers).toMatch(/^HTTP\/\S+ 302/)
    expect(headers.toLowerCase()).toContain(`location: ${node.url}/oauth/authorize?`)
    expect(headers).toContain(`client_id=${uid}`)
    await node.gitlab.addUser({ username: 'mina' })
    const certificate = await box.read('/etc/gitlab/ssl/chat.corp.test.crt')
    const browser = await openCorpBrowser(box, [certificate, node.certificate])
    const page = await browser.newPage({ locale: 'en-US' })
    await page.goto('https://chat.corp.test/oauth/gitlab/login')
    await page.getByLabel('Username or primary email').fill('mina')
    await page.getByLabel('Password').fill('password of mina')
    await page.getByRole('button', { name: 'Sign in' }).click()
    await page.waitForURL((url) => url.host === 'chat.corp.test' && !url.pathname.includes('gitlab'))
    await browser.close()
    expect(await box.succeed('sudo /opt/gitlab/embedded/bin/mmctl --local user list')).toMatch(/: mina \(mina@/)
  })
})

describe('settings', () => {
  test('numeric ids: changed in the file, handed over by reconfigure', async () => {
    await gitlabRb("mattermost['uid'] = 12345", "mattermost['gid'] = 12345")
    expect(await box.succeed('sudo gitlab-ctl stop mattermost')).toMatch(/^ok: down: outpost: \d+s, normally up\n$/)
    expect(await box.succeed('sudo gitlab-ctl reconfigure')).toMatch(RECONFIGURED)
    await box.succeed('sudo chown -R mattermost /var/opt/gitlab/mattermost/data /var/log/gitlab/mattermost')
    expect(await box.succeed('sudo gitlab-ctl start mattermost')).toMatch(/^ok: run: outpost: \(pid \d+\) \d+s\n$/)
    expect(await box.succeed('stat -c "%u %g" /var/opt/gitlab/mattermost/config.json')).toBe('12345 12345\n')
    expect(await box.succeed(`ps -o uid= -p ${await box.pid('mattermost')}`)).toMatch(/^ *12345\n$/)
  })

  test('custom environment variables reach the service', async () => {
    await gitlabRb("mattermost['env'] = { 'HTTPS_PROXY' => 'http://198.18.0.9:3128', 'NO_PROXY' => '.corp.test' }")
    expect(await box.succeed('sudo gitlab-ctl reconfigure')).toMatch(RECONFIGURED)
    const environment = await box.succeed(`tr '\\0' '\\n' </proc/${await box.pid('mattermost')}/environ`)
    expect(environment).toMatch(/^HTTPS_PROXY=http:\/\/198\.18\.0\.9:3128$/m)
    await gitlabRb()
    await box.succeed('sudo gitlab-ctl reconfigure')
  })

  test('show-config, and connecting to the bundled database', async () => {
    expect(JSON.parse(await box.succeed('sudo gitlab-ctl show-config'))).toBeTypeOf('object')
    const version = "sudo gitlab-psql -d mattermost_production -Atc 'show server_version_num'"
    expect(Number(await box.succeed(version))).toBeGreaterThanOrEqual(140000)
  })
})

describe('backup and restore by hand', () => {
  test('the two files', async () => {
    await box.succeed('sudo mmctl --local team create --name garden --display-name Garden')
    const dump = `sudo -i -u gitlab-psql -- /opt/gitlab/embedded/bin/pg_dump -h /var/opt/gitlab/postgresql mattermost_production | gzip >mattermost_dbdump_${DATE}.sql.gz`
    expect(await box.run(`cd /tmp && ${dump}`)).toMatchObject({ code: 0, err: '' })
    const files = `sudo tar -zcvf mattermost_data_${DATE}.gz -C /var/opt/gitlab/mattermost data config.json`
    expect((await box.succeed(`cd /tmp && ${files}`)).split('\n')).toEqual(
      expect.arrayContaining(['data/', 'config.json']),
    )
    expect(await box.succeed(`zcat /tmp/mattermost_dbdump_${DATE}.sql.gz | head -3`)).toContain(
      'PostgreSQL database dump',
    )
  })

  test('all commands of the restore, as they are written there', async () => {
    await box.succeed('sudo mmctl --local team create --name later --display-name Later')
    const socket = '-U gitlab-psql -h /var/opt/gitlab/postgresql -p 5432'
    const commands = [
      'sudo gitlab-ctl stop mattermost',
      `sudo -i -u gitlab-psql -- /opt/gitlab/embedded/bin/dropdb ${socket} mattermost_production`,
      `sudo -i -u gitlab-psql -- /opt/gitlab/embedded/bin/createdb ${socket} mattermost_production`,
      `sudo -u mattermost sh -c "zcat /tmp/mattermost_dbdump_${DATE}.sql.gz | /opt/gitlab/embedded/bin/psql -U gitlab_mattermost -h /var/opt/gitlab/postgresql -p 5432 mattermost_production"`,
      `sudo tar -xzvf /tmp/mattermost_data_${DATE}.gz -C /var/opt/gitlab/mattermost`,
      'sudo chown -R mattermost:mattermost /var/opt/gitlab/mattermost/data',
      'sudo chown mattermost:mattermost /var/opt/gitlab/mattermost/config.json',
      'sudo gitlab-ctl start mattermost',
    ]
    for (const command of commands) expect(await box.run(command), command).toMatchObject({ code: 0, err: '' })
    expect(await box.succeed('sudo gitlab-ctl reconfigure')).toMatch(RECONFIGURED)
    const teams = "sudo gitlab-psql -d mattermost_production -Atc 'select name from teams order by name'"
    expect(await box.succeed(teams)).toBe('garden\n')
    expect(await ping()).toMatchObject({ status: 'OK' })
  })
})

describe('the command line', () => {
  test('locally, with the output that the guide shows', async () => {
    const { out, err } = await box.run('sudo /opt/gitlab/embedded/bin/mmctl --local user list')
    expect(out).toMatch(/^[a-z0-9]{26}: mina \(mina@example\.com\)\n$/)
    expect(err).toContain('There are 1 users on local instance')
  })

  test('remotely: the questions, and a list in the name of the account', async () => {
    const local = 'sudo mmctl --local user create --email'
    await box.succeed(
      `${local} local-user@corp.test --username local-user --password eleven-green-apples --system-admin`,
    )
    const address = 'http://127.0.0.1:8065'
    const typed = `script -qec "/opt/gitlab/embedded/bin/mmctl auth login ${address}" /dev/null`
    const said = await box.succeed(typed, { input: 'test\nlocal-user\neleven-green-apples\n' })
    for (const question of ['Connection name:', 'Username:', 'Password:']) expect(said).toContain(question)
    expect(said).toContain(`credentials for "test": "local-user@${address}" stored`)
    const list = await box.run('/opt/gitlab/embedded/bin/mmctl user list')
    expect(list.out).toMatch(/: local-user \(local-user@corp\.test\)\n/)
    expect(list.err).toContain(`There are 2 users on ${address}`)
    const command = [
      'cd /opt/gitlab/embedded/service/mattermost &&',
      'sudo /opt/gitlab/embedded/bin/chpst -e /opt/gitlab/etc/mattermost/env -P -U mattermost:mattermost -u mattermost:mattermost',
      '/opt/gitlab/embedded/bin/mattermost --config=/var/opt/gitlab/mattermost/config.json version',
    ]
    expect(await box.succeed(command.join(' '))).toMatch(/^10\.11\.\d+\n/)
  })
})

describe('e-mail, and every day', () => {
  test('e-mail batching and SMTP by the environment', async () => {
    await gitlabRb(
      "mattermost['env'] = { 'MM_EMAILSETTINGS_ENABLEEMAILBATCHING' => 'true', 'MM_EMAILSETTINGS_SMTPSERVER' => 'mail.corp.test' }",
    )
    expect(await box.succeed('sudo gitlab-ctl reconfigure')).toMatch(RECONFIGURED)
    const get = async (name: string) => JSON.parse(await box.succeed(`sudo mmctl --local --json config get ${name}`))
    expect(await get('EmailSettings.EnableEmailBatching')).toBe(true)
    expect(await get('EmailSettings.SMTPServer')).toBe('mail.corp.test')
  })

  test('status, stop, start, restart, hup, tail, service-list', async () => {
    expect(await box.succeed('sudo gitlab-ctl status mattermost')).toMatch(RUNNING)
    expect(await box.succeed('sudo gitlab-ctl restart mattermost')).toMatch(/^ok: run: outpost: \(pid \d+\) \d+s\n$/)
    expect(await box.succeed('sudo gitlab-ctl hup nginx')).toBe('')
    expect(await box.succeed('sudo gitlab-ctl stop mattermost')).toMatch(/^ok: down: outpost: \d+s, normally up\n$/)
    expect(await box.run('sudo gitlab-ctl status mattermost')).toMatchObject({
      code: 3,
      out: expect.stringMatching(/^down: outpost: \d+s, normally up; run: log: /) as string,
    })
    expect(await box.succeed('sudo gitlab-ctl start mattermost')).toMatch(/^ok: run: /)
    expect(await box.succeed('sudo gitlab-ctl service-list')).toBe('logrotate*\nnginx*\noutpost*\npostgresql*\n')
    const tail = 'sudo timeout --preserve-status 3 gitlab-ctl tail mattermost'
    expect((await box.run(tail)).out).toContain('Outpost is running at')
    expect(await box.run('sudo gitlab-ctl restart mattermots')).toMatchObject({ code: 1, out: '' })
  })

  test('leaving the service: switched off in the file, data stays', async () => {
    await gitlabRb("mattermost['enable'] = false")
    expect(await box.succeed('sudo gitlab-ctl reconfigure')).toContain('The chat is switched off.')
    expect((await box.run('curl -sk --max-time 5 https://chat.corp.test/')).code).not.toBe(0)
    expect(await box.succeed('ls /var/opt/gitlab/mattermost')).toContain('config.json')
  })
})
