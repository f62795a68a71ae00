import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { readEnvironment } from '../../../server/src/config/environment.ts'
import { runCommandLine } from '../cli/main-command.ts'
import { TestMachine } from '../settings/test-machine.fixture.ts'

let machine: TestMachine
beforeEach(() => {
  machine = new TestMachine()
})
afterEach(() => machine.remove())

const LINES = `mattermost_external_url 'https://chat.corp.test'
mattermost['gitlab_secret'] = 'sEcret1'
mattermost['sql_data_source'] = 'user=a password=sEcret2 host=db1 dbname=c'
mattermost['env'] = { 'HTTPS_PROXY' => 'http://me:sEcret3@proxy:1', 'MM_EMAILSETTINGS_SMTPPASSWORD' => 'sEcret4', 'MM_EMAILSETTINGS_SMTPUSERNAME' => 'mailer' }
gitlab_rails['smtp_password'] = 'sEcret5'
gitlab_rails['x'] = { 'private_key' => 'sEcret6', 'list' => ['postgres://u:sEcret7@h/d'], 'pem' => "-----BEGIN PRIVATE KEY-----\\nsEcret8" }
`

/** Runs the command line and answers exit code and what was printed. */
async function ctl(...words: string[]): Promise<{ code: number; out: string; err: string }> {
  machine.out = machine.err = ''
  const code = await runCommandLine(machine.context, words)
  return { code, out: machine.out, err: machine.err }
}

describe('show-config', () => {
  test('masks every secret, and shows them with --secrets', async () => {
    machine.write('/etc/gitlab/gitlab.rb', LINES)
    const masked = await ctl('show-config')
    expect(masked).toMatchObject({ code: 0, err: '' })
    expect(masked.out).not.toContain('sEcret')
    const shown = JSON.parse(masked.out) as {
      written: { mattermost: object }
      effective: { env: object; nginx: object }
    }
    expect(shown).toMatchObject({
      settings_file: '/etc/gitlab/gitlab.rb',
      written: { mattermost_external_url: 'https://chat.corp.test', mattermost: { gitlab_secret: '********' } },
      effective: {
        siteUrl: 'https://chat.corp.test',
        env: {
          HTTPS_PROXY: 'http://me:********@proxy:1',
          MM_EMAILSETTINGS_SMTPUSERNAME: 'mailer',
          MM_SERVICESETTINGS_LISTENADDRESS: '127.0.0.1:8065',
        },
        nginx: { vhost: { ssl: { certificateKey: '/etc/gitlab/ssl/chat.corp.test.key' } } },
      },
    })
    const open = await ctl('show-config', '--secrets')
    for (let n = 1; n <= 8; n++) expect(open.out).toContain(`sEcret${n}`)
  })

  test('names mistakes and exits 1', async () => {
    machine.write('/etc/gitlab/gitlab.rb', "mattermost['uid'] = 'x'\nmattermost['enable'] = true")
    const { code, out, err } = await ctl('show-config')
    expect({ code, out }).toEqual({ code: 1, out: '' })
    expect(err).toMatch(
      /gitlab.rb:1: mattermost\['uid'\] must be a whole number[^]*gitlab.rb:2: mattermost\['enable'\]/,
    )
  })
})

