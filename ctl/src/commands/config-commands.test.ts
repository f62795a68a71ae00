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
