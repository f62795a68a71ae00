import type { DataSource } from '../../../server/src/database/data-source.ts'

/** A place in a settings file; lines and columns count from 1. */
export interface Place {
  file: string
  line: number
  column: number
}

/** Something to tell the administrator: what, where, and what to do. `text` may have several lines, never secrets. */
export interface Notice {
  text: string
  place?: Place
}

/** A setting that no longer exists. */
export interface Removal extends Notice {
  /** As written: `mattermost['email_smtp_server']`. */
  key: string
  /** GitLab release (`11.0`) that dropped it. */
  since: string
  /** The line to write instead; undefined when the setting has no successor. */
  replacement?: string
  /** True when ignoring the setting would change how the service behaves: `reconfigure` refuses, as GitLab's did. */
  blocking: boolean
}

/** What was noticed while reading, in the order of the blocks at the end of a run. Empty lists when all is well. */
export interface Report {
  /** Every mistake. With one or more there are no settings. */
  errors: Notice[]
  removals: Removal[]
  warnings: Notice[]
  notes: Notice[]
}

/** The outcome of reading. `settings` is undefined exactly when `report.errors` is not empty. */
export interface Loaded {
  settings: Settings | undefined
  report: Report
}

/** Everything the machine is to become: defaults filled in, secrets there, validated. Paths are absolute, without root prefix. */
export interface Settings {
  source: SettingsSource
  /** False: the service is to be down and its virtual host gone; account, files and database stay. */
  enabled: boolean
  /** Defined whenever `enabled`. Its port and scheme are those of `mattermost_external_url`. */
  url: ServiceUrl | undefined
  /** What users type, without trailing slash: `service_site_url`, `env`, or the external URL. Empty when disabled without URL. */
  siteUrl: string
  account: Account
  directories: Directories
  listen: { address: string; port: number }
  /**
   * The service's environment by name, complete. An empty value means "unset": written as an empty file it removes
   * the variable, so config.json decides.
   */
  env: Record<string, string>
  database: DatabaseSettings
  gitlab: GitLabSettings
  nginx: NginxSettings
  letsencrypt: LetsEncryptSettings
  logging: LoggingSettings
  secrets: Secrets
  /** False (`package['generate_secrets_json_file']`): the secrets file is not to be written. */
  secretsWritable: boolean
  /** Section → key → value as written in the files, secrets included, for show-config. */
  written: Record<string, unknown>
}

export interface SettingsSource {
  /** The file that was read first. */
  file: string
  /** Whose file it is: Outpost's own, GitLab's, or one named with --config. */
  kind: 'outpost' | 'gitlab' | 'given'
  /** All files and texts in reading order: GITLAB_OMNIBUS_CONFIG, the file, what it includes. */
  read: string[]
}

export interface ServiceUrl {
  /** Without trailing slash. */
  href: string
  https: boolean
  /** Without brackets and port, lower case; also the name of the certificate files. */
  host: string
  port: number
}

export interface Account {
  /** False (`manage_accounts['enable']`): user and group must exist already. */
  manage: boolean
  username: string
  group: string
  /** Undefined: the system chooses. */
  uid: number | undefined
  gid: number | undefined
  home: string
}

export interface Directories {
  home: string
  files: string
  plugins: string
  clientPlugins: string
  logs: string
  /** One file per variable. */
  env: string
  /** `<home>/config.json`. */
  configFile: string
}

export interface DatabaseSettings {
  /** What the service connects with. Holds the password. */
  dataSource: string
  parsed: DataSource
  /** True: on this machine's cluster (socket directory below), role and database are to be created when missing. */
  manage: boolean
  /** Database and role of the service in the local cluster. */
  name: string
  role: string
  local: LocalCluster
}

/** The PostgreSQL beside the service: GitLab's, or Outpost's own where no GitLab is. */
export interface LocalCluster {
  /** `postgresql['enable']`. */
  enabled: boolean
  directory: string
  socketDirectory: string
  port: number
  /** Superuser; unix account and role have the same name. */
  username: string
  group: string
  /** Empty: no TCP. */
  listenAddress: string
}

export interface GitLabSettings {
  /** GitLab's package is installed on this machine. */
  installed: boolean
  /** `external_url` without trailing slash, or undefined. */
  url: string | undefined
  /** `gitlab_rails['mattermost_host']`: where GitLab believes the chat is. */
  chatUrlForGitLab: string | undefined
  /** GitLab's application runs here (`gitlab_rails['enable']`). */
  railsEnabled: boolean
  /** GitLab's database in the local cluster. */
  databaseName: string
  username: string
  group: string
  /** Sign-in through GitLab. */
  login: {
    enabled: boolean
    id: string
    secret: string
    scope: string
    authEndpoint: string
    tokenEndpoint: string
    userEndpoint: string
  }
  registration: {
    /** An application is to be looked up in GitLab, and created or repaired. */
    wanted: boolean
    /** Why not, for people; empty when wanted. */
    reason: string
    /** Id and secret were written by the administrator: GitLab must already know them, or be told exactly these. */
    manual: boolean
    name: string
    /** Every address that GitLab may send people back to. */
    redirectUris: string[]
  }
}

