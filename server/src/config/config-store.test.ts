import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { renderConfigTypes } from '../../scripts/generate-config-types.ts'
import type { ConfigError } from './config-error.ts'
import { ConfigStore, type ConfigPatch } from './config-store.ts'
import type { Config } from './config-types.ts'
import { isObject, settings, type JsonObject } from './declare.ts'
import type { Environment } from './environment.ts'

let folder: string
let file: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'outpost-config-'))
  file = join(folder, 'config.json')
})
afterEach(() => rm(folder, { recursive: true }))

async function open(content: object | undefined, env: Environment = {}): Promise<ConfigStore> {
  if (content) await writeFile(file, JSON.stringify(content))
  return ConfigStore.open({ file, env })
}
const onDisk = async (): Promise<Config & JsonObject> => JSON.parse(await readFile(file, 'utf8'))

describe('declaration', () => {
  test('the generated types are current', async () => {
    for (const [name, text] of Object.entries(renderConfigTypes())) {
      expect(
        await readFile(new URL(name, import.meta.url), 'utf8'),
        'run server/scripts/generate-config-types.ts',
      ).toBe(text)
    }
  })

  test('641 settings, each once in any case, each with its own variable', () => {
    expect(settings.length).toBe(641)
    expect(new Set(settings.map((s) => s.path.toLowerCase())).size).toBe(641)
    expect(settings.filter((s) => s.env !== 'MM_' + s.keys.join('_').toUpperCase())).toEqual([])
  })

  test('no default points at the vendor except where the setting names one of its services', () => {
    const links = settings.filter((s) => /https?:.*mattermost\.com/.test(JSON.stringify(s.default)))
    expect(links.map((s) => s.path)).toEqual([
      'EmailSettings.PushNotificationServer',
      'PluginSettings.MarketplaceURL',
      'CloudSettings.CWSURL',
      'CloudSettings.CWSAPIURL',
    ])
  })
})

describe('opening', () => {
  test('a missing file is made with every default and stays the same when opened again', async () => {
    const store = await open(undefined)
    const config = store.get()
    expect(config.TeamSettings).toMatchObject({ SiteName: 'Outpost', MaxUsersPerTeam: 10000, EnableOpenServer: false })
    expect(config.ServiceSettings).toMatchObject({ ListenAddress: ':8065', SessionLengthWebInHours: 4320 })
    expect(config.SqlSettings.DataSource).toBe('')
    expect(config.FileSettings.PublicLinkSalt).toMatch(/^.{32}$/)
    expect((await stat(file)).mode & 0o777).toBe(0o600)
    const { mtimeNs } = await stat(file, { bigint: true })
    const again = await ConfigStore.open({ file, env: {} })
    expect(again.get()).toEqual(config)
    expect((await stat(file, { bigint: true })).mtimeNs).toBe(mtimeNs)
    expect(Object.keys(await onDisk())).not.toContain('FeatureFlags')
  })

  test('is frozen all the way down', async () => {
    const config = (await open(undefined)).get()
    const loose = (value: unknown): boolean =>
      (isObject(value) || Array.isArray(value)) && (!Object.isFrozen(value) || Object.values(value).some(loose))
    expect(loose(structuredClone(config))).toBe(true)
    expect(loose(config)).toBe(false)
  })

  test('an existing file keeps unknown keys and gets the defaults of existing installations', async () => {
    const store = await open({
      servicesettings: { SITEURL: 'https://a.example/', CloseUnusedDirectMessages: true },
      Bleve: { x: 1 },
    })
    expect(store.get().ServiceSettings).toMatchObject({ SiteURL: 'https://a.example', EnableSVGs: true })
    const text = await onDisk()
    expect(text).toMatchObject({
      ServiceSettings: { SiteURL: 'https://a.example', CloseUnusedDirectMessages: true },
      Bleve: { x: 1 },
    })
    expect(text).not.toHaveProperty('servicesettings')
    await store.patch({ TeamSettings: { SiteName: 'B' } })
    expect(await onDisk()).toMatchObject({ ServiceSettings: { CloseUnusedDirectMessages: true }, Bleve: { x: 1 } })
  })

  test('custom defaults fill what the file lacks, once', async () => {
    const defaults = join(folder, 'defaults.json')
    await writeFile(defaults, '{"TeamSettings":{"SiteName":"D","MaxUsersPerTeam":7}}')
    const store = await open({ TeamSettings: { SiteName: 'F' } }, { MM_CUSTOM_DEFAULTS_PATH: defaults })
    expect(store.get().TeamSettings).toMatchObject({ SiteName: 'F', MaxUsersPerTeam: 7 })
    await writeFile(file, '{}')
    await store.reload()
    expect(store.get().TeamSettings).toMatchObject({ SiteName: 'Outpost', MaxUsersPerTeam: 10000 })
  })

  test('says what is wrong, why and what to do', async () => {
    const inFile = join(file, 'below.json')
    await writeFile(file, '')
    await expect(ConfigStore.open({ file: inFile, env: {} })).rejects.toThrow(/cannot be .* because .* not a folder/)
    await expect(ConfigStore.open({ file: join(folder, 'no/config.json'), env: {} })).rejects.toThrow(
      /cannot be written because the folder does not exist\. Give/,
    )
    await expect(ConfigStore.open({ file: folder, env: {} })).rejects.toMatchObject({ kind: 'unreadable' })
    await expect(ConfigStore.open({ file: 'postgres://x/y', env: {} })).rejects.toThrow(/from a database/)
    await expect(open({ TeamSettings: { MaxUsersPerTeam: 0 } })).rejects.toMatchObject({ kind: 'invalid' })
    await expect(open({}, { MM_CUSTOM_DEFAULTS_PATH: join(folder, 'none') })).rejects.toThrow(/MM_CUSTOM_DEFAULTS_PATH/)
  })
})

