import { settings } from '../../../server/src/config/declare.ts'
import { toText, type RubyValue } from '../ruby/values.ts'

/** A setting of GitLab before 11.0 that is no longer one. */
export interface RemovedKey {
  /** GitLab release that dropped it. */
  since: string
  /** The variable that sets the same thing today; undefined: nothing does. */
  variable?: string
  /** What more there is to know. */
  note?: string
}

const sections: Record<string, string> = {
  service: 'SERVICESETTINGS',
  team: 'TEAMSETTINGS',
  sql: 'SQLSETTINGS',
  log: 'LOGSETTINGS',
  file: 'FILESETTINGS',
  email: 'EMAILSETTINGS',
  ratelimit: 'RATELIMITSETTINGS',
  support: 'SUPPORTSETTINGS',
  privacy: 'PRIVACYSETTINGS',
  localization: 'LOCALIZATIONSETTINGS',
  native_app: 'NATIVEAPPSETTINGS',
  job: 'JOBSETTINGS',
  plugin: 'PLUGINSETTINGS',
}

/** Keys whose setting is not called as the key without underscores. */
const otherwiseCalled: Record<string, string> = {
  log_console_enable: 'LOGSETTINGS_ENABLECONSOLE',
  service_lets_encrypt_cert_cache_file: 'SERVICESETTINGS_LETSENCRYPTCERTIFICATECACHEFILE',
  service_user_access_tokens: 'SERVICESETTINGS_ENABLEUSERACCESSTOKENS',
  service_allow_cookies_from_subdomains: 'SERVICESETTINGS_ALLOWCOOKIESFORSUBDOMAINS',
  email_smtp_auth: 'EMAILSETTINGS_ENABLESMTPAUTH',
  email_enable_batching: 'EMAILSETTINGS_ENABLEEMAILBATCHING',
  email_batching_buffer_size: 'EMAILSETTINGS_EMAILBATCHINGBUFFERSIZE',
  email_batching_interval: 'EMAILSETTINGS_EMAILBATCHINGINTERVAL',
  email_notification_content_type: 'EMAILSETTINGS_EMAILNOTIFICATIONCONTENTSTYPE',
  ratelimit_enable_rate_limiter: 'RATELIMITSETTINGS_ENABLE',
  service_image_proxy_type: 'IMAGEPROXYSETTINGS_IMAGEPROXYTYPE',
  service_image_proxy_url: 'IMAGEPROXYSETTINGS_REMOTEIMAGEPROXYURL',
  service_image_proxy_options: 'IMAGEPROXYSETTINGS_REMOTEIMAGEPROXYOPTIONS',
  support_email: 'SUPPORTSETTINGS_SUPPORTEMAIL',
  localization_server_locale: 'LOCALIZATIONSETTINGS_DEFAULTSERVERLOCALE',
  localization_client_locale: 'LOCALIZATIONSETTINGS_DEFAULTCLIENTLOCALE',
}

/** Gone before 10.8 already. */
const goneEarly = new RegExp(
  `^(service_segment_developer_key|service_enable_only_admin_integrations|team_default_color|team_enable_team_creation
  |team_enable_team_listing|team_restrict_team_names|file_(thumbnail|preview|profile)_(width|height)
  |file_amazon_s3_(bucket_endpoint|location_constraint|lowercase_bucket)|email_apple_push_\\w+)$`.replace(/\s+/g, ''),
)

/** Gone with what they were about. */
const goneForGood = new RegExp(
  `^(webrtc_\\w+|aws|team_allow_public_link|team_allow_valet_default|team_restrict_\\w+|service_restrict_\\w+
  |service_allow_edit_post|service_close_unused_direct_messages|service_enable_(preview_features|webrtc)
  |service_experimental_\\w+|log_file_format)$`.replace(/\s+/g, ''),
)

const notes: Record<string, string> = {
  service_enable_user_statuses: "GitLab wrote service_enable_post_search's value there by mistake.",
  team_allow_public_link: 'It never had an effect.',
  team_allow_valet_default: 'It never had an effect.',
  aws: 'It never had an effect; the S3 settings are MM_FILESETTINGS_AMAZONS3….',
}

/** Variables whose value must not be shown. */
export const secretVariables: ReadonlySet<string> = new Set(
  settings.filter(({ secret }) => secret).map(({ env }) => env),
)

const variables = new Set(settings.map(({ env }) => env))

/** What became of a key of `mattermost[…]` that is not one today; undefined when it never was one. */
export function removedKey(key: string): RemovedKey | undefined {
  const since = goneEarly.test(key) ? '10.8' : '11.0'
  const note = notes[key] === undefined ? {} : { note: notes[key] }
  const prefix = Object.keys(sections).find((one) => key.startsWith(`${one}_`))
  const byRule =
    prefix &&
    `${sections[prefix]}_${key
      .slice(prefix.length + 1)
      .replaceAll('_', '')
      .toUpperCase()}`
  const variable = `MM_${otherwiseCalled[key] ?? byRule}`
  if (variables.has(variable) && since === '11.0') return { since, variable, ...note }
  return goneEarly.test(key) || goneForGood.test(key) ? { since, ...note } : undefined
}

/** The line that replaces `mattermost['key'] = value`. A list becomes texts separated by spaces, as the server reads it. */
export function replacementLine(variable: string, value: RubyValue): string {
  const texts = (Array.isArray(value) ? value : [value]).map((item) => toText(item) ?? '')
  return `mattermost['env']['${variable}'] = ${rubyText(texts.join(' '))}`
}

/** `text` as a Ruby literal. */
export function rubyText(text: string): string {
  if (!/[\n\r\t\0]/.test(text)) return `'${text.replace(/[\\']/g, '\\$&')}'`
  const escapes: Record<string, string> = { '\n': '\\n', '\r': '\\r', '\t': '\\t', '\0': '\\0' }
  return `"${text.replace(/[\\"#]/g, '\\$&').replace(/[\n\r\t\0]/g, (one) => escapes[one]!)}"`
}