export interface NginxSettings {
  /** This machine's nginx serves the chat: `nginx['enable']` and `mattermost_nginx['enable']` and the service. */
  enabled: boolean
  directory: string
  logDirectory: string
  user: string
  group: string
  /** Settings of the http level, used where the whole nginx is Outpost's. */
  http: NginxHttp
  vhost: NginxVhost
}

export interface NginxHttp {
  workerProcesses: string
  workerConnections: number
  sendfile: string
  tcpNopush: string
  tcpNodelay: string
  hideServerTokens: string
  /** `on` or `off`. */
  gzip: string
  gzipHttpVersion: string
  gzipCompLevel: string
  gzipProxied: string
  gzipTypes: string[]
  /** Seconds, or with nginx's unit. */
  keepaliveTimeout: string
  keepaliveTime: string
  serverNamesHashBucketSize: string
  /** Arguments of `proxy_cache_path` after the directory `proxy_cache`; empty: none. */
  proxyCachePath: string
  proxyCache: string
  customConfig: string
  status: {
    enabled: boolean
    listenAddresses: string[]
    fqdn: string
    port: number
    /** `/metrics` is served beside `/nginx_status`. */
    metrics: boolean
    options: Record<string, string | string[]>
  }
}

export interface NginxVhost {
  serverName: string
  listenAddresses: string[]
  listenPort: number
  /** The listener speaks TLS. */
  https: boolean
  redirectHttpToHttps: boolean
  redirectHttpToHttpsPort: number
  proxyProtocol: boolean
  ssl: {
    certificate: string
    certificateKey: string
    clientCertificate: string
    /** Empty: no client certificates. */
    verifyClient: string
    verifyDepth: string
    ciphers: string
    preferServerCiphers: string
    protocols: string
    sessionCache: string
    sessionTimeout: string
    dhparam: string
    ecdhCurve: string
    confCommands: string[]
    passwordFile: string
  }
  http2: boolean
  /** Seconds; 0 = no header. */
  hstsMaxAge: number
  hstsIncludeSubdomains: boolean
  /** Empty = no header. */
  referrerPolicy: string
  clientMaxBodySize: string
  proxyReadTimeout: string
  proxyConnectTimeout: string
  /** Complete: defaults with the administrator's changes, in order. */
  proxySetHeaders: Record<string, string>
  /** Empty = nginx's own. */
  proxyCustomBufferSize: string
  realIp: { header: string; recursive: string; trustedAddresses: string[] }
  /** Format text for `log_format`, and its escape kind. */
  logFormat: string
  logFormatEscape: string
  errorLogLevel: string
  /** Raw text for the end of the server block. */
  custom: string
}

export interface LetsEncryptSettings {
  enabled: boolean
  /** Took the place of a certificate that was not there: remembered in the secrets file, as GitLab does, so that it goes on. */
  automatic: boolean
  /** First the chat's host, then `alt_names` (which beside GitLab are those of GitLab's own certificate). */
  names: string[]
  contactEmails: string[]
  webroot: string
  productionEndpoint: string
  stagingEndpoint: string
  /** `rsa` or `ec`. */
  keyType: 'rsa' | 'ec'
  keySize: number
  ecCurve: string
  owner: string
  group: string
  autoRenew: boolean
  /** cron fields. */
  renewHour: string
  renewMinute: string
  renewDayOfMonth: string
  renewLogDirectory: string
}

export interface LoggingSettings {
  /** Owns the log directory beside the account (then 0750); undefined: nobody. */
  logGroup: string | undefined
  svlogd: {
    /** Bytes. */
    size: number
    num: number
    /** Seconds. */
    timeout: number
    /** Command that rotated files pass through, `gzip`; empty: none. */
    filter: string
    /** `address:port` that every line is also sent to; empty: none. */
    udp: string
    /** Put before every line; empty: none. */
    prefix: string
  }
  logrotate: {
    frequency: string
    /** Empty: not in the configuration. */
    maxsize: string
    size: string
    rotate: number
    compress: string
    method: string
    postrotate: string
    dateformat: string
    /** `logrotate['services']` holds `mattermost`: rotate the service's own log too. */
    includesService: boolean
  }
}

/**
 * The `mattermost` section of the secrets file. Save it with `saveSecrets(context, settings)` before the service
 * starts; after a registration with GitLab, save it with
 * `saveSecrets(context, settings, { gitlab_enable: true, register_as_oauth_app: false, … })` and load again.
 * `gitlab_enable`, `gitlab_scope` and `register_as_oauth_app` are what was remembered; with the settings over them they
 * stand in `gitlab.login` and `gitlab.registration`.
 */
export interface Secrets {
  email_invite_salt: string
  file_public_link_salt: string
  sql_at_rest_encrypt_key: string
  gitlab_id: string
  gitlab_secret: string
  gitlab_enable: boolean
  /** Scope that the registered application has. */
  gitlab_scope: string
  register_as_oauth_app: boolean
  /** Redirect URIs that GitLab was told; a change of the URL shows here. Empty: not registered by Outpost. */
  registered_redirect_uris: string[]
}
