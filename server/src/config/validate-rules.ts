import { dirname } from 'node:path'
import type { Config } from './config-types.ts'
import { isObject } from './declare.ts'
import type { ConfigRule } from './validate.ts'
import { areaRules } from './validate-area-rules.ts'
import { emailAddress, httpUrl, absoluteUri, matches, required } from './validate-helpers.ts'
import { TLS_CIPHERS } from './tls-ciphers.ts'

/** Checks the declared `enum` or `valid` of a setting. */
const declared = (setting: string, id: string): ConfigRule => ({ setting, id })

const check = (setting: string, id: string, accepts: string, ok: NonNullable<ConfigRule['ok']>): ConfigRule => ({
  setting,
  id,
  accepts,
  ok,
})

const untrimmed = (value: string): boolean => value !== value.trim()
const S3_CLASSES = new Set(
  ' STANDARD REDUCED_REDUNDANCY STANDARD_IA ONEZONE_IA INTELLIGENT_TIERING GLACIER GLACIER_IR DEEP_ARCHIVE OUTPOSTS SNOW EXPRESS_ONEZONE'.split(
    ' ',
  ),
)

const first: ConfigRule[] = [
  check(
    'ServiceSettings.SiteURL',
    'site_url_email_batching',
    "the server's address while EmailSettings.EnableEmailBatching is on",
    (c) => c.ServiceSettings.SiteURL !== '' || !c.EmailSettings.EnableEmailBatching,
  ),
  check(
    'EmailSettings.EnableEmailBatching',
    'cluster_email_batching',
    'false while ClusterSettings.Enable is on',
    (c) => !c.ClusterSettings.Enable || !c.EmailSettings.EnableEmailBatching,
  ),
  check(
    'MetricsSettings.ClientSideUserIds',
    'metrics_client_side_user_ids',
    'at most 5 user ids',
    (c) => c.MetricsSettings.ClientSideUserIds.length <= 5,
  ),
  check('MetricsSettings.ClientSideUserIds', 'metrics_client_side_user_id', 'user ids of 26 letters and digits', (c) =>
    c.MetricsSettings.ClientSideUserIds.every((id) => /^[A-Za-z0-9]{26}$/.test(id)),
  ),
  declared('CacheSettings.CacheType', 'cache_type'),
  check(
    'CacheSettings.RedisAddress',
    'empty_redis_address',
    'host:port while CacheType is "redis"',
    (c) => c.CacheSettings.CacheType !== 'redis' || c.CacheSettings.RedisAddress !== '',
  ),
  check(
    'CacheSettings.RedisDB',
    'invalid_redis_db',
    'a whole number of at least 0 while CacheType is "redis"',
    (c) => c.CacheSettings.CacheType !== 'redis' || c.CacheSettings.RedisDB >= 0,
  ),
  check(
    'ServiceSettings.SiteURL',
    'allow_cookies_for_subdomains',
    "the server's address while AllowCookiesForSubdomains is on",
    (c) => c.ServiceSettings.SiteURL !== '' || !c.ServiceSettings.AllowCookiesForSubdomains,
  ),
  declared('TeamSettings.MaxUsersPerTeam', 'max_users'),
  declared('TeamSettings.MaxChannelsPerTeam', 'max_channels'),
  declared('TeamSettings.UserStatusAwayTimeout', 'user_status_away_timeout'),
  declared('TeamSettings.MaxNotificationsPerChannel', 'max_notify_per_channel'),
  declared('TeamSettings.RestrictDirectMessage', 'restrict_direct_message'),
  declared('TeamSettings.TeammateNameDisplay', 'teammate_name_display'),
  declared('TeamSettings.SiteName', 'sitename_length'),
  declared('ExperimentalSettings.LinkMetadataTimeoutMilliseconds', 'link_metadata_timeout'),
  declared('SqlSettings.AtRestEncryptKey', 'encrypt_sql'),
  declared('SqlSettings.DriverName', 'sql_driver'),
  declared('SqlSettings.MaxIdleConns', 'sql_idle'),
  declared('SqlSettings.ConnMaxLifetimeMilliseconds', 'sql_conn_max_lifetime_milliseconds'),
  declared('SqlSettings.ConnMaxIdleTimeMilliseconds', 'sql_conn_max_idle_time_milliseconds'),
  declared('SqlSettings.QueryTimeout', 'sql_query_timeout'),
  declared('SqlSettings.MaxOpenConns', 'sql_max_conn'),
]

