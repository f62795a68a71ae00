import { existsSync } from 'node:fs'
import { onDisk, type Context } from '../context.ts'
import { quote } from '../ruby/assign.ts'
import type { Reader } from './reader.ts'
import type { GitLabSettings, Secrets, ServiceUrl, Settings } from './settings.ts'

/** What the environment is made of. */
export interface EnvParts {
  url: ServiceUrl | undefined
  gitlab: Pick<GitLabSettings, 'url' | 'railsEnabled' | 'login'>
  secrets: Secrets
  directories: Settings['directories']
  listen: Settings['listen']
  dataSource: string
}

/**
 * The variables of the service: those that follow from the settings, with `mattermost['env']` on top, name by name.
 * There a nil keeps what is below, and an empty text unsets the variable.
 */
export function resolveEnv(context: Context, reader: Reader, parts: EnvParts): Record<string, string> {
  const env: Record<string, string> = { ...standing(context), ...derived(reader, parts) }
  for (const [name, value] of reader.texts('mattermost.env')) {
    const path = `mattermost.env.${name}`
    if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(name)) reader.error(path, 'is no name that a variable can have.')
    else if (value !== null) env[name] = checked(reader, path, value)
  }
  const derivedAddress = listenAddress(parts.listen)
  if (env.MM_SERVICESETTINGS_LISTENADDRESS !== derivedAddress)
    reader.warn(
      'mattermost.env.MM_SERVICESETTINGS_LISTENADDRESS',
      `nginx expects the service at ${derivedAddress}; set ${quote('mattermost.service_address')} and ${quote('mattermost.service_port')} instead of MM_SERVICESETTINGS_LISTENADDRESS.`,
    )
  noteProxy(reader, env, parts.gitlab.url)
  return env
}

/** A proxy for everything often does not know the way back to GitLab. */
function noteProxy(reader: Reader, env: Record<string, string>, gitlab: string | undefined): void {
  const get = (name: string): string => env[name] || env[name.toLowerCase()] || ''
  if (gitlab === undefined || (get('HTTP_PROXY') === '' && get('HTTPS_PROXY') === '')) return
  const { hostname } = new URL(gitlab)
  const excepted = get('NO_PROXY')
    .split(/[\s,]+/)
    .filter((entry) => entry !== '')
  if (excepted.some((entry) => entry === '*' || hostname.endsWith(entry.replace(/^\*?\.?/, '').replace(/:\d+$/, ''))))
    return
  reader.report.notes.push(
    reader.notice(
      'mattermost.env',
      `The service reaches GitLab through the proxy. If it should go there directly, add ${hostname} to NO_PROXY.`,
    ),
  )
}

/** The variable's file has one line: more would be lost without a word. */
function checked(reader: Reader, path: string, value: string): string {
  if (/[\r\n]/.test(value.trimEnd()))
    reader.error(path, 'has several lines; only the first one would arrive. Write it in one line.')
  if (value.includes('\0')) reader.error(path, 'must not hold a NUL character.')
  if (/[ \t\r\n]$/.test(value)) reader.warn(path, `${quote(path)} ends with blanks, which are cut off.`)
  return value.trimEnd()
}

/** GitLab's bundle of certificates where GitLab is, the system's elsewhere. */
function standing(context: Context): Record<string, string> {
  const bundled = `${context.paths.gitlabDirectory}/embedded/ssl/certs/`
  const certificates = existsSync(onDisk(context.paths, bundled)) ? bundled : '/etc/ssl/certs/'
  return { SSL_CERT_DIR: certificates, GODEBUG: 'tlsmlkem=0' }
}

function listenAddress({ address, port }: Settings['listen']): string {
  return `${address.includes(':') && !address.startsWith('[') ? `[${address}]` : address}:${port}`
}

function derived(reader: Reader, parts: EnvParts): Record<string, string> {
  const { url, gitlab, secrets, directories, listen, dataSource } = parts
  return {
    MM_SERVICESETTINGS_SITEURL: siteUrl(reader, url),
    MM_SERVICESETTINGS_LISTENADDRESS: listenAddress(listen),
    MM_SERVICESETTINGS_ALLOWEDUNTRUSTEDINTERNALCONNECTIONS: allowedConnections(reader, gitlab),
    MM_SERVICESETTINGS_ENABLEAPITEAMDELETION: String(reader.flag('mattermost.service_enable_api_team_deletion', true)),
    MM_TEAMSETTINGS_SITENAME: reader.text('mattermost.team_site_name', 'GitLab Mattermost'),
    MM_SQLSETTINGS_DRIVERNAME: 'postgres',
    MM_SQLSETTINGS_DATASOURCE: dataSource,
    MM_SQLSETTINGS_ATRESTENCRYPTKEY: secrets.sql_at_rest_encrypt_key,
    MM_LOGSETTINGS_FILELOCATION: directories.logs,
    MM_FILESETTINGS_DIRECTORY: directories.files,
    MM_GITLABSETTINGS_ENABLE: String(gitlab.login.enabled),
    MM_GITLABSETTINGS_SECRET: gitlab.login.secret,
    MM_GITLABSETTINGS_ID: gitlab.login.id,
    MM_GITLABSETTINGS_SCOPE: gitlab.login.scope,
    MM_GITLABSETTINGS_AUTHENDPOINT: gitlab.login.authEndpoint,
    MM_GITLABSETTINGS_TOKENENDPOINT: gitlab.login.tokenEndpoint,
    MM_GITLABSETTINGS_USERAPIENDPOINT: gitlab.login.userEndpoint,
    MM_PLUGINSETTINGS_DIRECTORY: directories.plugins,
    MM_PLUGINSETTINGS_CLIENTDIRECTORY: directories.clientPlugins,
    MM_INSTALL_TYPE: 'gitlab_omnibus',
  }
}

function siteUrl(reader: Reader, url: ServiceUrl | undefined): string {
  const site = reader.text('mattermost.service_site_url')
  if (site === undefined) return url?.href ?? ''
  const trimmed = site.replace(/\/+$/, '')
  if (trimmed !== '' && !/^https?:\/\/[^\s/]+\S*$/i.test(trimmed))
    reader.error('mattermost.service_site_url', 'must be an address that begins with http:// or https://.')
  return trimmed
}

/** GitLab's host is one that the service may always reach, where GitLab runs on this machine. */
function allowedConnections(reader: Reader, gitlab: EnvParts['gitlab']): string {
  const given = reader.text('mattermost.service_allowed_untrusted_internal_connections', '')
  const puma = gitlab.railsEnabled && reader.flag('puma.enable', true)
  if (!puma || gitlab.url === undefined) return given
  return `${given} ${new URL(gitlab.url).hostname}`
}
