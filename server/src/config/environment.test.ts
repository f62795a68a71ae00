import { expect, test } from 'vitest'
import { applyOverrides, overrideReport, readEnvironment, revertOverrides } from './environment.ts'

const read = (env: Record<string, string>) => Object.fromEntries(readEnvironment(env))

test.each([
  ['a text as it is', { MM_TEAMSETTINGS_SITENAME: ' a b ' }, { 'TeamSettings.SiteName': ' a b ' }],
  ['an empty text', { MM_TEAMSETTINGS_SITENAME: '' }, { 'TeamSettings.SiteName': '' }],
  ['any case of the name', { mm_TeamSettings_SiteName: 'a' }, { 'TeamSettings.SiteName': 'a' }],
  ['true', { MM_LDAPSETTINGS_ENABLE: 'T' }, { 'LdapSettings.Enable': true }],
  ['false', { MM_LDAPSETTINGS_ENABLE: '0' }, { 'LdapSettings.Enable': false }],
  ['no other truth', { MM_LDAPSETTINGS_ENABLE: 'yes', MM_SAMLSETTINGS_ENABLE: 'tRUE', MM_JOBSETTINGS_RUNJOBS: '' }, {}],
  ['a number', { MM_SERVICESETTINGS_READTIMEOUT: '-12' }, { 'ServiceSettings.ReadTimeout': -12 }],
  [
    'no odd number',
    {
      MM_SERVICESETTINGS_READTIMEOUT: '1e3',
      MM_SERVICESETTINGS_WRITETIMEOUT: '0x10',
      MM_SERVICESETTINGS_IDLETIMEOUT: '9'.repeat(20),
    },
    {},
  ],
  [
    'a list at single spaces',
    { MM_THEMESETTINGS_ALLOWEDTHEMES: 'a  b' },
    { 'ThemeSettings.AllowedThemes': ['a', '', 'b'] },
  ],
  ['an empty list variable', { MM_THEMESETTINGS_ALLOWEDTHEMES: '' }, { 'ThemeSettings.AllowedThemes': [''] }],
  [
    'a map as JSON',
    { MM_PLUGINSETTINGS_PLUGINSTATES: '{"a":{"Enable":false}}' },
    { 'PluginSettings.PluginStates': { a: { Enable: false } } },
  ],
  ['no broken map', { MM_PLUGINSETTINGS_PLUGINSTATES: '{', MM_PLUGINSETTINGS_PLUGINS: '[]' }, {}],
  [
    'raw JSON for logging',
    { MM_LOGSETTINGS_ADVANCEDLOGGINGJSON: '{"a":{}}' },
    { 'LogSettings.AdvancedLoggingJSON': { a: {} } },
  ],
  ['no list of objects', { MM_SQLSETTINGS_REPLICALAGSETTINGS: '[]' }, {}],
  [
    'a nested section',
    { MM_AUTOTRANSLATIONSETTINGS_LIBRETRANSLATE_URL: 'u' },
    { 'AutoTranslationSettings.LibreTranslate.URL': 'u' },
  ],
  ['a feature flag', { MM_FEATUREFLAGS_TESTFEATURE: 'on' }, { 'FeatureFlags.TestFeature': 'on' }],
  ['no unknown name', { MM_NO_DOCKER: '1', TEAMSETTINGS_SITENAME: 'x', MM_TEAMSETTINGS: 'x' }, {}],
])('%s', (_, env, expected) => {
  expect(read(env as unknown as Record<string, string>)).toEqual(expected)
})

test('overrides replace a whole map, and are taken back to what is stored', () => {
  const overrides = readEnvironment({
    MM_PLUGINSETTINGS_PLUGINSTATES: '{"b":{"Enable":true}}',
    MM_AUTOTRANSLATIONSETTINGS_AGENTS_LLMSERVICEID: 'x',
  })
  const config = { PluginSettings: { PluginStates: { a: { Enable: true } } } }
  const stored = structuredClone(config)
  applyOverrides(config, overrides)
  expect(config).toEqual({
    PluginSettings: { PluginStates: { b: { Enable: true } } },
    AutoTranslationSettings: { Agents: { LLMServiceID: 'x' } },
  })
  expect(overrideReport(overrides)).toEqual({ PluginSettings: { PluginStates: true } })
  revertOverrides(config, overrides, stored)
  expect(config.PluginSettings).toEqual(stored.PluginSettings)
})