const files: ConfigRule[] = [
  declared('FileSettings.MaxFileSize', 'max_file_size'),
  declared('FileSettings.DriverName', 'file_driver'),
  declared('FileSettings.PublicLinkSalt', 'file_salt'),
  check('FileSettings.Directory', 'directory', 'the path of a folder', required('FileSettings.Directory')),
  ...(['Directory', 'ExportDirectory', 'AmazonS3PathPrefix', 'ExportAmazonS3PathPrefix'] as const).map((name) =>
    check(
      `FileSettings.${name}`,
      'directory_whitespace',
      'a path without white space at its ends',
      (c) => !untrimmed(c.FileSettings[name]),
    ),
  ),
  declared('FileSettings.MaxImageDecoderConcurrency', 'image_decoder_concurrency'),
  declared('FileSettings.AmazonS3RequestTimeoutMilliseconds', 'amazons3_timeout'),
  ...(['AmazonS3StorageClass', 'ExportAmazonS3StorageClass'] as const).map((name) =>
    check(`FileSettings.${name}`, 'storage_class', 'nothing, or a storage class of Amazon S3', (c) =>
      S3_CLASSES.has(c.FileSettings[name]),
    ),
  ),
  declared('EmailSettings.ConnectionSecurity', 'email_security'),
  declared('EmailSettings.EmailBatchingBufferSize', 'email_batching_buffer_size'),
  declared('EmailSettings.EmailBatchingInterval', 'email_batching_interval'),
  declared('EmailSettings.EmailNotificationContentsType', 'email_notification_contents_type'),
]

const appLinks = ['AppDownloadLink', 'AndroidAppDownloadLink', 'IosAppDownloadLink'] as const

const tlsFile = (name: 'TLSCertFile' | 'TLSKeyFile', id: string): ConfigRule =>
  check(
    `ServiceSettings.${name}`,
    id,
    'the path of an existing file while ConnectionSecurity is "TLS"',
    (c, exists) => {
      const service = c.ServiceSettings
      return (
        service.ConnectionSecurity !== 'TLS' ||
        service.UseLetsEncrypt ||
        (service[name] !== '' && exists(service[name]))
      )
    },
  )

