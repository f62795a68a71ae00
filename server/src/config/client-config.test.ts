import { describe, expect, test } from 'vitest'
import expected from './client-config-keys.fixture.json' with { type: 'json' }
import { clientConfigHash, fullClientConfig, limitedClientConfig, type ComputedClientConfig } from './client-config.ts'
import { clientLicense } from './client-license.ts'
import type { Config } from './config-types.ts'
import { setAt, type Json, type JsonDraft } from './declare.ts'
import { fillDefaults } from './normalise.ts'

const computed: ComputedClientConfig = {
  DiagnosticId: 'd',
  TelemetryId: 't',
  NoAccounts: true,
  AsymmetricSigningPublicKey: 'k',
  InstallationDate: 5,
  SchemaVersion: 141,
  MaxPostSize: 16383,
}
function configWith(given: Record<string, Json> = {}): Config {
  const values = fillDefaults({}, { existing: true }) as unknown as JsonDraft
  for (const [path, value] of Object.entries(given)) setAt(values, path.split('.'), value)
  return values as unknown as Config
}

const everyone = [
  ...expected.everyone,
  ...Object.keys(expected.featureFlags),
  ...expected.licensedEveryone,
  'NoAccounts',
  'AsymmetricSigningPublicKey',
]
const session = [
  ...everyone,
  ...expected.session,
  ...expected.licensedSession,
  'MaxPostSize',
  'UpgradedFromTE',
  'InstallationDate',
  'SchemaVersion',
]
const sorted = (names: string[]): string[] => [...new Set(names)].sort()

describe('client configuration', () => {
  test('everyone gets exactly the known keys, all texts', () => {
    const limited = limitedClientConfig(configWith(), computed)
    expect(Object.keys(limited).sort()).toEqual(sorted(everyone))
    expect(Object.values(limited).filter((value) => typeof value !== 'string')).toEqual([])
  })

  test('a session gets the further keys and those of older clients, all texts', () => {
    const full = fullClientConfig(configWith(), computed)
    // One of the older keys is a spelling of CWSURL, which is there already.
    const older = expected.older.filter((name) => name.toLowerCase() !== 'cwsurl')
    expect(Object.keys(full).sort()).toEqual(sorted([...session, ...older]))
    expect(Object.values(full).filter((value) => typeof value !== 'string')).toEqual([])
  })

  test('values', () => {
    const config = configWith({
      'ServiceSettings.SiteURL': 'https://a.example/',
      'GitLabSettings.Enable': true,
      'ThemeSettings.AllowedThemes': ['onyx', 'denim'],
      'LdapSettings.NicknameAttribute': 'nick',
      'MetricsSettings.Enable': true,
      'PluginSettings.PluginStates': { 'com.mattermost.apps': { Enable: true } },
      'DataRetentionSettings.FileRetentionHours': 5,
      'CloudSettings.CWSURL': 'https://cws.example',
    })
    expect(limitedClientConfig(config, computed)).toMatchObject({
      ...expected.featureFlags,
      Version: '10.11.20',
      BuildNumber: '10.11.20',
      BuildEnterpriseReady: 'true',
      SiteURL: 'https://a.example',
      EnableSignUpWithGitLab: 'true',
      EnableGuestAccounts: 'true',
      EnableClientMetrics: 'true',
      AppsPluginEnabled: 'true',
      NoAccounts: 'true',
      CWSURL: '',
      DiagnosticsEnabled: 'false',
    })
    expect(fullClientConfig(config, computed)).toMatchObject({
      AllowedThemes: 'onyx,denim',
      LdapNicknameAttributeSet: 'true',
      LdapPictureAttributeSet: 'false',
      DataRetentionFileRetentionHours: '5',
      DataRetentionMessageRetentionHours: '8760',
      CWSURL: 'https://cws.example',
      IsDefaultMarketplace: 'true',
      MaxPostSize: '16383',
      SchemaVersion: '141',
      ScheduledPosts: 'true',
      PostAcknowledgements: 'true',
    })
  })

  test('no secret reaches a client', () => {
    const full = fullClientConfig(
      configWith({ 'GitLabSettings.Secret': 's3cret', 'SqlSettings.DataSource': 's3cret' }),
      computed,
    )
    expect(JSON.stringify(full)).not.toContain('s3cret')
  })

  test('the terms id is sent only while custom terms are on', () => {
    const withTerms = { ...computed, CustomTermsOfServiceId: 'x' }
    expect(limitedClientConfig(configWith(), withTerms)).not.toHaveProperty('CustomTermsOfServiceId')
    const on = configWith({ 'SupportSettings.CustomTermsOfServiceEnabled': true })
    expect(limitedClientConfig(on, withTerms)['CustomTermsOfServiceId']).toBe('x')
  })

  test('the hash follows what sessions see and nothing else', () => {
    const hash = clientConfigHash(configWith())
    expect(hash).toMatch(/^[0-9a-f]{64}$/)
    expect(clientConfigHash(configWith({ 'ServiceSettings.ReadTimeout': 1 }))).toBe(hash)
    expect(clientConfigHash(configWith({ 'TeamSettings.SiteName': 'X' }))).not.toBe(hash)
  })
})

test('the licence is there, unlimited, and holds texts alone', () => {
  const license = clientLicense()
  expect(license).toMatchObject({
    IsLicensed: 'true',
    SkuShortName: 'enterprise',
    Users: '0',
    Cloud: 'false',
    IsTrial: 'false',
  })
  for (const feature of [
    'LDAPGroups',
    'GuestAccounts',
    'CustomGroups',
    'OpenId',
    'DataRetention',
    'IDLoadedPushNotifications',
  ]) {
    expect(license[feature], feature).toBe('true')
  }
  expect(Object.values(license).every((value) => typeof value === 'string')).toBe(true)
})
