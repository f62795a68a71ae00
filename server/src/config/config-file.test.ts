import { mkdtemp, mkdir, readdir, readFile, rename, rm, stat, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { formatConfig, parseConfigText, writeConfigText } from './config-file.ts'
import { ConfigError } from './config-error.ts'
import { ConfigStore } from './config-store.ts'

let folder: string
let file: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'outpost-config-'))
  file = join(folder, 'config.json')
})
afterEach(() => rm(folder, { recursive: true }))

const parse = (text: string) => parseConfigText(text, 'config.json')

describe('reading', () => {
  test('keys match in any case and the later spelling wins', () => {
    const { values } = parse(
      '{"emailsettings":{"SmtpUsername":"a","SMTPUsername":"b"},"EmailSettings":{"smtpusername":"c"}}',
    )
    expect(values).toEqual({ EmailSettings: { SMTPUsername: 'c' } })
  })

  test('repeated keys keep their order of appearance', () => {
    const { values } = parse('{"TeamSettings":{"SiteName":"1","sitename":"2","SiteName":"3"}}')
    expect(values).toEqual({ TeamSettings: { SiteName: '3' } })
  })

  test('null is absent, even after a value', () => {
    expect(parse('{"TeamSettings":{"SiteName":"a","SITENAME":null},"SqlSettings":null}').values).toEqual({
      TeamSettings: {},
    })
  })

  test('a byte order mark is not part of the text', () => {
    expect(parse('\uFEFF{"TeamSettings":{"SiteName":"a"}}').values).toEqual({ TeamSettings: { SiteName: 'a' } })
  })

  test('feature flags in the file do not count', () => {
    expect(parse('{"FeatureFlags":{"BurnOnRead":false}}')).toEqual({ values: {}, unknown: {} })
  })

  test.each([
    ['{\n  "TeamSettings": {\n    "SiteName" "x"\n  }\n}', 'line 3, character 16'],
    ['{"a":1,}', 'line 1, character 8'],
    ['{"a":1', 'line 1, character 7'],
    ['{} x', 'line 1, character 4'],
    ['{"a":01}', 'line 1, character 7'],
    ["{'a':1}", 'line 1, character 2'],
    ['['.repeat(5000), 'nested too deep'],
  ])('damaged text %j names the place', (text, place) => {
    expect(() => parse(text)).toThrow(ConfigError)
    expect(() => parse(text)).toThrow(place)
  })

  test('every value of a wrong type is named with its place', () => {
    const text = `{
  "TeamSettings": { "SiteName": {}, "MaxUsersPerTeam": "5" },
  "SqlSettings": [],
  "PluginSettings": { "PluginStates": { "x": true } },
  "ThemeSettings": { "AllowedThemes": [1] },
  "ServiceSettings": { "ReadTimeout": 1.5, "EnableTesting": "true" }
}`
    const error = catchError(() => parse(text)) as ConfigError
    expect(error.kind).toBe('damaged')
    expect(error.problems.map((p) => [p.setting, p.message.split(':')[0]])).toEqual([
      ['TeamSettings.SiteName', 'line 2, character 33'],
      ['TeamSettings.MaxUsersPerTeam', 'line 2, character 56'],
      ['SqlSettings', 'line 3, character 18'],
      ['PluginSettings.PluginStates', 'line 4, character 39'],
      ['ThemeSettings.AllowedThemes', 'line 5, character 39'],
      ['ServiceSettings.ReadTimeout', 'line 6, character 39'],
      ['ServiceSettings.EnableTesting', 'line 6, character 61'],
    ])
  })
})

describe('writing', () => {
  test('declared order, unknown keys after, 4 spaces, no newline at the end', () => {
    const { values, unknown } = parse(
      '{"Mine":{"A":[1]},"teamSettings":{"Old":{"x":null},"sitename":"S"},"ServiceSettings":{"SiteURL":"u"}}',
    )
    const text = formatConfig(values, unknown)
    expect(text).toBe(
      JSON.stringify(
        {
          ServiceSettings: { SiteURL: 'u' },
          TeamSettings: { SiteName: 'S', Old: { x: null } },
          Mine: { A: [1] },
        },
        null,
        4,
      ),
    )
  })

  test('a key named __proto__ is data and nothing else', () => {
    const { values, unknown } = parse('{"__proto__":{"polluted":1},"TeamSettings":{"__proto__":{"SiteName":"x"}}}')
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined()
    expect(values).toEqual({})
    expect(formatConfig(values, unknown)).toContain('__proto__')
  })

  test('mode 0600, a link stays a link', async () => {
    const real = join(folder, 'real.json')
    await writeFile(real, 'old', { mode: 0o644 })
    await symlink(real, file)
    await writeConfigText(file, 'new')
    expect(await readFile(real, 'utf8')).toBe('new')
    expect((await stat(real)).mode & 0o777).toBe(0o600)
    expect((await readdir(folder)).sort()).toEqual(['config.json', 'real.json'])
  })

  test('a failed write leaves the old file and no litter', async () => {
    await mkdir(file)
    await writeFile(join(file, 'keep'), '')
    await expect(writeConfigText(file, 'new')).rejects.toMatchObject({ kind: 'unwritable' })
    expect(await readdir(folder)).toEqual(['config.json'])
    expect(await readdir(file)).toEqual(['keep'])
  })

  test('a save that fails changes nothing', async () => {
    const store = await ConfigStore.open({ file, env: {} })
    await rename(file, join(folder, 'away.json'))
    await mkdir(file)
    const before = store.get()
    await expect(store.patch({ TeamSettings: { SiteName: 'New' } })).rejects.toMatchObject({ kind: 'unwritable' })
    expect(store.get()).toBe(before)
    expect((await readdir(folder)).sort()).toEqual(['away.json', 'config.json'])
  })
})

function catchError(work: () => unknown): unknown {
  try {
    work()
  } catch (error) {
    return error
  }
  throw new Error('nothing was thrown')
}