describe('environment', () => {
  test('overrides are effective, reported and never written', async () => {
    const env = {
      MM_SERVICESETTINGS_SITEURL: 'https://env.example',
      MM_MESSAGEEXPORTSETTINGS_GLOBALRELAYSETTINGS_SMTPUSERNAME: 'u',
    }
    const store = await open({ ServiceSettings: { SiteURL: 'https://file.example' } }, env)
    expect(store.get().ServiceSettings.SiteURL).toBe('https://env.example')
    expect(store.get().MessageExportSettings.GlobalRelaySettings.SMTPUsername).toBe('u')
    expect(store.environmentOverrides()).toEqual({ ServiceSettings: { SiteURL: true } })
    await store.save({
      ...store.get(),
      ServiceSettings: { ...store.get().ServiceSettings, SiteURL: 'https://sent.example', ReadTimeout: 9 },
    })
    expect((await onDisk()).ServiceSettings).toMatchObject({ SiteURL: 'https://file.example', ReadTimeout: 9 })
    expect((await onDisk()).MessageExportSettings.GlobalRelaySettings.SMTPUsername).toBe('')
    expect(store.get().ServiceSettings.SiteURL).toBe('https://env.example')
  })

  test('an override that is not valid stops the start', async () => {
    await expect(open({}, { MM_SERVICESETTINGS_READTIMEOUT: '0' })).rejects.toThrow(/ServiceSettings.ReadTimeout is 0/)
  })

  test('feature flags come from variables and are never written', async () => {
    const store = await open({ FeatureFlags: { BurnOnRead: true } }, { MM_FEATUREFLAGS_BURNONREAD: 'false' })
    expect(store.get().FeatureFlags.BurnOnRead).toBe(false)
    await store.patch({ TeamSettings: { SiteName: 'X' }, FeatureFlags: { CJKSearch: true } })
    expect(store.get().FeatureFlags.CJKSearch).toBe(false)
    expect(await onDisk()).not.toHaveProperty('FeatureFlags')
  })
})

