import { getAt, setAt, settingByPath, settings, type DeclaredSetting, type Json, type JsonDraft } from './declare.ts'
import type { JsonObject } from './declare.ts'
import { wrongType } from './read-document.ts'

/** Environment variables as in `process.env`. */
export type Environment = Readonly<Record<string, string | undefined>>

const settingByEnv = new Map(settings.map((setting) => [setting.env, setting]))
const TRUE = new Set(['1', 't', 'T', 'TRUE', 'true', 'True'])
const FALSE = new Set(['0', 'f', 'F', 'FALSE', 'false', 'False'])

/**
 * The values that the environment sets, by path. A variable's own case does not matter; one that names no setting,
 * or whose text does not fit the setting's type, is ignored.
 */
export function readEnvironment(env: Environment): ReadonlyMap<string, Json> {
  const overrides = new Map<string, Json>()
  for (const [name, text] of Object.entries(env)) {
    const setting = settingByEnv.get(name.toUpperCase())
    if (!setting || text === undefined) continue
    const value = parseVariable(setting, text)
    if (value !== undefined) overrides.set(setting.path, value)
  }
  return overrides
}

function parseVariable(setting: DeclaredSetting, text: string): Json | undefined {
  switch (setting.type) {
    case 'string':
      return text
    case 'bool':
      return TRUE.has(text) ? true : FALSE.has(text) ? false : undefined
    case 'int':
      return /^[+-]?\d+$/.test(text) && Number.isSafeInteger(Number(text)) ? Number(text) : undefined
    case 'string[]':
      return text.split(' ')
    case 'object':
      return parseMap(setting, text)
    case 'object[]':
      return undefined
  }
}

function parseMap(setting: DeclaredSetting, text: string): Json | undefined {
  try {
    const value = JSON.parse(text) as Json
    return value === null || wrongType(setting, value) ? undefined : value
  } catch {
    return undefined
  }
}

/** Puts the overrides into `config`. */
export function applyOverrides(config: JsonDraft, overrides: ReadonlyMap<string, Json>): void {
  for (const [path, value] of overrides) setAt(config, settingByPath.get(path)!.keys, structuredClone(value) as Json)
}

/** Takes every overridden setting back to its value in `stored`, so that an override is never written to the file. */
export function revertOverrides(config: JsonDraft, overrides: ReadonlyMap<string, Json>, stored: JsonObject): void {
  for (const path of overrides.keys()) {
    const { keys } = settingByPath.get(path)!
    setAt(config, keys, getAt(stored, keys))
  }
}

/**
 * Section → setting → true, as GET /config/environment answers. Mattermost does not report settings of nested
 * sections, and its console does not expect them.
 */
export function overrideReport(overrides: ReadonlyMap<string, Json>): Record<string, Record<string, true>> {
  const report: Record<string, Record<string, true>> = {}
  for (const { path, keys } of settings) {
    if (keys.length === 2 && overrides.has(path)) (report[keys[0]] ??= {})[keys[1]!] = true
  }
  return report
}
