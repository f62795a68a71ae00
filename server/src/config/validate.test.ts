import { describe, expect, test } from 'vitest'
import { configRules } from './validate-rules.ts'
import { configValueError, saveError } from './config.errors.ts'
import { ConfigError } from './config-error.ts'
import { errorText } from '../http/errors.ts'
import { setAt, settingByPath, type Json, type JsonDraft } from './declare.ts'
import { fillDefaults, normalise } from './normalise.ts'
import { acceptedWords, ruleErrorId, validateConfig } from './validate.ts'

function problems(given: Record<string, Json>, exists: (path: string) => boolean = () => true) {
  const config = fillDefaults({}, { existing: true })
  normalise(config)
  for (const [path, value] of Object.entries(given)) setAt(config as unknown as JsonDraft, path.split('.'), value)
  return validateConfig(config, exists)
}
const ids = (given: Record<string, Json>, exists?: (path: string) => boolean): string[] =>
  problems(given, exists).map((problem) => problem.id.replace('model.config.is_valid.', '').replace('.app_error', ''))

test('the defaults are valid, with and without a SiteURL', () => {
  expect(problems({})).toEqual([])
  expect(problems({ 'ServiceSettings.SiteURL': 'https://chat.example.com/sub' })).toEqual([])
})

test('what only Mattermost 11 refuses is accepted', () => {
  expect(
    problems({
      'TeamSettings.ExperimentalViewArchivedChannels': false,
      'ExperimentalSettings.ClientSideCertEnable': true,
    }),
  ).toEqual([])
})

test('every mistake at once, in order, each with setting, value and what is accepted', () => {
  const found = problems({
    'ServiceSettings.ReadTimeout': 0,
    'TeamSettings.MaxUsersPerTeam': -1,
    'PasswordSettings.MinimumLength': 4,
    'TeamSettings.RestrictDirectMessage': 'all',
    'SqlSettings.AtRestEncryptKey': 'tooshort',
  })
  expect(found.map((problem) => problem.message)).toEqual([
    'TeamSettings.MaxUsersPerTeam is -1; accepted: a whole number above 0.',
    'TeamSettings.RestrictDirectMessage is "all"; accepted: "any", "team".',
    'SqlSettings.AtRestEncryptKey is hidden (8 characters); accepted: nothing, or at least 32 characters.',
    'PasswordSettings.MinimumLength is 4; accepted: a whole number from 5 to 72.',
    'ServiceSettings.ReadTimeout is 0; accepted: a whole number above 0.',
  ])
  expect(found[0]!.id).toBe('model.config.is_valid.max_users.app_error')
  expect(found[3]!.params).toMatchObject({ MinLength: 5, MaxLength: 72 })
})

