// Generated from settings.json by server/scripts/generate-config-types.ts. Do not edit.
import type { JsonObject } from '../declare.ts'

export interface ClientRequirements {
  readonly AndroidLatestVersion: string
  readonly AndroidMinVersion: string
  readonly IosLatestVersion: string
  readonly IosMinVersion: string
}

export interface FileSettings {
  readonly EnableFileAttachments: boolean
  readonly EnableMobileUpload: boolean
  readonly EnableMobileDownload: boolean
  readonly MaxFileSize: number
  readonly MaxImageResolution: number
  readonly MaxImageDecoderConcurrency: number
  readonly DriverName: string
  readonly Directory: string
  readonly EnablePublicLink: boolean
  readonly ExtractContent: boolean
  readonly ArchiveRecursion: boolean
  readonly PublicLinkSalt: string
  readonly InitialFont: string
  readonly AmazonS3AccessKeyId: string
  readonly AmazonS3SecretAccessKey: string
  readonly AmazonS3Bucket: string
  readonly AmazonS3PathPrefix: string
  readonly AmazonS3Region: string
  readonly AmazonS3Endpoint: string
  readonly AmazonS3SSL: boolean
  readonly AmazonS3SignV2: boolean
  readonly AmazonS3SSE: boolean
  readonly AmazonS3Trace: boolean
  readonly AmazonS3RequestTimeoutMilliseconds: number
  readonly AmazonS3UploadPartSizeBytes: number
  readonly AmazonS3StorageClass: string
  readonly DedicatedExportStore: boolean
  readonly ExportDriverName: string
  readonly ExportDirectory: string
  readonly ExportAmazonS3AccessKeyId: string
  readonly ExportAmazonS3SecretAccessKey: string
  readonly ExportAmazonS3Bucket: string
  readonly ExportAmazonS3PathPrefix: string
  readonly ExportAmazonS3Region: string
  readonly ExportAmazonS3Endpoint: string
  readonly ExportAmazonS3SSL: boolean
  readonly ExportAmazonS3SignV2: boolean
  readonly ExportAmazonS3SSE: boolean
  readonly ExportAmazonS3Trace: boolean
  readonly ExportAmazonS3RequestTimeoutMilliseconds: number
  readonly ExportAmazonS3PresignExpiresSeconds: number
  readonly ExportAmazonS3UploadPartSizeBytes: number
  readonly ExportAmazonS3StorageClass: string
}

export interface EmailSettings {
  readonly EnableSignUpWithEmail: boolean
  readonly EnableSignInWithEmail: boolean
  readonly EnableSignInWithUsername: boolean
  readonly SendEmailNotifications: boolean
  readonly UseChannelInEmailNotifications: boolean
  readonly RequireEmailVerification: boolean
  readonly FeedbackName: string
  readonly FeedbackEmail: string
  readonly ReplyToAddress: string
  readonly FeedbackOrganization: string
  readonly EnableSMTPAuth: boolean
  readonly SMTPUsername: string
  readonly SMTPPassword: string
  readonly SMTPServer: string
  readonly SMTPPort: string
  readonly SMTPServerTimeout: number
  readonly ConnectionSecurity: string
  readonly SendPushNotifications: boolean
  readonly PushNotificationServer: string
  readonly PushNotificationContents: string
  readonly PushNotificationBuffer: number
  readonly EnableEmailBatching: boolean
  readonly EmailBatchingBufferSize: number
  readonly EmailBatchingInterval: number
  readonly EnablePreviewModeBanner: boolean
  readonly SkipServerCertificateVerification: boolean
  readonly EmailNotificationContentsType: string
  readonly LoginButtonColor: string
  readonly LoginButtonBorderColor: string
  readonly LoginButtonTextColor: string
}

export interface SupportSettings {
  readonly TermsOfServiceLink: string
  readonly PrivacyPolicyLink: string
  readonly AboutLink: string
  readonly HelpLink: string
  readonly ReportAProblemLink: string
  readonly ReportAProblemType: string
  readonly ReportAProblemMail: string
  readonly AllowDownloadLogs: boolean
  readonly ForgotPasswordLink: string
  readonly SupportEmail: string
  readonly CustomTermsOfServiceEnabled: boolean
  readonly CustomTermsOfServiceReAcceptancePeriod: number
  readonly EnableAskCommunityLink: boolean
}

export interface AnnouncementSettings {
  readonly EnableBanner: boolean
  readonly BannerText: string
  readonly BannerColor: string
  readonly BannerTextColor: string
  readonly AllowBannerDismissal: boolean
  readonly AdminNoticesEnabled: boolean
  readonly UserNoticesEnabled: boolean
  readonly NoticesURL: string
  readonly NoticesFetchFrequency: number
  readonly NoticesSkipCache: boolean
}

export interface ThemeSettings {
  readonly EnableThemeSelection: boolean
  readonly DefaultTheme: string
  readonly AllowCustomThemes: boolean
  readonly AllowedThemes: readonly string[]
}

export interface ComplianceSettings {
  readonly Enable: boolean
  readonly Directory: string
  readonly EnableDaily: boolean
  readonly BatchSize: number
}

export interface LocalizationSettings {
  readonly DefaultServerLocale: string
  readonly DefaultClientLocale: string
  readonly AvailableLocales: string
  readonly EnableExperimentalLocales: boolean
}

