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
const ADDRESS = 'http://127.0.0.1:8065'

beforeAll(async () => {
  const machine = await bareMachine()
  ;({ box } = machine)
  node = await startGitLabNode(box)
  await box.succeed(`dpkg -i /mnt/${machine.packages.current} && /opt/outpost/bin/gitlab-names add`)
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
  test('HTTPS: the folder and the files of the certificate', async () => {
    await putCertificate(box)
    await box.succeed('mv /etc/gitlab/ssl /root/made')
    await box.succeed('sudo mkdir -p /etc/gitlab/ssl && sudo chmod 755 /etc/gitlab/ssl')
    await box.succeed('sudo cp /root/made/chat.corp.test.key /root/made/chat.corp.test.crt /etc/gitlab/ssl/')
    expect(await box.succeed('stat -c %a /etc/gitlab/ssl')).toBe('755\n')
  })

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

  test('plain HTTP is sent on to HTTPS', async () => {
    expect(await box.succeed('curl -sI http://chat.corp.test/')).toContain('Location: https://chat.corp.test:443/\r\n')
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

  test('show-config prints the settings', async () => {
    const shown = JSON.parse(await box.succeed('sudo gitlab-ctl show-config')) as { effective: { siteUrl: string } }
    expect(shown.effective.siteUrl).toBe('https://chat.corp.test')
  })

  test('connecting to the bundled database', async () => {
    const version = "sudo gitlab-psql -d mattermost_production -Atc 'show server_version_num'"
    expect(Number(await box.succeed(version))).toBeGreaterThanOrEqual(140000)
  })
})

describe('backup and restore by hand', () => {
  test('the dump of the database', async () => {
    await box.succeed('sudo mmctl --local team create --name garden --display-name Garden')
    const dump = `sudo -i -u gitlab-psql -- /opt/gitlab/embedded/bin/pg_dump -h /var/opt/gitlab/postgresql mattermost_production | gzip >mattermost_dbdump_${DATE}.sql.gz`
    expect(await box.run(`cd /tmp && ${dump}`)).toMatchObject({ code: 0, err: '' })
    const head = await box.succeed(`zcat /tmp/mattermost_dbdump_${DATE}.sql.gz | head -3`)
    expect(head).toContain('PostgreSQL database dump')
  })

  test('the file with data and config.json', async () => {
    const files = `sudo tar -zcvf mattermost_data_${DATE}.gz -C /var/opt/gitlab/mattermost data config.json`
    const listed = (await box.succeed(`cd /tmp && ${files}`)).split('\n')
    expect(listed).toEqual(expect.arrayContaining(['data/', 'config.json']))
    await box.succeed('sudo mmctl --local team create --name later --display-name Later')
  })

  const socket = '-U gitlab-psql -h /var/opt/gitlab/postgresql -p 5432'
  test.each([
    ['sudo gitlab-ctl stop mattermost', /^ok: down: outpost: \d+s, normally up\n$/],
    [`sudo -i -u gitlab-psql -- /opt/gitlab/embedded/bin/dropdb ${socket} mattermost_production`, /^$/],
    [`sudo -i -u gitlab-psql -- /opt/gitlab/embedded/bin/createdb ${socket} mattermost_production`, /^$/],
    [
      `sudo -u mattermost sh -c "zcat /tmp/mattermost_dbdump_${DATE}.sql.gz | /opt/gitlab/embedded/bin/psql -U gitlab_mattermost -h /var/opt/gitlab/postgresql -p 5432 mattermost_production"`,
      /^CREATE TABLE$/m,
    ],
    [`sudo tar -xzvf /tmp/mattermost_data_${DATE}.gz -C /var/opt/gitlab/mattermost`, /^config\.json$/m],
    ['sudo chown -R mattermost:mattermost /var/opt/gitlab/mattermost/data', /^$/],
    ['sudo chown mattermost:mattermost /var/opt/gitlab/mattermost/config.json', /^$/],
    ['sudo gitlab-ctl start mattermost', /^ok: run: outpost: \(pid \d+\) \d+s\n$/],
  ])('restore: %s', async (command, output) => {
    expect(await box.run(command)).toEqual({ code: 0, out: expect.stringMatching(output) as string, err: '' })
  })

  test('restored: the state of the backup, and the chat answers', async () => {
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

  test('remotely: signing in asks three questions', async () => {
    const local = 'sudo mmctl --local user create --email'
    await box.succeed(
      `${local} local-user@corp.test --username local-user --password eleven-green-apples --system-admin`,
    )
    const typed = `script -qec "/opt/gitlab/embedded/bin/mmctl auth login ${ADDRESS}" /dev/null`
    const said = await box.succeed(typed, { input: 'test\nlocal-user\neleven-green-apples\n' })
    for (const question of ['Connection name:', 'Username:', 'Password:']) expect(said).toContain(question)
    expect(said).toContain(`credentials for "test": "local-user@${ADDRESS}" stored`)
  })

  test('remotely: a list in the name of the account', async () => {
    const list = await box.run('/opt/gitlab/embedded/bin/mmctl user list')
    expect(list.out).toMatch(/: local-user \(local-user@corp\.test\)\n/)
    expect(list.err).toContain(`There are 2 users on ${ADDRESS}`)
  })

  test('the old command line of the server tells its version', async () => {
    const command = [
      'cd /opt/gitlab/embedded/service/mattermost &&',
      'sudo /opt/gitlab/embedded/bin/chpst -e /opt/gitlab/etc/mattermost/env -P -U mattermost:mattermost -u mattermost:mattermost',
      '/opt/gitlab/embedded/bin/mattermost --config=/var/opt/gitlab/mattermost/config.json version',
    ]
    expect(await box.succeed(command.join(' '))).toMatch(/^10\.11\.\d+\n/)
  })
})

describe('e-mail', () => {
  const get = async (name: string): Promise<unknown> =>
    JSON.parse(await box.succeed(`sudo mmctl --local --json config get ${name}`))

  test('SMTP and batching by the environment', async () => {
    await gitlabRb(
      "mattermost['env'] = { 'MM_EMAILSETTINGS_ENABLEEMAILBATCHING' => 'true', 'MM_EMAILSETTINGS_SMTPSERVER' => 'mail.corp.test' }",
    )
    expect(await box.succeed('sudo gitlab-ctl reconfigure')).toMatch(RECONFIGURED)
    expect(await get('EmailSettings.EnableEmailBatching')).toBe(true)
    expect(await get('EmailSettings.SMTPServer')).toBe('mail.corp.test')
  })

  test('SMTP in config.json, and a restart', async () => {
    await gitlabRb()
    await box.succeed('sudo gitlab-ctl reconfigure')
    const edit = `sed -i 's/"SMTPServer": "[^"]*"/"SMTPServer": "other.corp.test"/' /var/opt/gitlab/mattermost/config.json`
    await box.succeed(`sudo ${edit} && sudo gitlab-ctl restart mattermost`)
    await box.succeed(`until curl -sf ${ADDRESS}/api/v4/system/ping; do sleep 0.2; done`)
    expect(await get('EmailSettings.SMTPServer')).toBe('other.corp.test')
  })
})

describe('every day', () => {
  const UP = /^ok: run: outpost: \(pid \d+\) \d+s\n$/
  const DOWN = /^ok: down: outpost: \d+s, normally up\n$/
  test.each([
    ['status mattermost', 0, RUNNING],
    ['restart mattermost', 0, UP],
    ['stop mattermost', 0, DOWN],
    ['status mattermost', 3, /^down: outpost: \d+s, normally up; run: log: \(pid \d+\) \d+s\n$/],
    ['once mattermost', 0, /^$/],
    ['stop mattermost', 0, DOWN],
    ['start mattermost', 0, UP],
    ['hup nginx', 0, /^$/],
    ['usr1 nginx', 0, /^$/],
    ['term mattermost', 0, /^$/],
    ['kill mattermost', 0, /^$/],
    ['graceful-kill mattermost', 0, /^ok: down: outpost: /],
    ['start mattermost', 0, UP],
    ['restart-except nginx postgresql', 0, /^ok: run: logrotate: .*\nok: run: outpost: .*\n$/],
    ['service-list', 0, /^logrotate\*\nnginx\*\noutpost\*\npostgresql\*\n$/],
    ['status', 0, /^run: logrotate: .*\nrun: nginx: .*\nrun: outpost: .*\nrun: postgresql: .*\n$/],
    ['check-config --version 18.11', 0, /^The settings are in order\.\n$/],
    ['diff-config', 0, /^--- template\n/],
    ['backup-etc -p /root/etc', 0, /outpost_config_\d+_\d{4}_\d\d_\d\d\.tar\n/],
    ['generate-secrets -f /root/secrets.json', 0, /^/],
    ['help', 0, /^ *reconfigure/m],
    ['restart mattermots', 1, /^$/],
  ])('gitlab-ctl %s ends with %i', async (command, code, output) => {
    expect(await box.run(`sudo gitlab-ctl ${command}`)).toMatchObject({
      code,
      out: expect.stringMatching(output) as string,
    })
  })

  test('gitlab-ctl tail mattermost', async () => {
    const tail = 'sudo timeout --preserve-status 3 gitlab-ctl tail mattermost'
    expect((await box.run(tail)).out).toContain('Outpost is running at')
  })

  test('leaving the service: switched off in the file, data stays', async () => {
    await gitlabRb("mattermost['enable'] = false")
    expect(await box.succeed('sudo gitlab-ctl reconfigure')).toContain('The chat is switched off.')
    expect((await box.run('curl -sk --max-time 5 https://chat.corp.test/')).code).not.toBe(0)
    expect(await box.succeed('ls /var/opt/gitlab/mattermost')).toContain('config.json')
  })
})
