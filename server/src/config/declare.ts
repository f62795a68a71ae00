import { newToken } from '../ids.ts'
import data from './settings.json' with { type: 'json' }

/** Any JSON value. */
export type Json = string | number | boolean | null | readonly Json[] | JsonObject
/** Any JSON object. */
export type JsonObject = { readonly [key: string]: Json }
/** A JSON object under construction. */
export type JsonDraft = { [key: string]: Json }

export type SettingType = 'bool' | 'string' | 'int' | 'string[]' | 'object' | 'object[]'

/** The declaration of one setting, one line of settings.json. */
export type Setting = {
  /** Dotted path in canonical spelling: `ServiceSettings.SiteURL`. */
  path: string
  type: SettingType
  /** Value in a packaged file; null for the few settings that stay absent. */
  default: Json
  /** Value filled in when the file already has ServiceSettings.SiteURL, which is always so while loading. */
  default_existing?: Json
  env: string
  /** System Console tags; see access.ts. */
  access: string[]
  /** A running server does not pick a change up. */
  restart?: boolean
  secret?: boolean
  enum?: string[]
  valid?: string
  /** Mattermost stores a plain value, never null. */
  non_nullable?: boolean
  /** Why Outpost declares it differently. */
  note?: string
}

/** A declaration with its path cut into keys. */
export type DeclaredSetting = Setting & { keys: readonly [string, ...string[]] }

/** Names of one level, lower-cased, because keys are matched without regard to case. */
export type SettingBranch = Map<string, { name: string; to: SettingBranch | DeclaredSetting }>

/** Every setting, in the order in which the file is written. */
export const settings: readonly DeclaredSetting[] = (data as unknown as Setting[]).map((setting) => ({
  ...setting,
  keys: setting.path.split('.') as [string, ...string[]],
}))

/** Settings by canonical path. */
export const settingByPath: ReadonlyMap<string, DeclaredSetting> = new Map(settings.map((s) => [s.path, s]))

/** The sections, in file order. */
export const sectionNames: readonly string[] = [...new Set(settings.map((s) => s.keys[0]))]

/** FeatureFlags come from defaults and the environment alone: never read from the file and never written to it. */
export const isFeatureFlag = (setting: DeclaredSetting): boolean => setting.keys[0] === 'FeatureFlags'

/** The settings as a tree of names, for reading files. */
export const settingTree: SettingBranch = buildTree()

function buildTree(): SettingBranch {
  const root: SettingBranch = new Map()
  for (const setting of settings) {
    let branch = root
    for (const key of setting.keys.slice(0, -1)) {
      const known = branch.get(key.toLowerCase())
      const next = (known?.to as SettingBranch | undefined) ?? new Map()
      if (!known) branch.set(key.toLowerCase(), { name: key, to: next })
      branch = next
    }
    const name = setting.keys.at(-1)!
    branch.set(name.toLowerCase(), { name, to: setting })
  }
  return root
}

/** Whether the default of `setting` is made at random once per installation and must never be lost afterwards. */
export const isRandomDefault = (setting: Setting): boolean => setting.default_existing === '<random 32>'

/** A fresh default of `setting`; `existing` chooses `default_existing` where the two differ. Null means "leave absent". */
export function defaultOf(setting: Setting, existing: boolean): Json {
  if (!existing || setting.default_existing === undefined) return structuredClone(setting.default) as Json
  return isRandomDefault(setting) ? newToken(32) : (structuredClone(setting.default_existing) as Json)
}

/** Whether `value` is a JSON object (not null, not an array). */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Sets an own property. An attacker could name a key `__proto__`; plain assignment would then swap the prototype. */
export function setOwn(target: object, key: string, value: unknown): void {
  Object.defineProperty(target, key, { value, writable: true, enumerable: true, configurable: true })
}

/** The value at `keys`, or undefined. */
export function getAt(root: unknown, keys: readonly string[]): Json | undefined {
  let value = root
  for (const key of keys) {
    if (!isObject(value) || !Object.hasOwn(value, key)) return undefined
    value = value[key]
  }
  return value as Json | undefined
}

/** A value as text: a text as it is, what has parts as JSON. */
export function plainText(value: Json | undefined): string {
  return typeof value === 'object' && value !== null ? JSON.stringify(value) : String(value)
}

/** Puts `value` at `keys`, making the levels in between; undefined removes it. */
export function setAt(root: object, keys: readonly string[], value: Json | undefined): void {
  let target = root as Record<string, unknown>
  for (const key of keys.slice(0, -1)) {
    if (!Object.hasOwn(target, key) || !isObject(target[key])) setOwn(target, key, {})
    target = target[key] as Record<string, unknown>
  }
  const last = keys.at(-1)!
  if (value === undefined) delete target[last]
  else setOwn(target, last, value)
}