export interface ExperimentalSettings {
  readonly ClientSideCertEnable: boolean
  readonly LinkMetadataTimeoutMilliseconds: number
  readonly RestrictSystemAdmin: boolean
  readonly EnableSharedChannels: boolean
  readonly EnableRemoteClusterService: boolean
  readonly DisableAppBar: boolean
  readonly DisableRefetchingOnBrowserFocus: boolean
  readonly DelayChannelAutocomplete: boolean
  readonly DisableWakeUpReconnectHandler: boolean
  readonly UsersStatusAndProfileFetchingPollIntervalMilliseconds: number
  readonly YoutubeReferrerPolicy: boolean
  readonly ExperimentalChannelCategorySorting: boolean
}

export interface DataRetentionSettings {
  readonly EnableMessageDeletion: boolean
  readonly EnableFileDeletion: boolean
  readonly EnableBoardsDeletion: boolean
  readonly MessageRetentionDays: number
  readonly MessageRetentionHours: number
  readonly FileRetentionDays: number
  readonly FileRetentionHours: number
  readonly BoardsRetentionDays: number
  readonly DeletionJobStartTime: string
  readonly BatchSize: number
  readonly TimeBetweenBatchesMilliseconds: number
  readonly RetentionIdsBatchSize: number
  readonly PreservePinnedPosts: boolean
}

export interface MessageExportSettings {
  readonly EnableExport: boolean
  readonly ExportFormat: string
  readonly DailyRunTime: string
  readonly ExportFromTimestamp: number
  readonly BatchSize: number
  readonly DownloadExportResults: boolean
  readonly ChannelBatchSize: number
  readonly ChannelHistoryBatchSize: number
  readonly GlobalRelaySettings: {
    readonly CustomerType: string
    readonly SMTPUsername: string
    readonly SMTPPassword: string
    readonly EmailAddress: string
    readonly SMTPServerTimeout: number
    readonly CustomSMTPServerName: string
    readonly CustomSMTPPort: string
  }
}

export interface PluginSettings {
  readonly Enable: boolean
  readonly EnableUploads: boolean
  readonly AllowInsecureDownloadURL: boolean
  readonly EnableHealthCheck: boolean
  readonly Directory: string
  readonly ClientDirectory: string
  readonly Plugins: Readonly<Record<string, JsonObject>>
  readonly PluginStates: Readonly<Record<string, { readonly Enable: boolean }>>
  readonly EnableMarketplace: boolean
  readonly EnableRemoteMarketplace: boolean
  readonly AutomaticPrepackagedPlugins: boolean
  readonly RequirePluginSignature: boolean
  readonly MarketplaceURL: string
  readonly SignaturePublicKeyFiles: readonly string[]
  readonly ChimeraOAuthProxyURL: string
}

export interface DisplaySettings {
  readonly CustomURLSchemes: readonly string[]
  readonly MaxMarkdownNodes: number
}

export interface ImageProxySettings {
  readonly Enable: boolean
  readonly ImageProxyType: string
  readonly RemoteImageProxyURL: string
  readonly RemoteImageProxyOptions: string
}

export interface CloudSettings {
  readonly CWSURL: string
  readonly CWSAPIURL: string
  readonly CWSMock: boolean
  readonly Disable: boolean
  readonly PreviewModalBucketURL: string
}

export interface ImportSettings {
  readonly Directory: string
  readonly RetentionDays: number
}

export interface ExportSettings {
  readonly Directory: string
  readonly RetentionDays: number
}

export interface WranglerSettings {
  readonly PermittedWranglerRoles: readonly string[]
  readonly AllowedEmailDomain: readonly string[]
  readonly MoveThreadMaxCount: number
  readonly MoveThreadToAnotherTeamEnable: boolean
  readonly MoveThreadFromPrivateChannelEnable: boolean
  readonly MoveThreadFromDirectMessageChannelEnable: boolean
  readonly MoveThreadFromGroupMessageChannelEnable: boolean
}

export interface ConnectedWorkspacesSettings {
  readonly EnableSharedChannels: boolean
  readonly EnableRemoteClusterService: boolean
  readonly DisableSharedChannelsStatusSync: boolean
  readonly SyncUsersOnConnectionOpen: boolean
  readonly GlobalUserSyncBatchSize: number
  readonly MaxPostsPerSync: number
  readonly MemberSyncBatchSize: number
}

export interface ContentFlaggingSettings {
  readonly EnableContentFlagging: boolean
  readonly NotificationSettings: {
    readonly EventTargetMapping: Readonly<Record<string, readonly string[]>>
  }
  readonly AdditionalSettings: {
    readonly Reasons: readonly string[]
    readonly ReporterCommentRequired: boolean
    readonly ReviewerCommentRequired: boolean
    readonly HideFlaggedContent: boolean
  }
  readonly ReviewerSettings: {
    readonly CommonReviewers: boolean
    readonly SystemAdminsAsReviewers: boolean
    readonly TeamAdminsAsReviewers: boolean
  }
}

export interface AutoTranslationSettings {
  readonly Enable: boolean
  readonly RestrictDMAndGM: boolean
  readonly Provider: string
  readonly TargetLanguages: readonly string[]
  readonly Workers: number
  readonly TimeoutMs: number
  readonly LibreTranslate: {
    readonly URL: string
    readonly APIKey: string
  }
  readonly Agents: {
    readonly LLMServiceID: string
  }
}
