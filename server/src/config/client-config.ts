import { createHash } from 'node:crypto'
import { everyoneKeys, sessionKeys, type SettingPath } from './client-config-keys.ts'
import type { Config } from './config-types.ts'
import { defaultOf, getAt, plainText, settingByPath } from './declare.ts'

/** The Mattermost version whose protocol the server speaks; clients compare it. */
export const SERVER_VERSION = '10.11.20'

/** Flat map of texts, as Mattermost's clients read it. */
export type ClientConfig = Record<string, string>

/** What the client configuration needs beyond settings. Times are ms. */
export type ComputedClientConfig = {
  DiagnosticId: string
  TelemetryId: string
  /** Whether no account exists yet. */
  NoAccounts: boolean
  /** Base64 of the DER of the server's P-256 public key. */
  AsymmetricSigningPublicKey: string
  InstallationDate: number
  /** Number of the last migration. */
  SchemaVersion: number
  /** Longest post in characters; 16383 with the standard column. */
  MaxPostSize: number
  /** Sent only while custom terms are enabled. */
  CustomTermsOfServiceId?: string
  /** `MM_SERVICEENVIRONMENT`: production, test or dev. */
  ServiceEnvironment?: string
  BuildDate?: string
  BuildHash?: string
}

/** Keys that Mattermost 5.38–10 sends and clients of that age still read; the settings behind them are gone. */
const OLDER_CLIENTS: Readonly<ClientConfig> = {
  CloseUnusedDirectMessages: 'false',
  DesktopLatestVersion: '',
  DesktopMinVersion: '',
  EnableLegacySidebar: 'false',
  EnablePreviewFeatures: 'true',
  EnableReliableWebSockets: 'true',
  EnableXToLeaveChannelsFromLHS: 'false',
  ExperimentalChannelOrganization: 'false',
  ExperimentalClientSideCertCheck: '',
  ExperimentalEnableClickToReply: 'false',
  ExperimentalHideTownSquareinLHS: 'false',
  ExperimentalTownSquareIsReadOnly: 'false',
  GfycatApiKey: '',
  GfycatApiSecret: '',
}

/** The client configuration of a request without a session: only what a sign-in page needs. */
export function limitedClientConfig(config: Config, computed: ComputedClientConfig): ClientConfig {
  return sorted({ ...everyoneValues(config), ...computedForEveryone(config, computed) })
}

/** The client configuration of a signed-in session. */
export function fullClientConfig(config: Config, computed: ComputedClientConfig): ClientConfig {
  return sorted({
    ...sessionValues(config),
    ...computedForEveryone(config, computed),
    InstallationDate: String(computed.InstallationDate),
    MaxPostSize: String(computed.MaxPostSize),
    SchemaVersion: String(computed.SchemaVersion),
    UpgradedFromTE: 'false',
  })
}

/** Hex sha256 over the session's configuration without computed keys: part of the X-Version-Id header. */
export function clientConfigHash(config: Config): string {
  return createHash('sha256')
    .update(JSON.stringify(sorted(sessionValues(config))))
    .digest('hex')
}

function valuesOf(config: Config, keys: Readonly<Record<string, SettingPath>>): ClientConfig {
  const values: ClientConfig = {}
  for (const [key, path] of Object.entries(keys)) {
    const value = getAt(config, path.split('.')) ?? ''
    values[key] = Array.isArray(value) ? value.join(',') : plainText(value)
  }
  return values
}

function everyoneValues(config: Config): ClientConfig {
  const { MetricsSettings: metrics, PluginSettings: plugins, IntuneSettings: intune } = config
  const flags = Object.entries(config.FeatureFlags).map(([name, value]) => [`FeatureFlag${name}`, String(value)])
  const apps = plugins.Enable && plugins.PluginStates['com.mattermost.apps']?.Enable === true
  return {
    ...valuesOf(config, everyoneKeys),
    ...(Object.fromEntries(flags) as ClientConfig),
    AppsPluginEnabled: String(apps),
    // Mobile apps ask this scope of Microsoft's identity service.
    IntuneScope: intune.Enable && intune.ClientId !== '' ? `api://${intune.ClientId}/login.mattermost` : '',
    CWSURL: '',
    EnableClientMetrics: String(metrics.Enable && metrics.EnableClientMetrics),
    SiteURL: config.ServiceSettings.SiteURL.replace(/\/+$/, ''),
    WebsocketURL: config.ServiceSettings.WebsocketURL.replace(/\/+$/, ''),
    BuildEnterpriseReady: 'true',
    BuildHashEnterprise: '',
    BuildNumber: SERVER_VERSION,
    IsFipsEnabled: 'false',
    Version: SERVER_VERSION,
  }
}

function sessionValues(config: Config): ClientConfig {
  const { LdapSettings: ldap, SamlSettings: saml, DataRetentionSettings: retention } = config
  const isSet = (value: string): string => String(value !== '')
  const marketplace = defaultOf(settingByPath.get('PluginSettings.MarketplaceURL')!, true)
  return {
    ...OLDER_CLIENTS,
    ...everyoneValues(config),
    ...valuesOf(config, sessionKeys),
    CWSMock: '',
    CWSURL: config.CloudSettings.CWSURL,
    DataRetentionFileRetentionHours: hours(retention.FileRetentionHours, retention.FileRetentionDays),
    DataRetentionMessageRetentionHours: hours(retention.MessageRetentionHours, retention.MessageRetentionDays),
    ExperimentalEnablePostMetadata: 'true',
    ExperimentalTimezone: 'true',
    IsDefaultMarketplace: String(config.PluginSettings.MarketplaceURL === marketplace),
    LdapFirstNameAttributeSet: isSet(ldap.FirstNameAttribute),
    LdapLastNameAttributeSet: isSet(ldap.LastNameAttribute),
    LdapNicknameAttributeSet: isSet(ldap.NicknameAttribute),
    LdapPictureAttributeSet: isSet(ldap.PictureAttribute),
    LdapPositionAttributeSet: isSet(ldap.PositionAttribute),
    PostAcknowledgements: 'true',
    SamlFirstNameAttributeSet: isSet(saml.FirstNameAttribute),
    SamlLastNameAttributeSet: isSet(saml.LastNameAttribute),
    SamlNicknameAttributeSet: isSet(saml.NicknameAttribute),
    SamlPositionAttributeSet: isSet(saml.PositionAttribute),
  }
}

/** Retention in hours: hours when set, else days. */
const hours = (inHours: number, inDays: number): string => String(inHours > 0 ? inHours : inDays * 24)

function computedForEveryone(config: Config, computed: ComputedClientConfig): ClientConfig {
  const terms = config.SupportSettings.CustomTermsOfServiceEnabled ? computed.CustomTermsOfServiceId : undefined
  return {
    AsymmetricSigningPublicKey: computed.AsymmetricSigningPublicKey,
    BuildDate: computed.BuildDate ?? '',
    BuildHash: computed.BuildHash ?? '',
    DiagnosticId: computed.DiagnosticId,
    NoAccounts: String(computed.NoAccounts),
    ServiceEnvironment: computed.ServiceEnvironment ?? 'production',
    TelemetryId: computed.TelemetryId,
    ...(terms ? { CustomTermsOfServiceId: terms } : {}),
  }
}

function sorted(values: ClientConfig): ClientConfig {
  return Object.fromEntries(Object.entries(values).sort(([a], [b]) => (a < b ? -1 : 1)))
}
