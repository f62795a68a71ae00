// Generated from settings.json by server/scripts/generate-config-types.ts. Do not edit.
import type * as features from './types/features.ts'
import type * as people from './types/people.ts'
import type * as server from './types/server.ts'

/** The complete configuration, every default filled in. */
export interface Config {
  readonly ServiceSettings: server.ServiceSettings
  readonly TeamSettings: people.TeamSettings
  readonly ClientRequirements: features.ClientRequirements
  readonly SqlSettings: server.SqlSettings
  readonly LogSettings: server.LogSettings
  readonly ExperimentalAuditSettings: server.ExperimentalAuditSettings
  readonly PasswordSettings: people.PasswordSettings
  readonly FileSettings: features.FileSettings
  readonly EmailSettings: features.EmailSettings
  readonly RateLimitSettings: server.RateLimitSettings
  readonly PrivacySettings: people.PrivacySettings
  readonly SupportSettings: features.SupportSettings
  readonly AnnouncementSettings: features.AnnouncementSettings
  readonly ThemeSettings: features.ThemeSettings
  readonly GitLabSettings: people.GitLabSettings
  readonly GoogleSettings: people.GoogleSettings
  readonly Office365Settings: people.Office365Settings
  readonly OpenIdSettings: people.OpenIdSettings
  readonly LdapSettings: people.LdapSettings
  readonly ComplianceSettings: features.ComplianceSettings
  readonly LocalizationSettings: features.LocalizationSettings
  readonly SamlSettings: people.SamlSettings
  readonly NativeAppSettings: people.NativeAppSettings
  readonly IntuneSettings: people.IntuneSettings
  readonly CacheSettings: server.CacheSettings
  readonly ClusterSettings: server.ClusterSettings
  readonly MetricsSettings: server.MetricsSettings
  readonly ExperimentalSettings: features.ExperimentalSettings
  readonly AnalyticsSettings: server.AnalyticsSettings
  readonly ElasticsearchSettings: server.ElasticsearchSettings
  readonly DataRetentionSettings: features.DataRetentionSettings
  readonly MessageExportSettings: features.MessageExportSettings
  readonly JobSettings: server.JobSettings
  readonly PluginSettings: features.PluginSettings
  readonly DisplaySettings: features.DisplaySettings
  readonly GuestAccountsSettings: people.GuestAccountsSettings
  readonly ImageProxySettings: features.ImageProxySettings
  readonly CloudSettings: features.CloudSettings
  readonly FeatureFlags: server.FeatureFlags
  readonly ImportSettings: features.ImportSettings
  readonly ExportSettings: features.ExportSettings
  readonly WranglerSettings: features.WranglerSettings
  readonly ConnectedWorkspacesSettings: features.ConnectedWorkspacesSettings
  readonly AccessControlSettings: people.AccessControlSettings
  readonly ContentFlaggingSettings: features.ContentFlaggingSettings
  readonly AutoTranslationSettings: features.AutoTranslationSettings
}