describe('check-config', () => {
  test('in order', async () => {
    machine.write('/etc/gitlab/gitlab.rb', "mattermost_external_url 'https://chat.corp.test'")
    expect(await ctl('check-config')).toEqual({ code: 0, out: 'The settings are in order.\n', err: '' })
  })

  test('removed settings up to a release, with the line to write', async () => {
    machine.write('/etc/gitlab/gitlab.rb', "mattermost['email_smtp_port'] = 25\nmattermost['team_default_color'] = 'x'")
    const all = await ctl('check-config')
    expect(all.code).toBe(1)
    expect(all.out).toContain("Write this instead: mattermost['env']['MM_EMAILSETTINGS_SMTPPORT'] = '25'")
    expect(all.err).toMatch(/Repair these lines/)
    const early = await ctl('check-config', '--version', '10.8')
    expect(early).toMatchObject({ code: 1, out: expect.not.stringContaining('SMTPPORT') })
    expect(await ctl('check-config', '--version=10.7')).toMatchObject({ code: 0 })
    expect(await ctl('check-config', '--version', '18.11', '-n')).toMatchObject({
      code: 0,
      out: expect.stringContaining('SMTPPORT'),
    })
    expect(await ctl('check-config', '--version', 'new')).toMatchObject({
      code: 2,
      err: expect.stringContaining('18.11'),
    })
  })

  test('mistakes', async () => {
    machine.write('/etc/gitlab/gitlab.rb', "mattermost_external_url 'https://chat.corp.test")
    expect(await ctl('check-config')).toMatchObject({
      code: 1,
      err: expect.stringMatching(/gitlab.rb:1: Syntax error/),
    })
    expect((await ctl('check-config', '--no-fail')).code).toBe(0)
  })
})

describe('diff-config', () => {
  test('shows what differs from the template, and misses a missing file', async () => {
    expect(await ctl('diff-config')).toMatchObject({
      code: 1,
      err: expect.stringContaining('no settings file /etc/gitlab/gitlab.rb'),
    })
    machine.write('/etc/outpost/outpost.rb', "mattermost_external_url 'https://chat.corp.test'\n")
    const { code, out } = await ctl('diff-config')
    expect(code).toBe(0)
    expect(out).toMatch(/^--- template\n\+\+\+ \/etc\/outpost\/outpost.rb\n/)
    expect(out).toContain("\n+mattermost_external_url 'https://chat.corp.test'\n")
  })
})

describe('import-config', () => {
  const config = {
    ServiceSettings: {
      SiteURL: 'https://chat.corp.test/',
      ListenAddress: ':8065',
      EnableLocalMode: true,
      AllowCorsFrom: '',
    },
    TeamSettings: {
      SiteName: 'Our chat',
      CustomBrandText: 'a\nb',
      MaxUsersPerTeam: 99,
      ExperimentalDefaultChannels: ['a', 'b'],
    },
    EmailSettings: { SMTPServer: "it's\\mx", SMTPPort: '', SMTPPassword: 'sEcret', FeedbackName: '#{x} 채팅' },
    FileSettings: { PublicLinkSalt: 'salt1234' },

    PluginSettings: { PluginStates: { 'com.x': { Enable: true } } },
    GoneSettings: { Old: 1 },
  }

  test('lines that give the same settings again, and a report of every difference', async () => {
    machine.write('/etc/gitlab/gitlab.rb', "mattermost_external_url 'https://chat.corp.test'\n")
    machine.write('/var/opt/gitlab/mattermost/config.json', JSON.stringify(config))
    const { code, out, err } = await ctl('import-config')
    expect(code).toBe(0)
    expect(out.trim().split('\n').toSorted()).toEqual([
      "mattermost['env']['MM_EMAILSETTINGS_FEEDBACKNAME'] = '#{x} 채팅'",
      "mattermost['env']['MM_EMAILSETTINGS_SMTPPASSWORD'] = 'sEcret'",
      "mattermost['env']['MM_EMAILSETTINGS_SMTPSERVER'] = 'it\\'s\\\\mx'",
      "mattermost['env']['MM_FILESETTINGS_PUBLICLINKSALT'] = 'salt1234'",
      "mattermost['env']['MM_PLUGINSETTINGS_PLUGINSTATES'] = '{\"com.x\":{\"Enable\":true}}'",
      "mattermost['env']['MM_SERVICESETTINGS_ENABLELOCALMODE'] = 'true'",
      "mattermost['env']['MM_TEAMSETTINGS_EXPERIMENTALDEFAULTCHANNELS'] = 'a b'",
      "mattermost['env']['MM_TEAMSETTINGS_MAXUSERSPERTEAM'] = '99'",
    ])
    expect(err).toContain('TeamSettings.MaxUsersPerTeam: 10000 → 99')
    expect(err).toMatch(
      /TeamSettings.SiteName: config.json has "Our chat", in force is "GitLab Mattermost" through mattermost\['team_site_name'\]/,
    )
    expect(err).not.toMatch(/SiteURL|sEcret|salt1234/)
    expect(err).toMatch(/TeamSettings.CustomBrandText: it has several lines/)
    expect(err).toMatch(/EmailSettings.SMTPPort: it is empty/)
    expect(err).toMatch(/GoneSettings.Old: not a setting of this version/)

    const { env } = await machine.settings(`mattermost_external_url 'https://chat.corp.test'\n${out}`)
    const overrides = readEnvironment(env)
    expect(overrides.get('EmailSettings.SMTPServer')).toBe("it's\\mx")
    expect(overrides.get('TeamSettings.ExperimentalDefaultChannels')).toEqual(['a', 'b'])
    expect(overrides.get('PluginSettings.PluginStates')).toEqual({ 'com.x': { Enable: true } })
    const again = await ctl('import-config')
    expect(again.out).toBe('')
  })

  test('a file that is missing or damaged', async () => {
    machine.write('/etc/gitlab/gitlab.rb', "mattermost_external_url 'https://chat.corp.test'\n")
    expect(await ctl('import-config')).toMatchObject({ code: 1, err: expect.stringContaining('import-config FILE') })
    machine.write('/c.json', '{"TeamSettings": {"MaxUsersPerTeam": "many"}}')
    expect(await ctl('import-config', join(machine.root, 'c.json'))).toMatchObject({
      code: 1,
      err: expect.stringMatching(/MaxUsersPerTeam must be/),
    })
  })
})

