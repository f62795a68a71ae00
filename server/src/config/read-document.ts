import { getAt, isObject, setAt, setOwn, settingTree, type DeclaredSetting, type Json } from './declare.ts'
import type { JsonDraft, SettingBranch } from './declare.ts'
import { valueOf, type JsonNode } from './json-document.ts'

/** A stored configuration: the settings that it has, in canonical spelling, and everything else, kept as it was. */
export type ConfigDocument = { values: JsonDraft; unknown: JsonDraft }

/** A value of the wrong JSON type. `at` is its offset in the text. */
export type TypeProblem = { setting: string; at: number; expected: string }

/**
 * Sorts a parsed document into known settings and the rest. Keys match without regard to case, the later spelling
 * wins, null counts as absent. Every wrong type is reported, none is guessed at.
 */
export function readDocument(node: JsonNode): ConfigDocument & { problems: TypeProblem[] } {
  const result = { values: {}, unknown: {}, problems: [] as TypeProblem[] }
  if (node.kind !== 'object') result.problems.push({ setting: '', at: node.at, expected: 'an object of sections' })
  else readLevel(node, settingTree, [], result)
  return result
}

function readLevel(
  node: JsonNode & { kind: 'object' },
  branch: SettingBranch,
  path: readonly string[],
  result: ConfigDocument & { problems: TypeProblem[] },
): void {
  for (const { key, node: inner } of node.entries) {
    const known = branch.get(key.toLowerCase())
    if (!known) {
      setAt(result.unknown, [...path, key], valueOf(inner))
      continue
    }
    const keys = [...path, known.name]
    if (keys[0] === 'FeatureFlags') continue
    if (known.to instanceof Map) {
      if (inner.kind === 'object') readLevel(inner, known.to, keys, result)
      else if (inner.kind !== 'scalar' || inner.value !== null)
        result.problems.push({ setting: keys.join('.'), at: inner.at, expected: 'an object' })
      continue
    }
    const value = valueOf(inner)
    const expected = value === null ? undefined : wrongType(known.to, value)
    if (expected) result.problems.push({ setting: known.to.path, at: inner.at, expected })
    else if (value !== null) setAt(result.values, keys, value)
    else if (getAt(result.values, keys) !== undefined) setAt(result.values, keys, undefined)
  }
}

/** Undefined when `value` has the type of `setting`, else what is accepted, in words. */
export function wrongType(setting: DeclaredSetting, value: Json): string | undefined {
  if (setting.path.endsWith('.AdvancedLoggingJSON')) {
    const empty = Array.isArray(value) && value.length === 0
    return isObject(value) || typeof value === 'string' || empty ? undefined : 'an object or a text'
  }
  switch (setting.type) {
    case 'bool':
      return typeof value === 'boolean' ? undefined : 'true or false'
    case 'string':
      return typeof value === 'string' ? undefined : 'a text in double quotes'
    case 'int':
      return Number.isSafeInteger(value) ? undefined : 'a whole number'
    case 'string[]':
      return isTexts(value) ? undefined : 'a list of texts'
    case 'object[]':
      return Array.isArray(value) && value.every(isObject) ? undefined : 'a list of objects'
    case 'object':
      return wrongMap(setting.path, value)
  }
}

function wrongMap(path: string, value: Json): string | undefined {
  if (!isObject(value)) return 'an object'
  const entries = Object.values(value)
  if (path === 'PluginSettings.Plugins') {
    return entries.every(isObject) ? undefined : 'an object with one object per plugin'
  }
  if (path === 'PluginSettings.PluginStates') {
    const ok = entries.every((state) => isObject(state) && typeof (state['Enable'] ?? false) === 'boolean')
    return ok ? undefined : 'an object with {"Enable": true} or {"Enable": false} per plugin'
  }
  if (path.endsWith('.EventTargetMapping')) {
    return entries.every(isTexts) ? undefined : 'an object with a list of texts per event'
  }
  return undefined
}

function isTexts(value: Json): boolean {
  return Array.isArray(value) && value.every((item) => typeof item === 'string')
}

/** Adds to `target` what `extra` has and `target` lacks, level by level. */
export function addMissing(target: JsonDraft, extra: JsonDraft): void {
  for (const [key, value] of Object.entries(extra)) {
    if (!Object.hasOwn(target, key)) setOwn(target, key, value)
    else if (isObject(target[key]) && isObject(value)) addMissing(target[key] as JsonDraft, value as JsonDraft)
  }
}
