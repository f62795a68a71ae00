// Generated from settings.json by server/scripts/generate-config-types.ts. Do not edit.
import type { JsonObject } from '../declare.ts'

export interface ServiceSettings {
  readonly SiteURL: string
  readonly WebsocketURL: string
  readonly LicenseFileLocation: string
  readonly ListenAddress: string
  readonly ConnectionSecurity: string
  readonly TLSCertFile: string
  readonly TLSKeyFile: string
  readonly TLSMinVer: string
  readonly TLSStrictTransport: boolean
  readonly TLSStrictTransportMaxAge: number
  readonly TLSOverwriteCiphers: readonly string[]
  readonly UseLetsEncrypt: boolean
  readonly LetsEncryptCertificateCacheFile: string
  readonly Forward80To443: boolean
  readonly TrustedProxyIPHeader: readonly string[]
  readonly ReadTimeout: number
  readonly WriteTimeout: number
  readonly IdleTimeout: number
  readonly MaximumLoginAttempts: number
  readonly GoroutineHealthThreshold: number
  readonly EnableOAuthServiceProvider: boolean
  readonly EnableDynamicClientRegistration: boolean
  readonly DCRRedirectURIAllowlist: readonly string[]
  readonly EnableIncomingWebhooks: boolean
  readonly EnableOutgoingWebhooks: boolean
  readonly EnableOutgoingOAuthConnections: boolean
  readonly EnableCommands: boolean
  readonly OutgoingIntegrationRequestsTimeout: number
  readonly EnablePostUsernameOverride: boolean
  readonly EnablePostIconOverride: boolean
  readonly GoogleDeveloperKey: string
  readonly EnableLinkPreviews: boolean
  readonly EnablePermalinkPreviews: boolean
  readonly RestrictLinkPreviews: string
  readonly EnableTesting: boolean
  readonly EnableDeveloper: boolean
  readonly DeveloperFlags: string
  readonly EnableClientPerformanceDebugging: boolean
  readonly EnableSecurityFixAlert: boolean
  readonly EnableInsecureOutgoingConnections: boolean
  readonly AllowedUntrustedInternalConnections: string
  readonly EnableMultifactorAuthentication: boolean
  readonly EnforceMultifactorAuthentication: boolean
  readonly EnableUserAccessTokens: boolean
  readonly AllowCorsFrom: string
  readonly CorsExposedHeaders: string
  readonly CorsAllowCredentials: boolean
  readonly CorsDebug: boolean
  readonly AllowCookiesForSubdomains: boolean
  readonly ExtendSessionLengthWithActivity: boolean
  readonly TerminateSessionsOnPasswordChange: boolean
  readonly SessionLengthWebInDays: number
  readonly SessionLengthWebInHours: number
  readonly SessionLengthMobileInDays: number
  readonly SessionLengthMobileInHours: number
  readonly SessionLengthSSOInDays: number
  readonly SessionLengthSSOInHours: number
  readonly SessionCacheInMinutes: number
  readonly SessionIdleTimeoutInMinutes: number
  readonly WebsocketSecurePort: number
  readonly WebsocketPort: number
  readonly WebserverMode: string
  readonly EnableGifPicker: boolean
  readonly GiphySdkKey: string
  readonly EnableCustomEmoji: boolean
  readonly EnableEmojiPicker: boolean
  readonly PostEditTimeLimit: number
  readonly TimeBetweenUserTypingUpdatesMilliseconds: number
  readonly EnableCrossTeamSearch: boolean
  readonly EnablePostSearch: boolean
  readonly EnableFileSearch: boolean
  readonly MinimumHashtagLength: number
  readonly EnableUserTypingMessages: boolean
  readonly EnableChannelViewedMessages: boolean
  readonly EnableUserStatuses: boolean
  readonly ExperimentalEnableAuthenticationTransfer: boolean
  readonly ClusterLogTimeoutMilliseconds: number
  readonly EnableTutorial: boolean
  readonly EnableOnboardingFlow: boolean
  readonly ExperimentalEnableDefaultChannelLeaveJoinMessages: boolean
  readonly ExperimentalGroupUnreadChannels: string
  readonly EnableAPITeamDeletion: boolean
  readonly EnableAPITriggerAdminNotifications: boolean
  readonly EnableAPIUserDeletion: boolean
  readonly EnableAPIPostDeletion: boolean
  readonly EnableDesktopLandingPage: boolean
  readonly MinimumDesktopAppVersion: string
  readonly ExperimentalEnableHardenedMode: boolean
  readonly ExperimentalStrictCSRFEnforcement: boolean
  readonly EnableEmailInvitations: boolean
  readonly DisableBotsWhenOwnerIsDeactivated: boolean
  readonly EnableBotAccountCreation: boolean
  readonly EnableSVGs: boolean
  readonly EnableLatex: boolean
  readonly EnableInlineLatex: boolean
  readonly PostPriority: boolean
  readonly AllowPersistentNotifications: boolean
  readonly AllowPersistentNotificationsForGuests: boolean
  readonly PersistentNotificationIntervalMinutes: number
  readonly PersistentNotificationMaxCount: number
  readonly PersistentNotificationMaxRecipients: number
  readonly EnableBurnOnRead: boolean
  readonly BurnOnReadDurationSeconds: number
  readonly BurnOnReadMaximumTimeToLiveSeconds: number
  readonly BurnOnReadSchedulerFrequencySeconds: number
  readonly EnableAPIChannelDeletion: boolean
  readonly EnableLocalMode: boolean
  readonly LocalModeSocketLocation: string
  readonly EnableAWSMetering: boolean
  readonly AWSMeteringTimeoutSeconds: number
  readonly SplitKey: string
  readonly FeatureFlagSyncIntervalSeconds: number
  readonly DebugSplit: boolean
  readonly ThreadAutoFollow: boolean
  readonly CollapsedThreads: string
  readonly ManagedResourcePaths: string
  readonly EnableCustomGroups: boolean
  readonly AllowSyncedDrafts: boolean
  readonly UniqueEmojiReactionLimitPerPost: number
  readonly RefreshPostStatsRunTime: string
  readonly MaximumPayloadSizeBytes: number
  readonly MaximumURLLength: number
  readonly ScheduledPosts: boolean
  readonly EnableWebHubChannelIteration: boolean
  readonly FrameAncestors: string
  readonly DeleteAccountLink: string
}

