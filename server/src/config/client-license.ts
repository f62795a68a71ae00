/** Features by Mattermost's names. Every one is simply there, so every one is "true". */
const FEATURES = [
  'LDAP',
  'LDAPGroups',
  'MFA',
  'SAML',
  'Cluster',
  'Metrics',
  'GoogleOAuth',
  'Office365OAuth',
  'OpenId',
  'Compliance',
  'MHPNS',
  'Announcement',
  'Elasticsearch',
  'DataRetention',
  'IDLoadedPushNotifications',
  'EmailNotificationContents',
  'MessageExport',
  'CustomPermissionsSchemes',
  'GuestAccounts',
  'GuestAccountsPermissions',
  'CustomTermsOfService',
  'LockTeammateNameDisplay',
  'SharedChannels',
  'RemoteClusterService',
  'OutgoingOAuthConnections',
  'ThemeManagement',
  'EnterprisePlugins',
  'AdvancedLogging',
  'AutoTranslation',
  'CustomGroups',
  'FutureFeatures',
] as const

/** The first of January 2100, in ms: clients warn about a licence that has an end in sight. */
const NEVER = '4102444800000'

/**
 * The answer of GET /license/client?format=old: nothing needs a licence here, but Mattermost's clients hide bookmarks,
 * scheduled posts, groups and guests unless the licence says that they are paid for. `Cloud`, `IsTrial` and `IsGovSku`
 * are false because they switch on pages of the vendor. It holds nothing secret and is the same for everyone.
 */
export function clientLicense(): Record<string, string> {
  return {
    IsLicensed: 'true',
    Id: '',
    Name: 'Outpost',
    Email: '',
    Company: '',
    SkuName: 'Enterprise',
    SkuShortName: 'enterprise',
    Users: '0',
    IssuedAt: '0',
    StartsAt: '0',
    ExpiresAt: NEVER,
    Cloud: 'false',
    IsTrial: 'false',
    IsGovSku: 'false',
    ...Object.fromEntries(FEATURES.map((feature) => [feature, 'true'])),
  }
}