describe('rules', () => {
  test.each<[string, Record<string, Json>]>([
    ['site_url_email_batching', { 'EmailSettings.EnableEmailBatching': true }],
    ['allow_cookies_for_subdomains', { 'ServiceSettings.AllowCookiesForSubdomains': true }],
    ['metrics_client_side_user_ids', { 'MetricsSettings.ClientSideUserIds': Array(6).fill('a'.repeat(26)) }],
    ['metrics_client_side_user_id', { 'MetricsSettings.ClientSideUserIds': ['x'] }],
    ['cache_type', { 'CacheSettings.CacheType': 'x' }],
    ['sitename_length', { 'TeamSettings.SiteName': 'x'.repeat(31) }],
    ['sql_driver', { 'SqlSettings.DriverName': 'mysql' }],
    ['file_salt', { 'FileSettings.PublicLinkSalt': 'x' }],
    ['directory', { 'FileSettings.Directory': '' }],
    ['directory_whitespace', { 'FileSettings.ExportDirectory': ' ./data' }],
    ['image_decoder_concurrency', { 'FileSettings.MaxImageDecoderConcurrency': 0 }],
    ['image_decoder_concurrency', { 'FileSettings.MaxImageDecoderConcurrency': -2 }],
    ['storage_class', { 'FileSettings.AmazonS3StorageClass': 'COLD' }],
    ['email_batching_interval', { 'EmailSettings.EmailBatchingInterval': 29 }],
    ['native_app_settings.download_link', { 'NativeAppSettings.AppDownloadLink': 'app' }],
    ['tls_overwrite_cipher', { 'ServiceSettings.TLSOverwriteCiphers': ['TLS_NULL'] }],
    ['time_between_user_typing', { 'ServiceSettings.TimeBetweenUserTypingUpdatesMilliseconds': 999 }],
    ['site_url', { 'ServiceSettings.SiteURL': 'chat.example.com' }],
    ['websocket_url', { 'ServiceSettings.WebsocketURL': 'nonsense' }],
    ['minimum_desktop_app_version', { 'ServiceSettings.MinimumDesktopAppVersion': '5.9' }],
    ['listen_address', { 'ServiceSettings.ListenAddress': '8065' }],
    ['listen_address', { 'ServiceSettings.ListenAddress': ':65536' }],
    ['listen_address', { 'ServiceSettings.ListenAddress': '::1:80' }],
    ['group_unread_channels', { 'ServiceSettings.ExperimentalGroupUnreadChannels': 'x' }],
    ['collapsed_threads.autofollow', { 'ServiceSettings.ThreadAutoFollow': false }],
    ['persistent_notifications_interval', { 'ServiceSettings.PersistentNotificationIntervalMinutes': 1 }],
    ['dcr_redirect_uri_allowlist', { 'ServiceSettings.DCRRedirectURIAllowlist': ['javascript:*'] }],
    ['elastic_search.enable_searching', { 'ElasticsearchSettings.EnableSearching': true }],
    [
      'elastic_search.posts_aggregator_job_start_time',
      { 'ElasticsearchSettings.PostsAggregatorJobStartTime': '24:00' },
    ],
    ['data_retention.message_retention_days_too_low', { 'DataRetentionSettings.MessageRetentionDays': -1 }],
    ['data_retention.message_retention_misconfiguration', { 'DataRetentionSettings.MessageRetentionHours': 5 }],
    ['data_retention.file_retention_both_zero', { 'DataRetentionSettings.FileRetentionDays': 0 }],
    ['log.advanced_logging.json', { 'LogSettings.AdvancedLoggingJSON': '{"a"' }],
    ['log.advanced_logging.parse', { 'LogSettings.AdvancedLoggingJSON': { a: { type: 'pigeon' } } }],
    ['display.custom_url_schemes', { 'DisplaySettings.CustomURLSchemes': ['1a'] }],
    ['import.retention_days_too_low', { 'ImportSettings.RetentionDays': 0 }],
    ['move_thread.domain_invalid', { 'WranglerSettings.AllowedEmailDomain': ['@x'] }],
    ['report_a_problem_mail.invalid', { 'SupportSettings.ReportAProblemType': 'email' }],
    ['accepted_values', { 'ServiceSettings.TLSMinVer': '1.9' }],
  ])('%s', (id, given) => {
    expect(ids(given)).toEqual([id])
  })

  test('features are checked only while they are on', () => {
    expect(ids({ 'LdapSettings.Enable': true })).toEqual([
      'ldap_server',
      'ldap_basedn',
      'ldap_email',
      'ldap_username',
      'ldap_id',
      'ldap_login_id',
    ])
    expect(ids({ 'SamlSettings.Enable': true })[0]).toBe('saml_idp_url')
    expect(ids({ 'CacheSettings.CacheType': 'redis' })).toEqual(['empty_redis_address', 'invalid_redis_db'])
    expect(ids({ 'ImageProxySettings.Enable': true, 'ImageProxySettings.ImageProxyType': 'atmos/camo' })).toEqual([
      'atmos_camo_image_proxy_url',
      'atmos_camo_image_proxy_options',
    ])
  })

  test('files that must exist', () => {
    const tls = {
      'ServiceSettings.ConnectionSecurity': 'TLS',
      'ServiceSettings.TLSCertFile': '/c',
      'ServiceSettings.TLSKeyFile': '/k',
    }
    expect(ids(tls)).toEqual([])
    expect(ids(tls, () => false)).toEqual(['tls_cert_file_missing', 'tls_key_file_missing'])
    expect(ids({ 'ServiceSettings.EnableLocalMode': true }, (path) => path !== '/var/tmp')).toEqual([
      'local_mode_socket',
    ])
  })

  test('listen addresses that are fine', () => {
    for (const address of [':8065', '0.0.0.0:80', '[::1]:8065', 'localhost:0']) {
      expect(ids({ 'ServiceSettings.ListenAddress': address }), address).toEqual([])
    }
  })

  test('each rule names a declared setting, says what is accepted, and has an error text in both languages', () => {
    for (const rule of configRules) {
      const setting = settingByPath.get(rule.setting)
      expect(setting, rule.setting).toBeDefined()
      expect(rule.accepts ?? acceptedWords(setting!), rule.setting).not.toBe('')
      const error = configValueError(ruleErrorId(rule.id), { Setting: 'S', Value: 'V', Accepted: 'A' })
      expect(error.status).toBe(400)
      expect(errorText(error.id, error.params, 'ko')).toContain('허용되는 값: A')
    }
  })

  test('a failed save answers with the first mistake', () => {
    const list = problems({ 'TeamSettings.MaxUsersPerTeam': 0, 'ServiceSettings.ReadTimeout': 0 })
    expect(saveError(new ConfigError('invalid', 'x', list))).toMatchObject({
      status: 400,
      id: 'model.config.is_valid.max_users.app_error',
    })
    expect(saveError(new ConfigError('unwritable', 'x'))).toMatchObject({
      status: 500,
      id: 'app.save_config.app_error',
    })
    expect(saveError(new ConfigError('read_only', 'x')).status).toBe(403)
  })
})
