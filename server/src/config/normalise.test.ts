import { describe, expect, test } from 'vitest'
import { setAt, getAt, settings, type Json, type JsonDraft } from './declare.ts'
import { fillDefaults, normalise } from './normalise.ts'

function complete(given: Record<string, Json>, existing = true): JsonDraft {
  const values: JsonDraft = {}
  for (const [path, value] of Object.entries(given)) setAt(values, path.split('.'), value)
  const config = fillDefaults(values, { existing })
  normalise(config)
  return config as unknown as JsonDraft
}
const result = (given: Record<string, Json>, path: string) => getAt(complete(given), path.split('.'))

test.each<[string, Record<string, Json>, Json]>([
  ['ServiceSettings.SiteURL', { 'ServiceSettings.SiteURL': 'https://a.example/x//' }, 'https://a.example/x'],
  ['FileSettings.Directory', { 'FileSettings.Directory': '/d' }, '/d/'],
  ['FileSettings.Directory', { 'FileSettings.Directory': '/d', 'FileSettings.DriverName': 'amazons3' }, '/d'],
  ['FileSettings.Directory', { 'FileSettings.Directory': '' }, './data/'],
  ['LocalizationSettings.DefaultServerLocale', { 'LocalizationSettings.DefaultServerLocale': 'xx' }, 'en'],
  ['LocalizationSettings.DefaultServerLocale', { 'LocalizationSettings.DefaultServerLocale': 'ko' }, 'ko'],
  ['LocalizationSettings.DefaultClientLocale', { 'LocalizationSettings.DefaultClientLocale': 'xx' }, 'en'],
  ['LocalizationSettings.AvailableLocales', { 'LocalizationSettings.AvailableLocales': 'ko,xx' }, ''],
  ['LocalizationSettings.AvailableLocales', { 'LocalizationSettings.AvailableLocales': 'ko,de,ko' }, 'ko,de,en'],
  ['ServiceSettings.WebserverMode', { 'ServiceSettings.WebserverMode': 'regular' }, 'gzip'],
  ['EmailSettings.ConnectionSecurity', { 'EmailSettings.ConnectionSecurity': 'PLAIN' }, ''],
  ['EmailSettings.EnableSMTPAuth', { 'EmailSettings.ConnectionSecurity': 'PLAIN' }, false],
  ['EmailSettings.EnableSMTPAuth', { 'EmailSettings.ConnectionSecurity': 'TLS' }, true],
  [
    'EmailSettings.EnableSMTPAuth',
    { 'EmailSettings.ConnectionSecurity': 'TLS', 'EmailSettings.EnableSMTPAuth': false },
    false,
  ],
  ['EmailSettings.EnableSignInWithEmail', { 'EmailSettings.EnableSignUpWithEmail': false }, false],
  ['EmailSettings.SMTPServer', { 'EmailSettings.SMTPServer': '' }, 'localhost'],
  ['EmailSettings.SMTPPort', { 'EmailSettings.SMTPPort': '' }, '10025'],
  ['EmailSettings.SMTPServerTimeout', { 'EmailSettings.SMTPServerTimeout': 0 }, 10],
  ['TeamSettings.SiteName', { 'TeamSettings.SiteName': '' }, 'Outpost'],
  ['TeamSettings.TeammateNameDisplay', { 'SamlSettings.Enable': true }, 'full_name'],
  ['TeamSettings.TeammateNameDisplay', {}, 'username'],
  ['LdapSettings.LoginIdAttribute', { 'LdapSettings.IdAttribute': 'uid' }, 'uid'],
  ['ServiceSettings.UniqueEmojiReactionLimitPerPost', { 'ServiceSettings.UniqueEmojiReactionLimitPerPost': 900 }, 500],
  [
    'ServiceSettings.ExperimentalGroupUnreadChannels',
    { 'ServiceSettings.ExperimentalGroupUnreadChannels': '1' },
    'default_on',
  ],
  [
    'ServiceSettings.ExperimentalGroupUnreadChannels',
    { 'ServiceSettings.ExperimentalGroupUnreadChannels': '0' },
    'disabled',
  ],
  ['ServiceSettings.SessionLengthWebInHours', { 'ServiceSettings.SessionLengthWebInDays': 60 }, 1440],
  ['SupportSettings.HelpLink', { 'SupportSettings.HelpLink': 'javascript:alert(1)' }, ''],
  ['SupportSettings.HelpLink', { 'SupportSettings.HelpLink': '/help' }, '/help'],
  ['SupportSettings.AboutLink', { 'SupportSettings.AboutLink': 'https://a.example' }, 'https://a.example'],
  ['LogSettings.AdvancedLoggingJSON', { 'LogSettings.AdvancedLoggingJSON': '{"a":{"b":1}}' }, { a: { b: 1 } }],
  ['LogSettings.AdvancedLoggingJSON', { 'LogSettings.AdvancedLoggingJSON': [] }, {}],
  ['LogSettings.AdvancedLoggingJSON', { 'LogSettings.AdvancedLoggingJSON': '/etc/log.json' }, '/etc/log.json'],
  ['PluginSettings.Directory', { 'PluginSettings.Directory': '' }, './plugins'],
])('%s from %j is %j', (path, given, expected) => {
  expect(result(given, path)).toEqual(expected)
})

describe('defaults', () => {
  test('the two sets of defaults differ exactly where declared', () => {
    const fresh = complete({}, false)
    const existing = complete({}, true)
    for (const { path, keys, default: value, default_existing: old } of settings) {
      if (path === 'FileSettings.Directory' || value === null) continue
      expect(getAt(fresh, keys), path).toEqual(value)
      const filled = getAt(existing, keys)
      const random = typeof filled === 'string' && /^[a-z0-9]{32}$/.test(filled)
      expect(random ? '<random 32>' : filled, path).toEqual(old ?? value)
    }
  })

  test('an empty salt is replaced in an existing installation and two installations differ', () => {
    const salts = [1, 2].map(() => result({ 'FileSettings.PublicLinkSalt': '' }, 'FileSettings.PublicLinkSalt'))
    expect(salts[0]).toHaveLength(32)
    expect(salts[0]).not.toBe(salts[1])
  })
})
