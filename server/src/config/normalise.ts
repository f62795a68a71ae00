import type { Config } from './config-types.ts'
import { defaultOf, getAt, isObject, isRandomDefault, setAt, settings } from './declare.ts'
import type { Json, JsonDraft, JsonObject } from './declare.ts'

/** Sections and settings can be set; lists and maps are replaced whole. */
type Writable<T> = T extends readonly unknown[]
  ? T
  : T extends object
    ? string extends keyof T
      ? T
      : { -readonly [K in keyof T]: Writable<T[K]> }
    : T

/** A configuration under construction. */
export type ConfigDraft = Writable<Config>

/** The locales that Mattermost's clients know. Others would leave people with an interface without texts. */
const LOCALES = new Set('bg de en en-AU es fa fr hu it ja ko nl pl pt-BR ro ru sv tr uk vi zh-CN zh-TW'.split(' '))
const OLD_MARKETPLACE = 'https://marketplace.integrations.mattermost.com'
const SUPPORT_LINKS = [
  'TermsOfServiceLink',
  'PrivacyPolicyLink',
  'AboutLink',
  'HelpLink',
  'ReportAProblemLink',
  'ForgotPasswordLink',
] as const

/** What replaces absent settings: `existing` as in settings.json, `keep` = values that must survive their absence. */
export type FillOptions = { existing: boolean; keep?: JsonObject }

/**
 * Completes `values` in place: derived defaults, declared defaults, then the automatic corrections of old or empty
 * values. Returns the same object with its full type.
 */
export function fillDefaults(values: JsonDraft, options: FillOptions): ConfigDraft {
  deriveDefaults(values)
  for (const setting of settings) {
    const value = getAt(values, setting.keys)
    // Signing with an empty salt could be forged by anyone, and a new key would make stored secrets unreadable.
    const lost = isRandomDefault(setting) && options.existing && value === ''
    if (value !== undefined && !lost) continue
    const kept = setting.secret && options.keep ? getAt(options.keep, setting.keys) : undefined
    const filled = kept === undefined || kept === '' ? defaultOf(setting, options.existing) : kept
    if (filled !== null) setAt(values, setting.keys, structuredClone(filled) as Json)
  }
  const draft = values as unknown as ConfigDraft
  correct(draft)
  return draft
}

/** Defaults that depend on other settings, as Mattermost derives them while it upgrades an old file. */
function deriveDefaults(values: JsonDraft): void {
  const get = (path: string): Json | undefined => getAt(values, path.split('.'))
  const absent = (path: string, value: Json | undefined): void => {
    if (value !== undefined && get(path) === undefined) setAt(values, path.split('.'), value)
  }
  const security = get('EmailSettings.ConnectionSecurity')
  absent('EmailSettings.EnableSMTPAuth', typeof security === 'string' && security !== '' && security !== 'PLAIN')
  absent('EmailSettings.EnableSignInWithEmail', get('EmailSettings.EnableSignUpWithEmail'))
  const directory = get('LdapSettings.Enable') === true || get('SamlSettings.Enable') === true
  absent('TeamSettings.TeammateNameDisplay', directory ? 'full_name' : undefined)
  absent('LdapSettings.LoginIdAttribute', get('LdapSettings.IdAttribute'))
  // Files of 5.x know session lengths in days only.
  for (const kind of ['Web', 'Mobile', 'SSO']) {
    const days = get(`ServiceSettings.SessionLength${kind}InDays`)
    absent(`ServiceSettings.SessionLength${kind}InHours`, typeof days === 'number' ? days * 24 : undefined)
  }
}

function correct(config: ConfigDraft): void {
  const { ServiceSettings: service, EmailSettings: email } = config
  if (service.WebserverMode === 'regular') service.WebserverMode = 'gzip'
  if (service.ExperimentalGroupUnreadChannels === '0') service.ExperimentalGroupUnreadChannels = 'disabled'
  if (service.ExperimentalGroupUnreadChannels === '1') service.ExperimentalGroupUnreadChannels = 'default_on'
  service.UniqueEmojiReactionLimitPerPost = Math.min(service.UniqueEmojiReactionLimitPerPost, 500)
  if (email.ConnectionSecurity === 'PLAIN') email.ConnectionSecurity = ''
  email.SMTPServer ||= 'localhost'
  email.SMTPPort ||= '10025'
  email.SMTPServerTimeout ||= 10
  config.TeamSettings.SiteName ||= 'Outpost'
  config.FileSettings.Directory ||= './data/'
  config.FileSettings.ExportDirectory ||= './data/'
  config.ComplianceSettings.Directory ||= './data/'
  config.PluginSettings.Directory ||= './plugins'
  config.PluginSettings.ClientDirectory ||= './client/plugins'
  config.ImportSettings.Directory ||= './import'
  config.ExportSettings.Directory ||= './export'
  if (config.PluginSettings.MarketplaceURL === OLD_MARKETPLACE) {
    config.PluginSettings.MarketplaceURL = 'https://api.integrations.mattermost.com'
  }
  for (const link of SUPPORT_LINKS) {
    // Clients put these into pages as they are: an attacker with a console role could plant `javascript:`.
    if (!/^(https?:\/\/|\/)/i.test(config.SupportSettings[link])) config.SupportSettings[link] = ''
  }
}

/** Older servers stored this object as a text; the empty forms all mean "unset". A path stays a text. */
function advancedLogging(value: Json): ConfigDraft['LogSettings']['AdvancedLoggingJSON'] {
  if (isObject(value)) return value
  if (typeof value !== 'string' || value.trim() === '') return {}
  try {
    const parsed = JSON.parse(value) as Json
    return isObject(parsed) ? parsed : {}
  } catch {
    return value
  }
}

/** Brings values that mean the same to one form. Applied with and without the environment's overrides. */
export function normalise(config: ConfigDraft): void {
  config.LogSettings.AdvancedLoggingJSON = advancedLogging(config.LogSettings.AdvancedLoggingJSON)
  const audit = config.ExperimentalAuditSettings
  audit.AdvancedLoggingJSON = advancedLogging(audit.AdvancedLoggingJSON)
  config.ServiceSettings.SiteURL = config.ServiceSettings.SiteURL.replace(/\/+$/, '')
  const files = config.FileSettings
  if (files.DriverName === 'local' && files.Directory !== '' && !files.Directory.endsWith('/')) files.Directory += '/'
  const locales = config.LocalizationSettings
  if (!LOCALES.has(locales.DefaultServerLocale)) locales.DefaultServerLocale = 'en'
  if (!LOCALES.has(locales.DefaultClientLocale)) locales.DefaultClientLocale = 'en'
  locales.AvailableLocales = availableLocales(locales.AvailableLocales, locales.DefaultClientLocale)
}

function availableLocales(list: string, client: string): string {
  if (list === '') return ''
  const wanted = list.split(',').map((locale) => locale.trim())
  return wanted.every((locale) => LOCALES.has(locale)) ? [...new Set([...wanted, client])].join(',') : ''
}
