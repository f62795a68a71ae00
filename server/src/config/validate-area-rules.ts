import type { Config } from './config-types.ts'
import type { ConfigRule } from './validate.ts'
import { emailAddress, httpUrl, matches, required, timeOfDay } from './validate-helpers.ts'

/** A rule that counts only while `when` holds. */
const during =
  (when: (config: Config) => boolean) =>
  (setting: string, id: string, accepts: string, ok: (config: Config) => boolean): ConfigRule => ({
    setting,
    id,
    accepts,
    ok: (config) => !when(config) || ok(config),
  })

const always = during(() => true)
const ldap = during((c) => c.LdapSettings.Enable)
const saml = during((c) => c.SamlSettings.Enable)
const text = 'a text that is not empty'

/** Brackets must balance: a broken filter would match nobody, or everybody. */
function isFilter(value: string): boolean {
  if (value === '') return true
  let open = 0
  for (const char of value.replace(/\\./g, '')) {
    if (char === '(') open++
    if (char === ')' && --open < 0) return false
  }
  return open === 0 && value.startsWith('(') && value.endsWith(')')
}

const ldapFilter = (name: 'UserFilter' | 'GuestFilter' | 'AdminFilter', id: string): ConfigRule =>
  ldap(`LdapSettings.${name}`, id, 'an LDAP filter in brackets', (c) => isFilter(c.LdapSettings[name]))

const ldapText = (name: string, id: string): ConfigRule =>
  ldap(`LdapSettings.${name}`, id, text, required(`LdapSettings.${name}`))

const samlText = (name: string, id: string): ConfigRule =>
  saml(`SamlSettings.${name}`, id, text, required(`SamlSettings.${name}`))

const samlUrl = (name: 'IdpURL' | 'IdpDescriptorURL', id: string): ConfigRule =>
  saml(`SamlSettings.${name}`, id, 'a complete address', (c) => {
    const value = c.SamlSettings[name]
    // The descriptor is a name that need not be an address.
    return name === 'IdpURL' ? httpUrl(value) : value !== ''
  })

const samlPair = (name: 'GuestAttribute' | 'AdminAttribute', id: string): ConfigRule =>
  saml(`SamlSettings.${name}`, id, 'nothing, or attribute=value', (c) => {
    if (name === 'AdminAttribute' && !c.SamlSettings.EnableAdminAttribute) return true
    return c.SamlSettings[name] === '' || /^[^=]+=[^=]+$/.test(c.SamlSettings[name])
  })

const encrypted = during((c) => c.SamlSettings.Enable && c.SamlSettings.Encrypt)
const verified = during((c) => c.SamlSettings.Enable && c.SamlSettings.Verify)

const signIn: ConfigRule[] = [
  { setting: 'LdapSettings.ConnectionSecurity', id: 'ldap_security' },
  { setting: 'LdapSettings.SyncIntervalMinutes', id: 'ldap_sync_interval' },
  { setting: 'LdapSettings.MaxPageSize', id: 'ldap_max_page_size' },
  ldapText('LdapServer', 'ldap_server'),
  ldap('LdapSettings.MaximumLoginAttempts', 'ldap_max_login_attempts', 'a whole number above 0', (c) => {
    return c.LdapSettings.MaximumLoginAttempts > 0
  }),
  ldapText('BaseDN', 'ldap_basedn'),
  ldapText('EmailAttribute', 'ldap_email'),
  ldapText('UsernameAttribute', 'ldap_username'),
  ldapText('IdAttribute', 'ldap_id'),
  ldapText('LoginIdAttribute', 'ldap_login_id'),
  ldapFilter('UserFilter', 'ent.ldap.validate_filter.app_error'),
  ldapFilter('GuestFilter', 'ent.ldap.validate_guest_filter.app_error'),
  ldapFilter('AdminFilter', 'ent.ldap.validate_admin_filter.app_error'),
  samlUrl('IdpURL', 'saml_idp_url'),
  samlUrl('IdpDescriptorURL', 'saml_idp_descriptor_url'),
  samlText('IdpCertificateFile', 'saml_idp_cert'),
  samlText('EmailAttribute', 'saml_email_attribute'),
  samlText('UsernameAttribute', 'saml_username_attribute'),
  samlText('ServiceProviderIdentifier', 'saml_spidentifier_attribute'),
  verified(
    'SamlSettings.AssertionConsumerServiceURL',
    'saml_assertion_consumer_service_url',
    'a complete address while Verify is on',
    (c) => httpUrl(c.SamlSettings.AssertionConsumerServiceURL),
  ),
  encrypted(
    'SamlSettings.PrivateKeyFile',
    'saml_private_key',
    'a file name while Encrypt is on',
    required('SamlSettings.PrivateKeyFile'),
  ),
  encrypted(
    'SamlSettings.PublicCertificateFile',
    'saml_public_cert',
    'a file name while Encrypt is on',
    required('SamlSettings.PublicCertificateFile'),
  ),
  { setting: 'SamlSettings.SignatureAlgorithm', id: 'saml_signature_algorithm' },
  { setting: 'SamlSettings.CanonicalAlgorithm', id: 'saml_canonical_algorithm' },
  samlPair('GuestAttribute', 'saml_guest_attribute'),
  samlPair('AdminAttribute', 'saml_admin_attribute'),
]