export interface SqlSettings {
  readonly DriverName: string
  readonly DataSource: string
  readonly DataSourceReplicas: readonly string[]
  readonly DataSourceSearchReplicas: readonly string[]
  readonly MaxIdleConns: number
  readonly ConnMaxLifetimeMilliseconds: number
  readonly ConnMaxIdleTimeMilliseconds: number
  readonly MaxOpenConns: number
  readonly Trace: boolean
  readonly AtRestEncryptKey: string
  readonly QueryTimeout: number
  readonly DisableDatabaseSearch: boolean
  readonly MigrationsStatementTimeoutSeconds: number
  readonly ReplicaLagSettings: readonly JsonObject[]
  readonly ReplicaMonitorIntervalSeconds: number
}

export interface LogSettings {
  readonly EnableConsole: boolean
  readonly ConsoleLevel: string
  readonly ConsoleJson: boolean
  readonly EnableColor: boolean
  readonly EnableFile: boolean
  readonly FileLevel: string
  readonly FileJson: boolean
  readonly FileLocation: string
  readonly EnableWebhookDebugging: boolean
  readonly EnableDiagnostics: boolean
  readonly EnableSentry: boolean
  readonly AdvancedLoggingJSON: JsonObject | string
  readonly MaxFieldSize: number
}

export interface ExperimentalAuditSettings {
  readonly FileEnabled: boolean
  readonly FileName: string
  readonly AdvancedLoggingJSON: JsonObject | string
  readonly Certificate: string
}

export interface RateLimitSettings {
  readonly Enable: boolean
  readonly PerSec: number
  readonly MaxBurst: number
  readonly MemoryStoreSize: number
  readonly VaryByRemoteAddr: boolean
  readonly VaryByUser: boolean
  readonly VaryByHeader: string
}

export interface CacheSettings {
  readonly CacheType: string
  readonly RedisAddress: string
  readonly RedisPassword: string
  readonly RedisDB: number
  readonly RedisCachePrefix: string
  readonly DisableClientCache: boolean
}