describe('import-smtp', () => {
  const chat = "mattermost_external_url 'https://chat.corp.test'\n"
  const rails = (settings: Record<string, string>): string =>
    Object.entries({ smtp_enable: 'true', ...settings })
      .map(([key, value]) => `gitlab_rails['${key}'] = ${value}\n`)
      .join('')
  const mailOf = async (lines: string): Promise<Record<string, unknown>> => {
    const { env } = await machine.settings(chat + lines)
    const entries = [...readEnvironment(env)].filter(([path]) => path.startsWith('EmailSettings.'))
    return Object.fromEntries(entries.map(([path, value]) => [path.slice('EmailSettings.'.length), value]))
  }
  const imported = async (
    settings: Record<string, string>,
  ): Promise<{ mail: Record<string, unknown>; err: string }> => {
    machine.write('/etc/gitlab/gitlab.rb', chat + rails(settings))
    const { code, out, err } = await ctl('import-smtp')
    expect(code).toBe(0)
    return { mail: await mailOf(out), err }
  }

  test('every key of GitLab that has a counterpart', async () => {
    const { mail, err } = await imported({
      smtp_address: "'mx.corp.test'",
      smtp_port: '465',
      smtp_user_name: "'mailer'",
      smtp_password: `'sEcret #1'`,
      smtp_domain: "'corp.test'",
      smtp_authentication: "'login'",
      smtp_enable_starttls_auto: 'false',
      smtp_tls: 'true',
      smtp_pool: 'true',
      smtp_openssl_verify_mode: "'none'",
      smtp_ca_file: "'/etc/ssl/corp.pem'",
      smtp_open_timeout: '30',
      smtp_read_timeout: '60',
      gitlab_email_from: "'gitlab@corp.test'",
      gitlab_email_reply_to: "'noreply@corp.test'",
    })
    expect(mail).toEqual({
      SMTPServer: 'mx.corp.test',
      SMTPPort: '465',
      ConnectionSecurity: 'TLS',
      EnableSMTPAuth: true,
      SMTPUsername: 'mailer',
      SMTPPassword: 'sEcret #1',
      SkipServerCertificateVerification: true,
      SMTPServerTimeout: 30,
      FeedbackEmail: 'gitlab@corp.test',
      ReplyToAddress: 'noreply@corp.test',
    })
    expect(err).toContain('/etc/gitlab/trusted-certs')
    expect(err).toContain("gitlab_rails['smtp_domain']")
    expect(err).toContain('Append the lines to /etc/gitlab/gitlab.rb')
    expect(err).not.toContain('sEcret')
  })

  test.each([
    [{ smtp_ssl: 'true' }, 'TLS', ''],
    [{ smtp_enable_starttls_auto: 'true' }, 'STARTTLS', ''],
    [{ smtp_port: '587' }, 'STARTTLS', ''],
    [{ smtp_enable_starttls_auto: 'false', smtp_port: '587' }, undefined, ''],
    [{}, undefined, 'GitLab would use STARTTLS where the mail server offers it'],
    [{ smtp_user_name: "'a'", smtp_password: "'b'", smtp_authentication: "'cram_md5'" }, undefined, 'is cram_md5'],
    [{ smtp_user_name: "'a'" }, undefined, 'SMTPPASSWORD by hand'],
    [{ gitlab_email_enabled: 'false' }, undefined, 'GitLab itself sends no mail'],
  ] as [Record<string, string>, string | undefined, string][])('%j', async (settings, security, said) => {
    const { mail, err } = await imported({ smtp_address: "'mx'", ...settings })
    expect([mail.SMTPServer, mail.ConnectionSecurity]).toEqual(['mx', security])
    expect(err).toContain(said)
  })

  test('nobody signs in where GitLab does not, and without a server of its own there is nothing to import', async () => {
    const { mail } = await imported({ smtp_user_name: "'a'", smtp_authentication: 'false' })
    expect(mail).not.toHaveProperty('EnableSMTPAuth')
    const none = await imported({ smtp_enable: 'false', smtp_address: "'mx'" })
    expect(none).toEqual({ mail: {}, err: expect.stringMatching(/is not true[^]*There is nothing to carry over/) })
  })

  test('what the chat has already stays', async () => {
    const gitlab = rails({
      smtp_address: "'mx'",
      smtp_user_name: "'a'",
      smtp_password: "'b'",
      gitlab_email_from: "'g@x'",
    })
    machine.write('/gitlab.rb', gitlab)
    const run = async (own: string): Promise<string> => {
      machine.write('/etc/gitlab/gitlab.rb', chat + own)
      return (await ctl('import-smtp', join(machine.root, 'gitlab.rb'))).out
    }
    expect(await run("mattermost['env'] = { 'MM_EMAILSETTINGS_SMTPSERVER' => 'own' }")).toBe('')
    const sender = await run("mattermost['env'] = { 'MM_EMAILSETTINGS_FEEDBACKEMAIL' => 'own@x' }")
    expect(sender).not.toContain('FEEDBACKEMAIL')
    expect(sender).toContain("['MM_EMAILSETTINGS_SMTPSERVER'] = 'mx'")
    const config = (server: string): string =>
      JSON.stringify({ EmailSettings: { SMTPServer: server, SMTPPort: '10025' } })
    machine.write('/var/opt/gitlab/mattermost/config.json', config('localhost'))
    expect(await run('')).toContain("['MM_EMAILSETTINGS_SMTPPORT'] = '25'")
    machine.write('/var/opt/gitlab/mattermost/config.json', config('own'))
    expect(await run('')).toBe('')
  })

  test('what cannot be read', async () => {
    machine.write('/etc/gitlab/gitlab.rb', chat)
    const missing = await ctl('import-smtp', '/nowhere.rb')
    expect(missing).toMatchObject({ code: 1, err: expect.stringContaining('/nowhere.rb cannot be read (ENOENT)') })
    machine.write('/etc/gitlab/gitlab.rb', chat + rails({ smtp_password: '`cat /etc/secret`', smtp_user_name: "'a'" }))
    expect(await ctl('import-smtp')).toMatchObject({
      code: 1,
      out: '',
      err: expect.stringMatching(/gitlab.rb:3: gitlab_rails\['smtp_password'\] cannot be read: a command in backticks/),
    })
  })
})
