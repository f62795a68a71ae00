import type { Config } from './config-types.ts'
import {
  getAt,
  sectionNames,
  setAt,
  settings,
  type DeclaredSetting,
  type JsonDraft,
  type JsonObject,
} from './declare.ts'

/** Tags that restrict writing and grant nothing. */
const RESTRICTIONS = new Set(['write_restrictable', 'cloud_restrictable'])
/** Visible to everyone who may read any part of the console. */
const ANY_READER = '*_read'

/** Answers whether the caller holds a tag: `sysconsole_read_<tag>` or `sysconsole_write_<tag>`, or `manage_system`. */
export type HoldsTag = (tag: string) => boolean

function allows(setting: DeclaredSetting, holds: HoldsTag): boolean {
  const tags = setting.access.filter((tag) => !RESTRICTIONS.has(tag) && tag !== ANY_READER)
  return tags.length === 0 ? holds('manage_system') : tags.some(holds)
}

/** Whether the caller may see `setting`. A setting without a tag needs `manage_system`. */
export function canReadSetting(setting: DeclaredSetting, canRead: HoldsTag): boolean {
  return setting.access.includes(ANY_READER) || allows(setting, canRead)
}

/** Whether the caller may change `setting`; `restricted` = ExperimentalSettings.RestrictSystemAdmin. */
export function canWriteSetting(setting: DeclaredSetting, canWrite: HoldsTag, restricted: boolean): boolean {
  if (restricted && setting.access.some((tag) => RESTRICTIONS.has(tag))) return false
  return allows(setting, canWrite)
}

/**
 * A copy with only the settings that the caller may see. Every section stays, if only as `{}`, because clients reach
 * into sections without asking.
 */
export function filterByTags(config: Config, canRead: HoldsTag): JsonObject {
  const out: JsonDraft = Object.fromEntries(sectionNames.map((name) => [name, {}]))
  for (const setting of settings) {
    const value = getAt(config, setting.keys)
    if (value !== undefined && canReadSetting(setting, canRead))
      setAt(out, setting.keys, structuredClone(value) as JsonObject)
  }
  return out
}

/**
 * What the caller's `next` may become: settings that they may not write keep their value of `current`, silently, and
 * unknown keys fall away. `next` may be partial; settings it lacks stay absent when writable.
 */
export function keepUnwritable(current: Config, next: JsonObject, canWrite: HoldsTag): JsonObject {
  const restricted = current.ExperimentalSettings.RestrictSystemAdmin
  const out: JsonDraft = {}
  for (const setting of settings) {
    const source = canWriteSetting(setting, canWrite, restricted) ? next : current
    const value = getAt(source, setting.keys)
    if (value !== undefined) setAt(out, setting.keys, structuredClone(value) as JsonObject)
  }
  return out
}
