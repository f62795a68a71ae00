// Generated from settings.json by server/scripts/generate-config-types.ts. Do not edit.

export interface TeamSettings {
  readonly SiteName: string
  readonly MaxUsersPerTeam: number
  readonly EnableJoinLeaveMessageByDefault: boolean
  readonly EnableUserCreation: boolean
  readonly EnableOpenServer: boolean
  readonly EnableUserDeactivation: boolean
  readonly RestrictCreationToDomains: string
  readonly EnableCustomUserStatuses: boolean
  readonly EnableCustomBrand: boolean
  readonly CustomBrandText: string
  readonly CustomDescriptionText: string
  readonly RestrictDirectMessage: string
  readonly EnableLastActiveTime: boolean
  readonly UserStatusAwayTimeout: number
  readonly MaxChannelsPerTeam: number
  readonly MaxNotificationsPerChannel: number
  readonly EnableConfirmNotificationsToChannel: boolean
  readonly TeammateNameDisplay: string
  readonly ExperimentalViewArchivedChannels: boolean
  readonly ExperimentalEnableAutomaticReplies: boolean
  readonly LockTeammateNameDisplay: boolean
  readonly ExperimentalPrimaryTeam: string
  readonly ExperimentalDefaultChannels: readonly string[]
}

export interface PasswordSettings {
  readonly MinimumLength: number
  readonly Lowercase: boolean
  readonly Number: boolean
  readonly Uppercase: boolean
  readonly Symbol: boolean
  readonly EnableForgotLink: boolean
}

export interface PrivacySettings {
  readonly ShowEmailAddress: boolean
  readonly ShowFullName: boolean
  readonly UseAnonymousURLs: boolean
}

export interface GitLabSettings {
  readonly Enable: boolean
  readonly Secret: string
  readonly Id: string
  readonly Scope: string
  readonly AuthEndpoint: string
  readonly TokenEndpoint: string
  readonly UserAPIEndpoint: string
  readonly DiscoveryEndpoint: string
  readonly ButtonText: string
  readonly ButtonColor: string
  readonly UsePreferredUsername: boolean
}

export interface GoogleSettings {
  readonly Enable: boolean
  readonly Secret: string
  readonly Id: string
  readonly Scope: string
  readonly AuthEndpoint: string
  readonly TokenEndpoint: string
  readonly UserAPIEndpoint: string
  readonly DiscoveryEndpoint: string
  readonly ButtonText: string
  readonly ButtonColor: string
  readonly UsePreferredUsername: boolean
}

export interface Office365Settings {
  readonly Enable: boolean
  readonly Secret: string
  readonly Id: string
  readonly Scope: string
  readonly AuthEndpoint: string
  readonly TokenEndpoint: string
  readonly UserAPIEndpoint: string
  readonly DiscoveryEndpoint: string
  readonly DirectoryId: string
  readonly UsePreferredUsername: boolean
}

export interface OpenIdSettings {
  readonly Enable: boolean
  readonly Secret: string
  readonly Id: string
  readonly Scope: string
  readonly AuthEndpoint: string
  readonly TokenEndpoint: string
  readonly UserAPIEndpoint: string
  readonly DiscoveryEndpoint: string
  readonly ButtonText: string
  readonly ButtonColor: string
  readonly UsePreferredUsername: boolean
}

export interface LdapSettings {
  readonly Enable: boolean
  readonly EnableSync: boolean
  readonly LdapServer: string
  readonly LdapPort: number
  readonly ConnectionSecurity: string
  readonly BaseDN: string
  readonly BindUsername: string
  readonly BindPassword: string
  readonly MaximumLoginAttempts: number
  readonly UserFilter: string
  readonly GroupFilter: string
  readonly GuestFilter: string
  readonly EnableAdminFilter: boolean
  readonly AdminFilter: string
  readonly GroupDisplayNameAttribute: string
  readonly GroupIdAttribute: string
  readonly FirstNameAttribute: string
  readonly LastNameAttribute: string
  readonly EmailAttribute: string
  readonly UsernameAttribute: string
  readonly NicknameAttribute: string
  readonly IdAttribute: string
  readonly PositionAttribute: string
  readonly LoginIdAttribute: string
  readonly PictureAttribute: string
  readonly SyncIntervalMinutes: number
  readonly ReAddRemovedMembers: boolean
  readonly SkipCertificateVerification: boolean
  readonly PublicCertificateFile: string
  readonly PrivateKeyFile: string
  readonly QueryTimeout: number
  readonly MaxPageSize: number
  readonly LoginFieldName: string
  readonly LoginButtonColor: string
  readonly LoginButtonBorderColor: string
  readonly LoginButtonTextColor: string
}

export interface SamlSettings {
  readonly Enable: boolean
  readonly EnableSyncWithLdap: boolean
  readonly EnableSyncWithLdapIncludeAuth: boolean
  readonly IgnoreGuestsLdapSync: boolean
  readonly Verify: boolean
  readonly Encrypt: boolean
  readonly SignRequest: boolean
  readonly IdpURL: string
  readonly IdpDescriptorURL: string
  readonly IdpMetadataURL: string
  readonly ServiceProviderIdentifier: string
  readonly AssertionConsumerServiceURL: string
  readonly SignatureAlgorithm: string
  readonly CanonicalAlgorithm: string
  readonly ScopingIDPProviderId: string
  readonly ScopingIDPName: string
  readonly IdpCertificateFile: string
  readonly PublicCertificateFile: string
  readonly PrivateKeyFile: string
  readonly IdAttribute: string
  readonly GuestAttribute: string
  readonly EnableAdminAttribute: boolean
  readonly AdminAttribute: string
  readonly FirstNameAttribute: string
  readonly LastNameAttribute: string
  readonly EmailAttribute: string
  readonly UsernameAttribute: string
  readonly NicknameAttribute: string
  readonly LocaleAttribute: string
  readonly PositionAttribute: string
  readonly LoginButtonText: string
  readonly LoginButtonColor: string
  readonly LoginButtonBorderColor: string
  readonly LoginButtonTextColor: string
}

export interface NativeAppSettings {
  readonly AppCustomURLSchemes: readonly string[]
  readonly AppDownloadLink: string
  readonly AndroidAppDownloadLink: string
  readonly IosAppDownloadLink: string
  readonly MobileExternalBrowser: boolean
  readonly MobileEnableBiometrics: boolean
  readonly MobilePreventScreenCapture: boolean
  readonly MobileJailbreakProtection: boolean
  readonly MobileEnableSecureFilePreview: boolean
  readonly MobileAllowPdfLinkNavigation: boolean
  readonly EnableIntuneMAM: boolean
}

export interface IntuneSettings {
  readonly Enable: boolean
  readonly TenantId: string
  readonly ClientId: string
  readonly AuthService: string
}

export interface GuestAccountsSettings {
  readonly Enable: boolean
  readonly HideTags: boolean
  readonly AllowEmailAccounts: boolean
  readonly EnforceMultifactorAuthentication: boolean
  readonly RestrictCreationToDomains: string
  readonly EnableGuestMagicLink: boolean
}

export interface AccessControlSettings {
  readonly EnableAttributeBasedAccessControl: boolean
  readonly EnableUserManagedAttributes: boolean
}
