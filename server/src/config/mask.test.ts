import { describe, expect, test } from 'vitest'
import type { Config } from './config-types.ts'
import { filterByTags, keepUnwritable } from './access.ts'
import { getAt, setAt, settings, type Json, type JsonDraft } from './declare.ts'
import { MASK, maskConfig, maskDataSource, restoreMasked } from './mask.ts'
import { fillDefaults } from './normalise.ts'

function configWith(given: Record<string, Json>): Config & JsonDraft {
  const values = fillDefaults({}, { existing: true }) as unknown as JsonDraft
  for (const [path, value] of Object.entries(given)) setAt(values, path.split('.'), value)
  return values as Config & JsonDraft
}

const everySecret = Object.fromEntries(
  settings.filter((s) => s.secret && s.type === 'string').map((s) => [s.path, `real ${s.path}`]),
)

describe('masking', () => {
  test('every secret is masked and restored', () => {
    const config = configWith({
      ...everySecret,
      'SqlSettings.DataSourceReplicas': ['a', 'b'],
      'SqlSettings.ReplicaLagSettings': [{ DataSource: 'lag', QueryTimeLag: 'q' }],
    })
    const masked = maskConfig(config)
    expect(JSON.stringify(masked)).not.toContain('real ')
    expect(masked.SqlSettings.DataSourceReplicas).toEqual([MASK, MASK])
    expect(masked.SqlSettings.ReplicaLagSettings).toEqual([{ DataSource: MASK, QueryTimeLag: 'q' }])
    expect(masked.FileSettings.ExportAmazonS3SecretAccessKey).toBe(MASK)
    const next = structuredClone(masked) as unknown as JsonDraft
    restoreMasked(next, config)
    expect(next).toEqual(config)
  })

  test('empty secrets show as empty, except those that are always masked', () => {
    const masked = maskConfig(configWith({ 'SqlSettings.DataSource': '' }))
    expect(masked.EmailSettings.SMTPPassword).toBe('')
    expect(masked.SqlSettings.DataSource).toBe(MASK)
    expect(masked.CacheSettings.RedisPassword).toBe(MASK)
  })

  test('a changed secret is taken, a masked list of another length is refused', () => {
    const config = configWith({ 'SqlSettings.DataSourceReplicas': ['a', 'b'] })
    const next = structuredClone(config)
    setAt(next, ['EmailSettings', 'SMTPPassword'], 'new')
    setAt(next, ['SqlSettings', 'DataSourceReplicas'], [MASK, 'c'])
    restoreMasked(next, config)
    expect(next.EmailSettings.SMTPPassword).toBe('new')
    expect(next.SqlSettings.DataSourceReplicas).toEqual(['a', 'c'])
    setAt(next, ['SqlSettings', 'DataSourceReplicas'], [MASK])
    expect(() => restoreMasked(next, config)).toThrow(/SqlSettings.DataSourceReplicas/)
  })

  test('plugin settings: secret ones masked, those without a manifest left out, none lost on the way back', () => {
    const config = configWith({ 'PluginSettings.Plugins': { known: { Token: 't', Name: 'n' }, other: { Key: 'k' } } })
    const masked = maskConfig(config, (id) => (id === 'known' ? ['token'] : undefined))
    expect(masked.PluginSettings.Plugins).toEqual({ known: { Token: MASK, Name: 'n' } })
    const next = structuredClone(masked) as unknown as JsonDraft
    restoreMasked(next, config)
    expect(getAt(next, ['PluginSettings', 'Plugins'])).toEqual(config.PluginSettings.Plugins)
  })

  test.each([
    ['postgres://u:p@host:5432/db?sslmode=disable', 'postgres://****:****@host:5432/db?sslmode=disable'],
    ['postgres://u:p%40@host/db?user=a&x=1&password=b', 'postgres://****:****@host/db?x=1'],
    ['postgres:///db?host=/run&password=b', 'postgres:///db?host=/run'],
    ['user=u host=/run password=secret dbname=d', 'user=**** host=/run password=**** dbname=d'],
    ["PASSWORD = 'it\\'s secret' host=h", 'PASSWORD = **** host=h'],
    ["host=h password='open end secret", 'host=h password=****'],
  ])('%s for a log', (given, expected) => {
    expect(maskDataSource(given)).toBe(expected)
  })
})

describe('access by tag', () => {
  const config = configWith({ 'TeamSettings.SiteName': 'S', 'EmailSettings.SMTPServer': 'mail' })

  test('reading: only settings of held tags, those without a tag for manage_system', () => {
    const seen = filterByTags(config, (tag) => tag === 'environment_smtp')
    expect(getAt(seen, ['EmailSettings', 'SMTPServer'])).toBe('mail')
    expect(getAt(seen, ['TeamSettings', 'SiteName'])).toBeUndefined()
    expect(seen['TeamSettings']).toBeDefined()
    expect(getAt(seen, ['ServiceSettings', 'SplitKey'])).toBeUndefined()
    const untagged = settings.find((s) => s.access.length === 0 && s.default !== null)!
    expect(getAt(seen, untagged.keys)).toBeUndefined()
    expect(
      getAt(
        filterByTags(config, (tag) => tag === 'manage_system'),
        untagged.keys,
      ),
    ).toEqual(untagged.default)
  })

  test('a restriction tag grants nothing', () => {
    const onlyRestricted = settings.find((s) => s.path === 'ServiceSettings.WebsocketURL')!
    expect(
      getAt(
        filterByTags(config, (tag) => tag.endsWith('restrictable')),
        onlyRestricted.keys,
      ),
    ).toBeUndefined()
  })

  test('writing: the rest keeps its value', () => {
    const next = structuredClone(config)
    setAt(next, ['TeamSettings', 'SiteName'], 'T')
    setAt(next, ['EmailSettings', 'SMTPServer'], 'evil')
    setAt(next, ['Unknown', 'Key'], 1)
    const kept = keepUnwritable(config, next, (tag) => tag === 'site_customization')
    expect(getAt(kept, ['TeamSettings', 'SiteName'])).toBe('T')
    expect(getAt(kept, ['EmailSettings', 'SMTPServer'])).toBe('mail')
    expect(kept['Unknown']).toBeUndefined()
  })

  test('writing: a restricted administrator cannot change restrictable settings', () => {
    const restricted = configWith({ 'ExperimentalSettings.RestrictSystemAdmin': true })
    const next = structuredClone(restricted)
    setAt(next, ['ServiceSettings', 'SiteURL'], 'https://evil.example')
    expect(
      getAt(
        keepUnwritable(restricted, next, () => true),
        ['ServiceSettings', 'SiteURL'],
      ),
    ).toBe('')
    expect(
      getAt(
        keepUnwritable(config, next, () => true),
        ['ServiceSettings', 'SiteURL'],
      ),
    ).toBe('https://evil.example')
  })
})
