import {
  defaultOf,
  getAt,
  isFeatureFlag,
  isObject,
  isRandomDefault,
  settings as declared,
  type DeclaredSetting,
  type Json,
  type JsonObject,
} from '../../../server/src/config/declare.ts'
import type { ConfigDocument } from '../../../server/src/config/read-document.ts'
import { MASK, maskSecrets } from './mask-settings.ts'
import { rubyText } from './removed-keys.ts'

/** What becomes of a config.json that is carried into the settings file. */
export interface ImportPlan {
  /** Lines of Ruby, one per setting. Hold secrets. */
  lines: string[]
  /** The same for people, secrets masked: `Setting: default → value`. */
  carried: string[]
  /** What the settings say already, and win with, although the file says something else. */
  decided: string[]
  /** What no variable can say, and why. */
  impossible: string[]
}

/** The setting of the settings file that makes a variable. */
const madeBy: Record<string, string> = {
  MM_SERVICESETTINGS_SITEURL: 'service_site_url',
  MM_SERVICESETTINGS_LISTENADDRESS: 'service_address',
  MM_SERVICESETTINGS_ALLOWEDUNTRUSTEDINTERNALCONNECTIONS: 'service_allowed_untrusted_internal_connections',
  MM_SERVICESETTINGS_ENABLEAPITEAMDELETION: 'service_enable_api_team_deletion',
  MM_TEAMSETTINGS_SITENAME: 'team_site_name',
  MM_SQLSETTINGS_DATASOURCE: 'sql_data_source',
  MM_SQLSETTINGS_ATRESTENCRYPTKEY: 'sql_at_rest_encrypt_key',
  MM_LOGSETTINGS_FILELOCATION: 'log_file_directory',
  MM_FILESETTINGS_DIRECTORY: 'file_directory',
  MM_PLUGINSETTINGS_DIRECTORY: 'plugin_directory',
  MM_PLUGINSETTINGS_CLIENTDIRECTORY: 'plugin_client_directory',
  MM_GITLABSETTINGS_ENABLE: 'gitlab_enable',
  MM_GITLABSETTINGS_ID: 'gitlab_id',
  MM_GITLABSETTINGS_SECRET: 'gitlab_secret',
  MM_GITLABSETTINGS_SCOPE: 'gitlab_scope',
  MM_GITLABSETTINGS_AUTHENDPOINT: 'gitlab_auth_endpoint',
  MM_GITLABSETTINGS_TOKENENDPOINT: 'gitlab_token_endpoint',
  MM_GITLABSETTINGS_USERAPIENDPOINT: 'gitlab_user_api_endpoint',
}

/** Compares a config.json with the packaged defaults; `env` is the environment that the settings make already. */
export function planImport(document: ConfigDocument, env: Record<string, string>): ImportPlan {
  const plan: ImportPlan = { lines: [], carried: [], decided: [], impossible: [] }
  for (const setting of declared) {
    const value = getAt(document.values, setting.keys)
    if (value === undefined || value === null || isFeatureFlag(setting)) continue
    const text = textOf(setting, value)
    const inForce = env[setting.env]
    if (inForce) {
      if (!sameText(setting, inForce, text)) plan.decided.push(decided(setting, inForce, value))
    } else if (isRandomDefault(setting) ? value !== '' : !isSame(value, defaultOf(setting, false)))
      carry(plan, setting, value, text)
  }
  for (const path of unknownPaths(document.unknown))
    plan.impossible.push(`${path}: not a setting of this version; it stays in config.json`)
  return plan
}

function carry(plan: ImportPlan, setting: DeclaredSetting, value: Json, text: string | undefined): void {
  const obstacle = text === undefined ? 'no variable can hold it' : obstacleOf(setting, value, text)
  if (obstacle !== undefined) {
    plan.impossible.push(`${setting.path}: ${obstacle}; it stays in config.json`)
    return
  }
  plan.lines.push(`mattermost['env']['${setting.env}'] = ${rubyText(text!)}`)
  const before = isRandomDefault(setting) ? 'made up at the first start' : JSON.stringify(defaultOf(setting, false))
  plan.carried.push(`${setting.path}: ${before} → ${shown(setting, value)}`)
}

/** The text that a variable has to hold to give `value`. */
function textOf(setting: DeclaredSetting, value: Json): string | undefined {
  if (setting.type === 'string[]') return Array.isArray(value) ? value.join(' ') : undefined
  if (setting.type === 'object[]') return undefined
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}

function obstacleOf(setting: DeclaredSetting, value: Json, text: string): string | undefined {
  if (text === '') return 'it is empty, and an empty variable counts as not set'
  if (/[\r\n\0]/.test(text)) return 'it has several lines, and a variable has one'
  if (text !== text.trimEnd()) return 'it ends with blanks, which a variable loses'
  if (setting.type === 'string[]' && (value as string[]).some((item) => item === '' || item.includes(' ')))
    return 'an element has a space in it, and spaces separate the elements'
  return undefined
}

/** Trailing slashes of paths and addresses make no difference. */
function sameText(setting: DeclaredSetting, left: string, right: string | undefined): boolean {
  const plain = (text: string | undefined): string | undefined => text?.trim().replace(/\/+$/, '')
  return setting.type === 'bool' ? /^(1|t|true)$/i.test(left) === (right === 'true') : plain(left) === plain(right)
}

function decided(setting: DeclaredSetting, inForce: string, value: Json): string {
  const key = madeBy[setting.env] ?? `env']['${setting.env}`
  return `${setting.path}: config.json has ${shown(setting, value)}, in force is ${shown(setting, inForce)} through mattermost['${key}']`
}

function shown(setting: DeclaredSetting, value: Json): string {
  if (setting.secret) return value === '' ? '""' : MASK
  return JSON.stringify(maskSecrets(value, setting.keys.at(-1)))
}

function unknownPaths(unknown: JsonObject, prefix = ''): string[] {
  return Object.entries(unknown).flatMap(([key, value]) =>
    isObject(value) && Object.keys(value).length > 0 ? unknownPaths(value, `${prefix}${key}.`) : [`${prefix}${key}`],
  )
}

/** Equal as JSON, whatever the order of keys. */
function isSame(left: Json, right: Json): boolean {
  if (isObject(left) && isObject(right)) {
    const keys = Object.keys(left)
    return (
      keys.length === Object.keys(right).length && keys.every((key) => key in right && isSame(left[key]!, right[key]!))
    )
  }
  if (Array.isArray(left) && Array.isArray(right))
    return left.length === right.length && left.every((item: Json, at) => isSame(item, right[at] as Json))
  return left === right
}
