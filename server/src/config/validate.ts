import { existsSync } from 'node:fs'
import type { ConfigProblem } from './config-error.ts'
import type { Config } from './config-types.ts'
import { getAt, plainText, settingByPath, settings, type DeclaredSetting, type Json } from './declare.ts'
import { configRules } from './validate-rules.ts'

/** One rule of validation; `id` without `model.config.is_valid.` and `.app_error`. */
export type ConfigRule = {
  setting: string
  id: string
  /** What is accepted, in words. A rule without `accepts` and `ok` checks the declared `enum` or `valid`. */
  accepts?: string
  /** Whether the rule is kept. */
  ok?: (config: Config, exists: (path: string) => boolean) => boolean
  params?: Record<string, number>
}

/** Values of these enums are matched loosely: older files hold more spellings, and a wrong one does no harm. */
const LOOSE = new Set([
  'LogSettings.ConsoleLevel',
  'LogSettings.FileLevel',
  'ThemeSettings.DefaultTheme',
  'EmailSettings.PushNotificationContents',
])

/** The full error id of a rule. */
export const ruleErrorId = (id: string): string =>
  id.startsWith('ent.') ? id : `model.config.is_valid.${id}${id.startsWith('log.') ? '' : '.app_error'}`

/**
 * Every mistake of `config`, in Mattermost's order of checking, so that the first one is the one that its API
 * answers with. Looks at the disk (through `exists`) for certificate files and the folder of the local socket.
 */
export function validateConfig(config: Config, exists: (path: string) => boolean = existsSync): ConfigProblem[] {
  const problems: ConfigProblem[] = []
  const ruled = new Set<string>()
  for (const rule of configRules) {
    const setting = settingByPath.get(rule.setting)!
    if (!rule.ok) ruled.add(rule.setting)
    const value = getAt(config, setting.keys)
    const ok = rule.ok ? rule.ok(config, exists) : isDeclaredValid(setting, value)
    if (!ok) problems.push(problemOf(setting, rule, value))
  }
  for (const setting of settings) {
    if ((!setting.enum && !setting.valid) || ruled.has(setting.path) || LOOSE.has(setting.path)) continue
    const value = getAt(config, setting.keys)
    if (isDeclaredValid(setting, value)) continue
    // A rule of its own (a storage driver, a retention period …) has reported it already.
    if (problems.some((problem) => problem.setting === setting.path)) continue
    problems.push(problemOf(setting, { setting: setting.path, id: 'accepted_values' }, value))
  }
  return problems
}

function problemOf(setting: DeclaredSetting, rule: ConfigRule, value: Json | undefined): ConfigProblem {
  const shown = setting.secret
    ? `hidden (${plainText(value).length} characters)`
    : shorten(JSON.stringify(value ?? null))
  const accepted = rule.accepts ?? acceptedWords(setting)
  return {
    setting: setting.path,
    id: ruleErrorId(rule.id),
    message: `${setting.path} is ${shown}; accepted: ${accepted}.`,
    params: { Setting: setting.path, Value: shown, Accepted: accepted, ...rule.params },
  }
}

const shorten = (text: string): string => (text.length > 80 ? `${text.slice(0, 77)}…` : text)

/** What settings.json accepts for `setting`, in words; empty when it says nothing. */
export function acceptedWords(setting: DeclaredSetting): string {
  if (setting.enum) return setting.enum.map((value) => JSON.stringify(value)).join(', ')
  const valid = setting.valid ?? ''
  const above = /^>(=?)(-?\d+)$/.exec(valid)
  if (above) return above[1] ? `a whole number of at least ${above[2]}` : `a whole number above ${above[2]}`
  const range = /^(\d+)\.\.(\d+)$/.exec(valid)
  if (range) return `a whole number from ${range[1]} to ${range[2]}`
  if (valid === '-1 or >0') return '-1 or a whole number above 0'
  if (valid === 'empty or length>=32') return 'nothing, or at least 32 characters'
  const length = /^max length (\d+)$/.exec(valid)
  return length ? `at most ${length[1]} characters` : valid
}

/** Whether `value` keeps the `enum` or `valid` of its declaration. */
function isDeclaredValid(setting: DeclaredSetting, value: Json | undefined): boolean {
  if (setting.enum) return setting.enum.includes(value as string)
  const valid = setting.valid ?? ''
  const above = /^>(=?)(-?\d+)$/.exec(valid)
  if (above) return above[1] ? Number(value) >= Number(above[2]) : Number(value) > Number(above[2])
  const range = /^(\d+)\.\.(\d+)$/.exec(valid)
  if (range) return Number(value) >= Number(range[1]) && Number(value) <= Number(range[2])
  if (valid === '-1 or >0') return value === -1 || Number(value) > 0
  if (valid === 'empty or length>=32') return value === '' || plainText(value).length >= 32
  const length = /^max length (\d+)$/.exec(valid)
  return !length || [...plainText(value)].length <= Number(length[1])
}
