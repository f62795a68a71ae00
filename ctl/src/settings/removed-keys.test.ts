import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { TestMachine } from './test-machine.fixture.ts'

let machine: TestMachine
beforeEach(() => {
  machine = new TestMachine()
})
afterEach(() => machine.remove())

describe('removed settings', () => {
  test.each([
    ['log_console_enable', 'true', "mattermost['env']['MM_LOGSETTINGS_ENABLECONSOLE'] = 'true'"],
    ['email_smtp_server', "'mx'", "mattermost['env']['MM_EMAILSETTINGS_SMTPSERVER'] = 'mx'"],
    ['email_smtp_auth', 'true', "mattermost['env']['MM_EMAILSETTINGS_ENABLESMTPAUTH'] = 'true'"],
    ['email_enable_batching', 'true', "mattermost['env']['MM_EMAILSETTINGS_ENABLEEMAILBATCHING'] = 'true'"],
    ['ratelimit_enable_rate_limiter', 'false', "mattermost['env']['MM_RATELIMITSETTINGS_ENABLE'] = 'false'"],
    ['ratelimit_per_sec', '10', "mattermost['env']['MM_RATELIMITSETTINGS_PERSEC'] = '10'"],
    ['support_email', "'a@b'", "mattermost['env']['MM_SUPPORTSETTINGS_SUPPORTEMAIL'] = 'a@b'"],
    ['localization_server_locale', "'ko'", "mattermost['env']['MM_LOCALIZATIONSETTINGS_DEFAULTSERVERLOCALE'] = 'ko'"],
    [
      'sql_data_source_replicas',
      "['a', 'b']",
      "mattermost['env']['MM_SQLSETTINGS_DATASOURCEREPLICAS'] = '… the value of line 1 …'",
    ],
    ['service_user_access_tokens', 'true', "mattermost['env']['MM_SERVICESETTINGS_ENABLEUSERACCESSTOKENS'] = 'true'"],
    [
      'service_allow_cookies_from_subdomains',
      'true',
      "mattermost['env']['MM_SERVICESETTINGS_ALLOWCOOKIESFORSUBDOMAINS'] = 'true'",
    ],
    [
      'service_lets_encrypt_cert_cache_file',
      "'x'",
      "mattermost['env']['MM_SERVICESETTINGS_LETSENCRYPTCERTIFICATECACHEFILE'] = 'x'",
    ],
    ['email_batching_interval', '30', "mattermost['env']['MM_EMAILSETTINGS_EMAILBATCHINGINTERVAL'] = '30'"],
    [
      'email_notification_content_type',
      "'full'",
      "mattermost['env']['MM_EMAILSETTINGS_EMAILNOTIFICATIONCONTENTSTYPE'] = 'full'",
    ],
    [
      'native_app_ios_app_download_link',
      '"it\'s"',
      "mattermost['env']['MM_NATIVEAPPSETTINGS_IOSAPPDOWNLOADLINK'] = 'it\\'s'",
    ],
  ])('%s', async (key, value, replacement) => {
    const { report, settings } = await machine.load(`mattermost['${key}'] = ${value}`)
    expect(report.removals).toEqual([
      expect.objectContaining({
        key: `mattermost['${key}']`,
        replacement,
        since: '11.0',
        blocking: true,
        place: expect.objectContaining({ line: 1 }),
      }),
    ])
    expect(settings).toBeDefined()
  })

  test('those without a successor do not stand in the way', async () => {
    const { report } = await machine.load(
      "mattermost['webrtc_enable'] = true\nmattermost['aws'] = {}\nmattermost['team_default_color'] = 'x'\nmattermost['service_use_ssl'] = true",
    )
    expect(report.removals.map(({ key, since, blocking }) => [key, since, blocking])).toEqual([
      ["mattermost['webrtc_enable']", '11.0', false],
      ["mattermost['aws']", '11.0', false],
      ["mattermost['team_default_color']", '10.8', false],
    ])
  })
})