const service: ConfigRule[] = [
  ...appLinks.map((name) =>
    check(`NativeAppSettings.${name}`, 'native_app_settings.download_link', 'nothing, or a complete address', (c) => {
      const link = c.NativeAppSettings[name]
      return link === '' || httpUrl(link)
    }),
  ),
  { ...declared('PasswordSettings.MinimumLength', 'password_length'), params: { MinLength: 5, MaxLength: 72 } },
  declared('RateLimitSettings.MemoryStoreSize', 'rate_mem'),
  declared('RateLimitSettings.PerSec', 'rate_sec'),
  declared('RateLimitSettings.MaxBurst', 'max_burst'),
  declared('ServiceSettings.ConnectionSecurity', 'webserver_security'),
  tlsFile('TLSCertFile', 'tls_cert_file_missing'),
  tlsFile('TLSKeyFile', 'tls_key_file_missing'),
  check('ServiceSettings.TLSOverwriteCiphers', 'tls_overwrite_cipher', 'names of known TLS cipher suites', (c) =>
    c.ServiceSettings.TLSOverwriteCiphers.every((name) => TLS_CIPHERS.has(name)),
  ),
  declared('ServiceSettings.MaximumPayloadSizeBytes', 'max_payload_size'),
  declared('ServiceSettings.MaximumURLLength', 'max_url_length'),
  declared('ServiceSettings.ReadTimeout', 'read_timeout'),
  declared('ServiceSettings.WriteTimeout', 'write_timeout'),
  declared('ServiceSettings.TimeBetweenUserTypingUpdatesMilliseconds', 'time_between_user_typing'),
  declared('ServiceSettings.MaximumLoginAttempts', 'login_attempts'),
  ...(['SiteURL', 'WebsocketURL'] as const).map((name) =>
    check(
      `ServiceSettings.${name}`,
      name === 'SiteURL' ? 'site_url' : 'websocket_url',
      'nothing, or a complete address such as "https://chat.example.com"',
      (c) => c.ServiceSettings[name] === '' || absoluteUri(c.ServiceSettings[name]),
    ),
  ),
  check(
    'ServiceSettings.MinimumDesktopAppVersion',
    'minimum_desktop_app_version',
    'nothing, or a version such as "5.9.0"',
    matches(
      'ServiceSettings.MinimumDesktopAppVersion',
      /^$|^(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)([-+][0-9A-Za-z.+-]+)?$/,
    ),
  ),
  check('ServiceSettings.ListenAddress', 'listen_address', '"host:port" or ":port" with a port up to 65535', (c) =>
    listenAddress(c.ServiceSettings.ListenAddress),
  ),
  declared('ServiceSettings.OutgoingIntegrationRequestsTimeout', 'outgoing_integrations_request_timeout'),
  declared('ServiceSettings.ExperimentalGroupUnreadChannels', 'group_unread_channels'),
  check(
    'ServiceSettings.CollapsedThreads',
    'collapsed_threads.autofollow',
    '"disabled" while ThreadAutoFollow is off',
    (c) => c.ServiceSettings.ThreadAutoFollow || c.ServiceSettings.CollapsedThreads === 'disabled',
  ),
  declared('ServiceSettings.CollapsedThreads', 'collapsed_threads'),
  declared('ServiceSettings.PersistentNotificationIntervalMinutes', 'persistent_notifications_interval'),
  declared('ServiceSettings.PersistentNotificationMaxCount', 'persistent_notifications_count'),
  declared('ServiceSettings.PersistentNotificationMaxRecipients', 'persistent_notifications_recipients'),
  check(
    'ServiceSettings.DCRRedirectURIAllowlist',
    'dcr_redirect_uri_allowlist',
    'http(s) addresses, * as a wildcard',
    (c) => c.ServiceSettings.DCRRedirectURIAllowlist.every((pattern) => httpUrl(pattern.replaceAll('*', 'x'))),
  ),
  check(
    'ServiceSettings.LocalModeSocketLocation',
    'local_mode_socket',
    'a path whose folder exists while EnableLocalMode is on',
    (c, exists) => !c.ServiceSettings.EnableLocalMode || exists(dirname(c.ServiceSettings.LocalModeSocketLocation)),
  ),
]

function listenAddress(value: string): boolean {
  const port = /^(?:[^:[\]\s]*|\[[0-9a-fA-F:.%]+\]):(\d{1,5})$/.exec(value)?.[1]
  return port !== undefined && Number(port) <= 65535
}

const imageProxy = (c: Config): boolean =>
  c.ImageProxySettings.Enable && c.ImageProxySettings.ImageProxyType === 'atmos/camo'

const LOG_TARGETS = new Set(['console', 'file', 'tcp', 'syslog', 'none'])

