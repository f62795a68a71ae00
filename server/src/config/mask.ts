import { ConfigError } from './config-error.ts'
import type { Config } from './config-types.ts'
import { getAt, isObject, setAt, setOwn, settings, type Json, type JsonDraft, type JsonObject } from './declare.ts'

/** Stands for a secret in every answer; sent back, it means "keep what is stored". Mattermost's console knows it. */
export const MASK = '*'.repeat(32)

/** Masked even when empty, so that an answer does not tell whether they are set. */
const ALWAYS = new Set([
  'FileSettings.PublicLinkSalt',
  'SqlSettings.DataSource',
  'SqlSettings.AtRestEncryptKey',
  'ElasticsearchSettings.Password',
  'ServiceSettings.SplitKey',
  'CacheSettings.RedisPassword',
])

/** Keys of the settings that a plugin's manifest marks as secret; undefined for a plugin without known manifest. */
export type PluginSecrets = (pluginId: string) => readonly string[] | undefined

const noManifest: PluginSecrets = () => undefined

/**
 * A copy of `config` that may leave the server. Settings of plugins without a known manifest are left out, because
 * nothing says which of them are secret.
 */
export function maskConfig(config: Config, pluginSecrets: PluginSecrets = noManifest): Config {
  const copy = structuredClone(config) as unknown as JsonDraft
  for (const { path, keys, secret } of settings) {
    const value = getAt(copy, keys)
    if (secret && value !== undefined) setAt(copy, keys, maskValue(value, ALWAYS.has(path)))
  }
  const plugins: JsonDraft = {}
  for (const [id, values] of Object.entries(config.PluginSettings.Plugins)) {
    const secrets = pluginSecrets(id)?.map((key) => key.toLowerCase())
    if (!secrets) continue
    const shown = {}
    for (const [key, value] of Object.entries(values)) {
      setOwn(shown, key, secrets.includes(key.toLowerCase()) ? maskValue(value, false) : value)
    }
    setOwn(plugins, id, shown)
  }
  setAt(copy, ['PluginSettings', 'Plugins'], plugins)
  return copy as unknown as Config
}

function maskValue(value: Json, always: boolean): Json {
  if (Array.isArray(value)) return value.map((item: Json) => maskItem(item))
  return value === '' && !always ? '' : MASK
}

function maskItem(item: Json): Json {
  return isObject(item) ? { ...item, DataSource: MASK } : MASK
}

/**
 * Puts stored secrets back where `next` holds the placeholder, in place. Throws ConfigError `invalid` when a list
 * with placeholders changed its length: nobody could say which entry is meant, and the placeholder must not be stored.
 */
export function restoreMasked(next: JsonDraft, stored: JsonObject): void {
  for (const { path, keys, secret } of settings) {
    if (!secret) continue
    const value = getAt(next, keys)
    const old = getAt(stored, keys)
    if (value === MASK) setAt(next, keys, old ?? '')
    else if (Array.isArray(value) && value.some(isMasked)) setAt(next, keys, restoreList(path, value, old))
  }
  restorePlugins(next, stored)
}

function isMasked(item: Json): boolean {
  return item === MASK || (isObject(item) && item['DataSource'] === MASK)
}

function restoreList(path: string, value: readonly Json[], old: Json | undefined): Json {
  if (!Array.isArray(old) || old.length !== value.length) {
    const message = `${path} has masked entries and another number of entries than before; give every entry in full.`
    const id = 'model.config.is_valid.masked_list.app_error'
    const params = { Setting: path, Value: 'masked', Accepted: 'every entry in full when their number changes' }
    throw new ConfigError('invalid', message, [{ setting: path, id, message, params }])
  }
  return value.map((item, index) => {
    if (!isMasked(item)) return item
    const before = old[index] as Json
    return isObject(item) && isObject(before) ? { ...item, DataSource: before['DataSource'] ?? '' } : before
  })
}

function restorePlugins(next: JsonDraft, stored: JsonObject): void {
  const plugins = getAt(next, ['PluginSettings', 'Plugins'])
  const before = getAt(stored, ['PluginSettings', 'Plugins'])
  if (!isObject(before)) return
  if (!isObject(plugins)) return setAt(next, ['PluginSettings', 'Plugins'], structuredClone(before) as JsonObject)
  for (const [id, values] of Object.entries(plugins)) {
    if (!isObject(values)) continue
    for (const [key, value] of Object.entries(values)) {
      if (value === MASK) setOwn(values, key, getAt(before, [id, key]) ?? '')
    }
  }
  // Masking leaves plugins without a manifest out, so their absence does not mean that they were deleted.
  for (const [id, values] of Object.entries(before)) {
    if (!Object.hasOwn(plugins, id)) setOwn(plugins, id, structuredClone(values))
  }
}

/** A connection string for logs: user and password replaced by `****`, in the URL form and in the keyword form. */
export function maskDataSource(dataSource: string): string {
  if (/^[a-z0-9+.-]+:\/\//i.test(dataSource)) {
    const [address = '', query] = dataSource.replace(/^([^:]+:\/\/)[^/?#]*@/, '$1****:****@').split(/\?(.*)/s)
    const kept = query?.split('&').filter((part) => !/^(user|password)=/i.test(part)) ?? []
    return kept.length > 0 ? `${address}?${kept.join('&')}` : address
  }
  return dataSource.replace(/\b(user|password)(\s*=\s*)('(?:[^'\\]|\\.)*'?|(?:[^\s\\]|\\.)*)/gi, '$1$2****')
}
