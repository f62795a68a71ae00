import { readFileSync, rmSync, symlinkSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { loadSettings } from './load-settings.ts'
import { mattermostKeys, vhostKeys } from './known-keys.ts'
import { TestMachine } from './test-machine.fixture.ts'

let machine: TestMachine
beforeEach(() => {
  machine = new TestMachine()
})
afterEach(() => machine.remove())

const URL_LINE = "mattermost_external_url 'https://chat.corp.test'\n"

async function errorsOf(text: string): Promise<string[]> {
  const { settings, report } = await machine.load(text)
  expect(settings).toBeUndefined()
  return report.errors.map((error) => `${error.place?.line ?? '-'}: ${error.text}`)
}

async function warningsOf(text: string): Promise<string[]> {
  return (await machine.load(text)).report.warnings.map((warning) => warning.text)
}

describe('which file', () => {
  test('Outpost’s own comes first, a named one before both, and none is a clear error', async () => {
    expect((await loadSettings(machine.context)).report.errors[0]!.text).toMatch(
      /There is no settings file \/etc\/gitlab\/gitlab.rb. Create \/etc\/outpost\/outpost.rb with the line: mattermost_external_url/,
    )
    expect((await machine.settings(URL_LINE)).source.kind).toBe('gitlab')
    machine.write('/etc/outpost/outpost.rb', "mattermost_external_url 'https://own.corp.test'")
    expect((await loadSettings(machine.context)).settings).toMatchObject({
      siteUrl: 'https://own.corp.test',
      source: { kind: 'outpost' },
    })
    machine.write('/given.rb', "mattermost_external_url 'https://given.corp.test'")
    const given = await loadSettings(machine.context, { file: `${machine.root}/given.rb` })
    expect(given.settings).toMatchObject({ siteUrl: 'https://given.corp.test', source: { kind: 'given' } })
    expect((await loadSettings(machine.context, { file: '/nowhere.rb' })).report.errors[0]!.text).toMatch(
      /Name one that exists/,
    )
  })

  test('Outpost’s own without a line that counts does not hide GitLab’s, and what is read is said', async () => {
    const notes = async (): Promise<string[]> => (await loadSettings(machine.context)).report.notes.map((n) => n.text)
    machine.write('/etc/gitlab/gitlab.rb', URL_LINE)
    machine.write('/etc/outpost/outpost.rb', `\uFEFF# mattermost_external_url 'https://no.corp.test'\r\n\t\r\n`)
    expect((await loadSettings(machine.context)).settings).toMatchObject({ source: { kind: 'gitlab' }, enabled: true })
    expect(await notes()).toEqual(['/etc/gitlab/gitlab.rb was read, because /etc/outpost/outpost.rb sets nothing.'])
    machine.write('/etc/outpost/outpost.rb', "  mattermost_external_url 'https://own.corp.test'")
    expect(await notes()).toEqual([
      "/etc/outpost/outpost.rb was read; the chat's lines in /etc/gitlab/gitlab.rb do not count.",
    ])
    machine.write('/etc/gitlab/gitlab.rb', "# mattermost_external_url 'https://chat.corp.test'\nnginx['enable'] = true")
    expect(await notes()).toEqual([])
    machine.write('/etc/outpost/outpost.rb', '# nothing')
    rmSync(`${machine.root}/etc/gitlab/gitlab.rb`)
    symlinkSync(`${machine.root}/etc/outpost/outpost.rb`, `${machine.root}/etc/gitlab/gitlab.rb`)
    expect((await loadSettings(machine.context)).settings).toMatchObject({
      source: { kind: 'outpost' },
      enabled: false,
    })
    expect(await notes()).toEqual([])
  })
})

describe('one line is enough', () => {
  test('everything follows from the address', async () => {
    const settings = await machine.settings(URL_LINE)
    expect(settings).toMatchObject({
      enabled: true,
      url: { href: 'https://chat.corp.test', https: true, host: 'chat.corp.test', port: 443 },
      siteUrl: 'https://chat.corp.test',
      account: { manage: true, username: 'mattermost', group: 'mattermost', home: '/var/opt/gitlab/mattermost' },
      listen: { address: '127.0.0.1', port: 8065 },
      database: { manage: true, name: 'mattermost_production', role: 'gitlab_mattermost' },
      nginx: {
        enabled: true,
        vhost: {
          listenPort: 443,
          https: true,
          redirectHttpToHttps: false,
          ssl: { certificate: '/etc/gitlab/ssl/chat.corp.test.crt' },
        },
      },
    })
    expect(settings.account.uid).toBeUndefined()
  })

  test('the environment of the service, complete', async () => {
    machine.write('/opt/gitlab/embedded/ssl/certs/x', '')
    const { env, secrets } = await machine.settings(`${URL_LINE}external_url 'https://git.corp.test/sub/'`)
    expect(env).toEqual({
      SSL_CERT_DIR: '/opt/gitlab/embedded/ssl/certs/',
      GODEBUG: 'tlsmlkem=0',
      MM_SERVICESETTINGS_SITEURL: 'https://chat.corp.test',
      MM_SERVICESETTINGS_LISTENADDRESS: '127.0.0.1:8065',
      MM_SERVICESETTINGS_ALLOWEDUNTRUSTEDINTERNALCONNECTIONS: ' git.corp.test',
      MM_SERVICESETTINGS_ENABLEAPITEAMDELETION: 'true',
      MM_TEAMSETTINGS_SITENAME: 'GitLab Mattermost',
      MM_SQLSETTINGS_DRIVERNAME: 'postgres',
      MM_SQLSETTINGS_DATASOURCE:
        'user=gitlab_mattermost host=/var/opt/gitlab/postgresql port=5432 dbname=mattermost_production',
      MM_SQLSETTINGS_ATRESTENCRYPTKEY: secrets.sql_at_rest_encrypt_key,
      MM_LOGSETTINGS_FILELOCATION: '/var/log/gitlab/mattermost',
      MM_FILESETTINGS_DIRECTORY: '/var/opt/gitlab/mattermost/data',
      MM_GITLABSETTINGS_ENABLE: 'false',
      MM_GITLABSETTINGS_SECRET: secrets.gitlab_secret,
      MM_GITLABSETTINGS_ID: secrets.gitlab_id,
      MM_GITLABSETTINGS_SCOPE: '',
      MM_GITLABSETTINGS_AUTHENDPOINT: 'https://git.corp.test/sub/oauth/authorize',
      MM_GITLABSETTINGS_TOKENENDPOINT: 'https://git.corp.test/sub/oauth/token',
      MM_GITLABSETTINGS_USERAPIENDPOINT: 'https://git.corp.test/sub/api/v4/user',
      MM_PLUGINSETTINGS_DIRECTORY: '/var/opt/gitlab/mattermost/plugins',
      MM_PLUGINSETTINGS_CLIENTDIRECTORY: '/var/opt/gitlab/mattermost/client-plugins',
      MM_INSTALL_TYPE: 'gitlab_omnibus',
    })
  })

  test('env goes over it name by name: nil keeps, an empty text unsets, other kinds become texts', async () => {
    const { env, siteUrl, directories, database } = await machine.settings(
      `${URL_LINE}mattermost['env'] = { 'GODEBUG' => nil, 'SSL_CERT_DIR' => '', MM_SERVICESETTINGS_SITEURL: 'https://other.corp.test/chat/',
        'MM_LOGSETTINGS_ENABLECONSOLE' => true, 'N' => 10, 'MM_FILESETTINGS_DIRECTORY' => '/srv/files/',
        'MM_SQLSETTINGS_DATASOURCE' => 'postgres://u:p@db1/chat?sslmode=disable' }`,
    )
    expect(env).toMatchObject({
      GODEBUG: 'tlsmlkem=0',
      SSL_CERT_DIR: '',
      MM_LOGSETTINGS_ENABLECONSOLE: 'true',
      N: '10',
    })
    expect(siteUrl).toBe('https://other.corp.test/chat')
    expect(directories.files).toBe('/srv/files')
    expect(database).toMatchObject({ manage: false, parsed: { host: 'db1', user: 'u' } })
  })

  test('puma elsewhere means no GitLab among the allowed connections', async () => {
    const text = `${URL_LINE}external_url 'https://git.corp.test'\nmattermost['service_allowed_untrusted_internal_connections'] = 'ci'\n`
    const name = 'MM_SERVICESETTINGS_ALLOWEDUNTRUSTEDINTERNALCONNECTIONS'
    expect((await machine.settings(text)).env[name]).toBe('ci git.corp.test')
    expect((await machine.settings(`${text}puma['enable'] = false`)).env[name]).toBe('ci')
    expect((await machine.settings(`${text}gitlab_rails['enable'] = false`)).env[name]).toBe('ci')
  })
})

describe('the address', () => {
  test.each([
    ['chat.corp.test', /has no scheme and host; write it like https:\/\/chat.corp.test/],
    ['ftp://chat.corp.test', /scheme ftp; only http and https/],
    ['https://chat.corp.test/sub', /path \/sub; the chat needs a host or port of its own/],
    ['https://chat.corp.test?x=1', /must end after the host/],
    ['https://u:p@chat.corp.test', /must not hold a user name/],
    ['https://chat.corp.test:99999', /host or port that cannot be/],
    ['https://chat corp.test;', /host or port that cannot be/],
    ['https://', /no scheme and host/],
  ])('%s is refused', async (url, expected) => {
    expect((await errorsOf(`mattermost_external_url '${url}'`)).join()).toMatch(expected)
  })

  test('a trailing slash goes, so that redirect URIs match', async () => {
    const { siteUrl, gitlab } = await machine.settings(
      "mattermost_external_url 'https://Chat.corp.test:8443//'\nexternal_url 'https://git.corp.test'",
    )
    expect(siteUrl).toBe('https://Chat.corp.test:8443')
    expect(gitlab.registration.redirectUris).toEqual([
      'https://Chat.corp.test:8443/signup/gitlab/complete',
      'https://Chat.corp.test:8443/login/gitlab/complete',
    ])
  })

  test('enable and the address', async () => {
    expect((await errorsOf("mattermost['enable'] = true")).join()).toMatch(
      /1: .*nothing says under which address. Add the line: mattermost_external_url 'https:\/\/chat/,
    )
    expect((await machine.settings(`${URL_LINE}mattermost['enable'] = false`)).enabled).toBe(false)
    expect((await machine.settings('')).enabled).toBe(false)
  })
})

describe('secrets', () => {
  const secret = (mattermost: object): string => JSON.stringify({ mattermost })

  test('the settings win over Outpost’s file, and that over GitLab’s; the rest is made', async () => {
    machine.write(
      '/etc/gitlab/gitlab-secrets.json',
      secret({
        gitlab_id: 'a',
        gitlab_secret: 'b',
        sql_at_rest_encrypt_key: 'c',
        gitlab_enable: true,
        register_as_oauth_app: false,
      }),
    )
    machine.write('/etc/outpost/outpost-secrets.json', secret({ gitlab_secret: 'B' }))
    const { secrets, gitlab } = await machine.settings(
      `${URL_LINE}external_url 'https://g.test'\nmattermost['gitlab_id'] = 'A'`,
    )
    expect(secrets).toMatchObject({
      gitlab_id: 'A',
      gitlab_secret: 'B',
      sql_at_rest_encrypt_key: 'c',
      gitlab_enable: true,
    })
    expect(secrets.email_invite_salt).toMatch(/^[0-9a-f]{32}$/)
    expect(gitlab.registration).toMatchObject({ wanted: false, reason: 'it is registered already' })
  })

  test('an explicit false is false, whatever the file says', async () => {
    machine.write('/etc/gitlab/gitlab-secrets.json', secret({ gitlab_enable: true }))
    const { env, gitlab } = await machine.settings(
      `${URL_LINE}external_url 'https://g.test'\nmattermost['gitlab_enable'] = false`,
    )
    expect(env.MM_GITLABSETTINGS_ENABLE).toBe('false')
    expect(gitlab.registration.wanted).toBe(false)
  })

  test('a damaged file is an error and not a reason for new secrets', async () => {
    machine.write('/etc/outpost/outpost-secrets.json', '{"mattermost": ')
    expect((await errorsOf(URL_LINE)).join()).toMatch(/outpost-secrets.json is not valid JSON.*backup/)
  })

  test('switches of the package', async () => {
    const none = await machine.load(
      `${URL_LINE}external_url 'https://g.test'\npackage['generate_secrets_json_file'] = false`,
    )
    expect(none.settings).toMatchObject({ secretsWritable: false, gitlab: { registration: { wanted: false } } })
    expect(none.report.warnings.map((w) => w.text).join()).toMatch(/will be others in the next run/)
    const { secrets } = await machine.settings(`${URL_LINE}package['generate_default_secrets'] = false`)
    expect(secrets).toMatchObject({ sql_at_rest_encrypt_key: '', gitlab_id: '' })
  })
})

describe('sign-in through GitLab', () => {
  test('registration: where, when and when not', async () => {
    const registration = async (text: string) => (await machine.settings(URL_LINE + text)).gitlab.registration
    expect(await registration("external_url 'https://g.test'")).toMatchObject({
      wanted: true,
      manual: false,
      reason: '',
    })
    expect(await registration('')).toMatchObject({ wanted: false, reason: 'external_url does not say where GitLab is' })
    const manual = "external_url 'https://g.test'\nmattermost['gitlab_id'] = 'a'; mattermost['gitlab_secret'] = 'b'"
    expect(await registration(manual)).toMatchObject({ wanted: false, manual: true })
    machine.write('/opt/gitlab/embedded/service/gitlab-rails/x', '')
    expect(await registration(manual)).toMatchObject({ wanted: true, manual: true })
    expect(
      await registration("external_url 'https://g.test'\nmattermost['register_as_oauth_app'] = false"),
    ).toMatchObject({ wanted: false })
  })

  test('a changed address is registered again and told', async () => {
    machine.write(
      '/etc/outpost/outpost-secrets.json',
      JSON.stringify({
        mattermost: {
          register_as_oauth_app: false,
          registered_redirect_uris: ['https://old/signup/gitlab/complete', 'https://old/login/gitlab/complete'],
        },
      }),
    )
    const { settings, report } = await machine.load(`${URL_LINE}external_url 'https://g.test'`)
    expect(settings!.gitlab.registration.wanted).toBe(true)
    expect(report.notes.map((note) => note.text).join()).toMatch(/address changed since/)
  })

  test('addresses that are missing or no addresses', async () => {
    expect((await errorsOf(`${URL_LINE}mattermost['gitlab_enable'] = true`)).join()).toMatch(
      /GitLab's addresses are not known. Add external_url/,
    )
    expect((await errorsOf(`${URL_LINE}mattermost['gitlab_auth_endpoint'] = 'git.corp.test'`)).join()).toMatch(
      /begins with http/,
    )
  })
})

test('hints: a proxy on the way to GitLab, and the scope of an application made by hand', async () => {
  const lines = `${URL_LINE}external_url 'https://git.corp.test'\nmattermost['env'] = { 'HTTPS_PROXY' => 'http://p:1' }\n`
  expect((await machine.load(lines)).report.notes[0]!.text).toMatch(/add git.corp.test to NO_PROXY/)
  expect((await machine.load(`${lines}mattermost['env']['NO_PROXY'] = 'localhost, .corp.test'`)).report.notes).toEqual(
    [],
  )
  const byHand = `${URL_LINE}external_url 'https://git.corp.test'\nmattermost['gitlab_enable'] = true; mattermost['gitlab_id'] = 'a'; mattermost['gitlab_secret'] = 'b'\n`
  expect(await warningsOf(byHand)).toEqual([expect.stringContaining("mattermost['gitlab_scope'] = 'read_user'")])
  expect(await warningsOf(`${byHand}mattermost['gitlab_scope'] = ''`)).toEqual([])
})

test('a file in another encoding is read, with a warning', async () => {
  machine.write('/etc/gitlab/gitlab.rb', Buffer.from(`${URL_LINE}# Gr\xfc\xdfe`, 'latin1'))
  const { settings, report } = await loadSettings(machine.context)
  expect(settings?.enabled).toBe(true)
  expect(report.warnings[0]!.text).toMatch(/not entirely UTF-8/)
})

describe('mistakes', () => {
  test('all are named at once, in order, with their lines', async () => {
    const errors = await errorsOf(`${URL_LINE}mattermost['uid'] = 'many'
mattermost['service_port'] = 70000
mattermost['home'] = '/etc'
mattermost['username'] = 'root'
mattermost['enable'] = 'yes'
mattermost['env'] = { 'A B' => '1', 'C' => "x\\ny" }
mattermost_nginx['listen_port'] = 0
mattermost_nginx['ssl_protocols'] = "TLSv1.3; return 200"
mattermost['sql_data_source'] = 'host=a,b'
letsencrypt['key_type'] = 'dsa'
mattermost['file_directory'] = 'data'`)
    expect(errors.map((error) => error.split(' ', 2).join(' '))).toEqual([
      "2: mattermost['uid']",
      "3: mattermost['service_port']",
      "4: mattermost['home']",
      "5: mattermost['username']",
      "6: mattermost['enable']",
      "7: mattermost['env']['A",
      "7: mattermost['env']['C']",
      "8: mattermost_nginx['listen_port']",
      "9: mattermost_nginx['ssl_protocols']",
      "10: mattermost['sql_data_source']",
      "11: letsencrypt['key_type']",
      "12: mattermost['file_directory']",
    ])
  })

  test('a section that is no hash', async () => {
    expect((await errorsOf("mattermost 'https://chat.corp.test'")).join()).toMatch(
      /mattermost must be a hash and is a text/,
    )
  })

  test('a slip in a precious word is an error, elsewhere a warning with a hint', async () => {
    expect((await errorsOf("matermost_external_url 'https://a'")).join()).toMatch(
      /Did you mean mattermost_external_url/,
    )
    expect(
      await warningsOf(
        "mattermost['servic_port'] = 1\nredsi['enable'] = true\nmattermost_nginx['listenport'] = 2\nbrandnew['x'] = 1",
      ),
    ).toEqual([
      "mattermost['servic_port'] is not a setting and is ignored. Did you mean mattermost['service_port']?",
      'redsi is not known and is ignored. Did you mean redis?',
      "mattermost_nginx['listenport'] is not a setting and is ignored. Did you mean mattermost_nginx['listen_port']?",
      'brandnew is not known and is ignored.',
    ])
  })

  test('GitLab’s own sections are listed once', async () => {
    const { report } = await machine.load("grafana['enable'] = false\ngitaly['x'] = 1\ngrafana['y'] = 2\nroles ['x']")
    expect(report.warnings).toEqual([])
    expect(report.notes).toEqual([{ text: "GitLab's own, without meaning for Outpost: gitaly, grafana, roles." }])
  })

  test('no message holds a password', async () => {
    const { report } = await machine.load(
      `${URL_LINE}mattermost['sql_data_source'] = 'user=a password=hunter2 host'\nmattermost['email_smtp_password'] = 'hunter2'\nmattermost['gitlab_secret'] = ['hunter2']`,
    )
    expect(report.errors.length).toBeGreaterThan(0)
    expect(JSON.stringify(report)).not.toContain('hunter2')
  })
})

test('the template sets every key when its lines are used, and none of them is a mistake', async () => {
  const template = readFileSync(new URL('./outpost.rb.template', import.meta.url), 'utf8')
  expect(await machine.load(template)).toMatchObject({
    settings: { enabled: false },
    report: { errors: [], warnings: [], notes: [] },
  })
  const used = template
    .replace(/^# (?=[a-z_]+(?:\[| '))/gm, '')
    .replace(/^#(?= {3}')/gm, '')
    .replace(/^# \}/gm, '}')
  const { settings, report } = await machine.load(used)
  expect(report).toMatchObject({ errors: [], removals: [] })
  // The two ways to a certificate exclude each other.
  expect(report.warnings.map(({ text }) => text)).toEqual([expect.stringContaining('so none is asked for')])
  const written = settings!.written as Record<string, object>
  const internal = [
    'service_use_ssl',
    'gitlab',
    'host',
    'port',
    'email_invite_salt',
    'file_public_link_salt',
    'log_group',
    'svlogd_',
  ]
  const wanted = [...mattermostKeys].filter(
    (key) => !internal.some((one) => key.startsWith(one)) || key.startsWith('gitlab_'),
  )
  expect(Object.keys(written.mattermost!).toSorted()).toEqual(wanted.toSorted())
  const idle = new Set(['ssl_session_tickets', 'dir', 'log_directory'])
  expect(Object.keys(written.mattermost_nginx!).toSorted()).toEqual(
    [...vhostKeys].filter((key) => !idle.has(key)).toSorted(),
  )
})