const logging = (section: 'LogSettings' | 'ExperimentalAuditSettings'): ConfigRule[] => [
  check(
    `${section}.AdvancedLoggingJSON`,
    'log.advanced_logging.json',
    'an object of targets, or the path of a file that holds one',
    (c) => {
      const value = c[section].AdvancedLoggingJSON
      return typeof value !== 'string' || !/^\s*[{["]/.test(value)
    },
  ),
  check(
    `${section}.AdvancedLoggingJSON`,
    'log.advanced_logging.parse',
    'targets with the type "console", "file", "tcp", "syslog" or "none"',
    (c) => {
      const value = c[section].AdvancedLoggingJSON
      if (!isObject(value)) return true
      return Object.values(value).every((target) => {
        const type = isObject(target) ? (target['type'] ?? target['Type']) : undefined
        return typeof type === 'string' && LOG_TARGETS.has(type.toLowerCase())
      })
    },
  ),
]

const last: ConfigRule[] = [
  ...logging('LogSettings'),
  ...logging('ExperimentalAuditSettings'),
  check(
    'LocalizationSettings.AvailableLocales',
    'localization.available_locales',
    'nothing, or a list that has DefaultClientLocale',
    (c) => {
      const { AvailableLocales: list, DefaultClientLocale: client } = c.LocalizationSettings
      return list === '' || list.split(',').includes(client)
    },
  ),
  check('DisplaySettings.CustomURLSchemes', 'display.custom_url_schemes', 'schemes such as "git" or "smb"', (c) =>
    c.DisplaySettings.CustomURLSchemes.every((scheme) => /^[A-Za-z][A-Za-z0-9.+-]*$/.test(scheme)),
  ),
  check(
    'ImageProxySettings.ImageProxyType',
    'image_proxy_type',
    '"local" or "atmos/camo"',
    (c) => !c.ImageProxySettings.Enable || ['local', 'atmos/camo'].includes(c.ImageProxySettings.ImageProxyType),
  ),
  check(
    'ImageProxySettings.RemoteImageProxyURL',
    'atmos_camo_image_proxy_url',
    'the address of the image proxy',
    (c) => !imageProxy(c) || c.ImageProxySettings.RemoteImageProxyURL !== '',
  ),
  check(
    'ImageProxySettings.RemoteImageProxyOptions',
    'atmos_camo_image_proxy_options',
    'the key of the image proxy',
    (c) => !imageProxy(c) || c.ImageProxySettings.RemoteImageProxyOptions !== '',
  ),
  check('ImportSettings.Directory', 'import.directory', 'the path of a folder', required('ImportSettings.Directory')),
  declared('ImportSettings.RetentionDays', 'import.retention_days_too_low'),
  check('WranglerSettings.AllowedEmailDomain', 'move_thread.domain_invalid', 'domains such as "example.com"', (c) =>
    c.WranglerSettings.AllowedEmailDomain.every((domain) => /^$|^([a-z0-9-]+\.)+[a-z]{2,}$/i.test(domain)),
  ),
  check(
    'SupportSettings.ReportAProblemMail',
    'report_a_problem_mail.invalid',
    'an e-mail address while ReportAProblemType is "email"',
    (c) => c.SupportSettings.ReportAProblemType !== 'email' || emailAddress(c.SupportSettings.ReportAProblemMail),
  ),
  check(
    'SupportSettings.ReportAProblemLink',
    'report_a_problem_link.invalid',
    'an address while ReportAProblemType is "link"',
    (c) => c.SupportSettings.ReportAProblemType !== 'link' || httpUrl(c.SupportSettings.ReportAProblemLink),
  ),
  check(
    'GuestAccountsSettings.EnableGuestMagicLink',
    'guest_accounts.cannot_enforce_multifactor_authentication_when_guest_magic_link_is_enabled',
    'false while guests must use multi-factor authentication',
    (c) =>
      !c.GuestAccountsSettings.EnableGuestMagicLink ||
      !c.GuestAccountsSettings.EnforceMultifactorAuthentication ||
      !c.ServiceSettings.EnforceMultifactorAuthentication,
  ),
]

/** Every rule in Mattermost's order. Left out: what only its 11.x versions refuse, and an empty DataSource. */
export const configRules: readonly ConfigRule[] = [
  ...first,
  ...files,
  ...areaRules.signIn,
  ...service,
  ...areaRules.search,
  ...areaRules.retention,
  ...areaRules.export,
  ...last,
]