const indexing = during((c) => c.ElasticsearchSettings.EnableIndexing)
const atLeastOne = (name: keyof Config['ElasticsearchSettings'], id: string): ConfigRule =>
  always(`ElasticsearchSettings.${name}`, `elastic_search.${id}`, 'a whole number of at least 1', (c) => {
    return Number(c.ElasticsearchSettings[name]) >= 1
  })

const needsIndexing = (name: 'EnableSearching' | 'EnableAutocomplete', id: string): ConfigRule =>
  always(`ElasticsearchSettings.${name}`, `elastic_search.${id}`, 'false while EnableIndexing is off', (c) => {
    return !c.ElasticsearchSettings[name] || c.ElasticsearchSettings.EnableIndexing
  })

const clock = (setting: string, id: string): ConfigRule =>
  always(setting, id, 'a time such as "03:00"', matches(setting, timeOfDay))

const search: ConfigRule[] = [
  indexing(
    'ElasticsearchSettings.ConnectionURL',
    'elastic_search.connection_url',
    'an address while EnableIndexing is on',
    required('ElasticsearchSettings.ConnectionURL'),
  ),
  needsIndexing('EnableSearching', 'enable_searching'),
  needsIndexing('EnableAutocomplete', 'enable_autocomplete'),
  atLeastOne('AggregatePostsAfterDays', 'aggregate_posts_after_days'),
  clock('ElasticsearchSettings.PostsAggregatorJobStartTime', 'elastic_search.posts_aggregator_job_start_time'),
  atLeastOne('LiveIndexingBatchSize', 'live_indexing_batch_size'),
  atLeastOne('BatchSize', 'bulk_indexing_batch_size'),
  atLeastOne('RequestTimeoutSeconds', 'request_timeout_seconds'),
  { setting: 'ElasticsearchSettings.Backend', id: 'elastic_search.invalid_backend' },
]

/** The rules of one kind of retention. Days and hours exclude each other; none of both would delete everything. */
function retentionOf(kind: 'Message' | 'File'): ConfigRule[] {
  const days = `${kind}RetentionDays` as const
  const hours = `${kind}RetentionHours` as const
  const id = `data_retention.${kind.toLowerCase()}_retention`
  const both = (c: Config): [number, number] => [c.DataRetentionSettings[days], c.DataRetentionSettings[hours]]
  return [
    { setting: `DataRetentionSettings.${days}`, id: `${id}_days_too_low` },
    always(
      `DataRetentionSettings.${hours}`,
      `${id}_hours_too_low`,
      'a whole number of at least 0',
      (c) => both(c)[1] >= 0,
    ),
    always(`DataRetentionSettings.${hours}`, `${id}_misconfiguration`, `0 while ${days} is above 0`, (c) => {
      const [inDays, inHours] = both(c)
      return inDays <= 0 || inHours <= 0
    }),
    always(`DataRetentionSettings.${days}`, `${id}_both_zero`, `a number above 0 while ${hours} is 0`, (c) => {
      const [inDays, inHours] = both(c)
      return inDays !== 0 || inHours !== 0
    }),
  ]
}

const retention: ConfigRule[] = [
  ...retentionOf('Message'),
  ...retentionOf('File'),
  clock('DataRetentionSettings.DeletionJobStartTime', 'data_retention.deletion_job_start_time'),
]

const exporting = during((c) => c.MessageExportSettings.EnableExport)
const relay = during(
  (c) => c.MessageExportSettings.EnableExport && c.MessageExportSettings.ExportFormat.startsWith('globalrelay'),
)
const relayPath = (name: string): string => `MessageExportSettings.GlobalRelaySettings.${name}`
const relayText = (name: string, id: string): ConfigRule =>
  relay(relayPath(name), `message_export.global_relay.${id}`, text, required(relayPath(name)))

const exports: ConfigRule[] = [
  exporting('MessageExportSettings.ExportFromTimestamp', 'message_export.export_from', 'a time in the past', (c) => {
    const from = c.MessageExportSettings.ExportFromTimestamp
    return from >= 0 && from <= Date.now()
  }),
  exporting(
    'MessageExportSettings.DailyRunTime',
    'message_export.daily_runtime',
    'a time such as "01:00"',
    matches('MessageExportSettings.DailyRunTime', timeOfDay),
  ),
  exporting('MessageExportSettings.BatchSize', 'message_export.batch_size', 'a whole number of at least 0', (c) => {
    return c.MessageExportSettings.BatchSize >= 0
  }),
  { setting: 'MessageExportSettings.ExportFormat', id: 'message_export.export_type' },
  { setting: relayPath('CustomerType'), id: 'message_export.global_relay.customer_type' },
  relay(relayPath('EmailAddress'), 'message_export.global_relay.email_address', 'an e-mail address', (c) =>
    emailAddress(c.MessageExportSettings.GlobalRelaySettings.EmailAddress),
  ),
  relayText('SMTPUsername', 'smtp_username'),
  relayText('SMTPPassword', 'smtp_password'),
]

/** The rules of whole feature areas, in the groups in which Mattermost checks them. */
export const areaRules = { signIn, search, retention, export: exports }