export interface ClusterSettings {
  readonly Enable: boolean
  readonly ClusterName: string
  readonly OverrideHostname: string
  readonly NetworkInterface: string
  readonly BindAddress: string
  readonly AdvertiseAddress: string
  readonly UseIPAddress: boolean
  readonly EnableGossipCompression: boolean
  readonly EnableExperimentalGossipEncryption?: boolean
  readonly EnableGossipEncryption: boolean
  readonly ReadOnlyConfig: boolean
  readonly GossipPort: number
}

export interface MetricsSettings {
  readonly Enable: boolean
  readonly BlockProfileRate: number
  readonly ListenAddress: string
  readonly EnableClientMetrics: boolean
  readonly EnableNotificationMetrics: boolean
  readonly ClientSideUserIds: readonly string[]
}

export interface AnalyticsSettings {
  readonly MaxUsersForStatistics: number
}

export interface ElasticsearchSettings {
  readonly ConnectionURL: string
  readonly Backend: string
  readonly Username: string
  readonly Password: string
  readonly EnableIndexing: boolean
  readonly EnableSearching: boolean
  readonly EnableCJKAnalyzers: boolean
  readonly EnableAutocomplete: boolean
  readonly Sniff: boolean
  readonly PostIndexReplicas: number
  readonly PostIndexShards: number
  readonly ChannelIndexReplicas: number
  readonly ChannelIndexShards: number
  readonly UserIndexReplicas: number
  readonly UserIndexShards: number
  readonly AggregatePostsAfterDays: number
  readonly PostsAggregatorJobStartTime: string
  readonly IndexPrefix: string
  readonly GlobalSearchPrefix: string
  readonly LiveIndexingBatchSize: number
  readonly BulkIndexingTimeWindowSeconds?: number
  readonly BatchSize: number
  readonly RequestTimeoutSeconds: number
  readonly SkipTLSVerification: boolean
  readonly CA: string
  readonly ClientCert: string
  readonly ClientKey: string
  readonly Trace: string
  readonly IgnoredPurgeIndexes: string
  readonly EnableSearchPublicChannelsWithoutMembership: boolean
}

export interface JobSettings {
  readonly RunJobs: boolean
  readonly RunScheduler: boolean
  readonly CleanupJobsThresholdDays: number
  readonly CleanupConfigThresholdDays: number
}

export interface FeatureFlags {
  readonly TestFeature: string
  readonly TestBoolFeature: boolean
  readonly EnableRemoteClusterService: boolean
  readonly EnableSharedChannelsDMs: boolean
  readonly EnableSharedChannelsPlugins: boolean
  readonly EnableSharedChannelsMemberSync: boolean
  readonly EnableSyncAllUsersForRemoteCluster: boolean
  readonly AppsEnabled: boolean
  readonly PermalinkPreviews: boolean
  readonly NormalizeLdapDNs: boolean
  readonly WysiwygEditor: boolean
  readonly OnboardingTourTips: boolean
  readonly DeprecateCloudFree: boolean
  readonly EnableExportDirectDownload: boolean
  readonly MoveThreadsEnabled: boolean
  readonly StreamlinedMarketplace: boolean
  readonly CloudIPFiltering: boolean
  readonly ConsumePostHook: boolean
  readonly CloudAnnualRenewals: boolean
  readonly CloudDedicatedExportUI: boolean
  readonly ChannelBookmarks: boolean
  readonly WebSocketEventScope: boolean
  readonly NotificationMonitoring: boolean
  readonly ExperimentalAuditSettingsSystemConsoleUI: boolean
  readonly CustomProfileAttributes: boolean
  readonly AttributeBasedAccessControl: boolean
  readonly ContentFlagging: boolean
  readonly InteractiveDialogAppsForm: boolean
  readonly EnableMattermostEntry: boolean
  readonly MobileSSOCodeExchange: boolean
  readonly AutoTranslation: boolean
  readonly BurnOnRead: boolean
  readonly EnableAIPluginBridge: boolean
  readonly EnableAIRecaps: boolean
  readonly CJKSearch: boolean
}