describe('saving', () => {
  test('patch merges keys, replaces lists, merges maps and ignores an empty Plugins', async () => {
    const store = await open({
      PluginSettings: { Plugins: { a: { x: 1 } }, SignaturePublicKeyFiles: ['a', 'b'] },
    })
    await store.patch({
      PluginSettings: { Plugins: {}, PluginStates: { mine: { Enable: true } }, SignaturePublicKeyFiles: ['c'] },
    })
    const plugins = store.get().PluginSettings
    expect(plugins.Plugins).toEqual({ a: { x: 1 } })
    expect(plugins.PluginStates).toMatchObject({ mine: { Enable: true }, playbooks: { Enable: true } })
    expect(plugins.SignaturePublicKeyFiles).toEqual(['c'])
  })

  test('a full save makes missing settings default but keeps secrets, salts and plugin settings', async () => {
    const store = await open({
      TeamSettings: { SiteName: 'S' },
      EmailSettings: { SMTPPassword: 'p' },
      PluginSettings: { Plugins: { a: { key: 'v' } } },
    })
    const salt = store.get().FileSettings.PublicLinkSalt
    await store.save({ ServiceSettings: { SiteURL: '' }, FileSettings: { PublicLinkSalt: '' } })
    expect(store.get().TeamSettings.SiteName).toBe('Outpost')
    expect(store.get().EmailSettings.SMTPPassword).toBe('p')
    expect(store.get().FileSettings.PublicLinkSalt).toBe(salt)
    expect(store.get().PluginSettings.Plugins).toEqual({ a: { key: 'v' } })
  })

  test('listeners get old and new, once per change, and one failure does not stop the others', async () => {
    const errors: unknown[] = []
    const store = await ConfigStore.open({ file, env: {}, onListenerError: (error) => errors.push(error) })
    const seen: [string, string][] = []
    store.onChange(() => {
      throw new Error('bad listener')
    })
    const stop = store.onChange((old, next) => seen.push([old.TeamSettings.SiteName, next.TeamSettings.SiteName]))
    await store.patch({ TeamSettings: { SiteName: 'A' } })
    await store.patch({ TeamSettings: { SiteName: 'A' } })
    stop()
    await store.patch({ TeamSettings: { SiteName: 'B' } })
    expect(seen).toEqual([['Outpost', 'A']])
    expect(errors.length).toBe(2)
  })

  test('saves run one after the other and lose nothing', async () => {
    const store = await open(undefined)
    const patches: ConfigPatch[] = [
      { TeamSettings: { SiteName: 'A' } },
      { ServiceSettings: { ReadTimeout: 5 } },
      { ServiceSettings: { WriteTimeout: 6 } },
    ]
    await Promise.all(patches.map((patch) => store.patch(patch)))
    const disk = await onDisk()
    expect([disk.TeamSettings.SiteName, disk.ServiceSettings.ReadTimeout, disk.ServiceSettings.WriteTimeout]).toEqual([
      'A',
      5,
      6,
    ])
  })

  test('wrong types, wrong values and no object at all are refused and change nothing', async () => {
    const store = await open(undefined)
    const before = await readFile(file, 'utf8')
    const bad: unknown[] = [
      null,
      [],
      'x',
      { TeamSettings: 5 },
      { TeamSettings: { SiteName: {} } },
      { SqlSettings: { MaxOpenConns: 0 } },
    ]
    for (const body of bad) {
      await expect(store.patch(body as ConfigPatch), JSON.stringify(body)).rejects.toMatchObject({ kind: 'invalid' })
    }
    const error = await store
      .patch({ TeamSettings: { SiteName: 7, MaxUsersPerTeam: 'x' } } as never)
      .catch((e: ConfigError) => e)
    expect((error as ConfigError).problems.length).toBe(2)
    expect(await readFile(file, 'utf8')).toBe(before)
  })

  test('a read-only cluster configuration is not written', async () => {
    const store = await open({ ClusterSettings: { Enable: true, ReadOnlyConfig: true } })
    await expect(store.patch({ TeamSettings: { SiteName: 'A' } })).rejects.toMatchObject({ kind: 'read_only' })
  })

  test('a damaged file on reload keeps the configuration in use', async () => {
    const store = await open({ TeamSettings: { SiteName: 'A' } })
    await writeFile(file, '{"TeamSettings":')
    await expect(store.reload()).rejects.toMatchObject({ kind: 'damaged' })
    expect(store.get().TeamSettings.SiteName).toBe('A')
    await writeFile(file, '{"TeamSettings":{"SiteName":"B"}}')
    expect((await store.reload()).TeamSettings.SiteName).toBe('B')
  })
})
