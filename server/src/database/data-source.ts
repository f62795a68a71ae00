import { readFileSync } from 'node:fs'
import { userInfo } from 'node:os'
import type { ClientConfig } from 'pg'

/** A data source that cannot be understood. The text never repeats the string itself: it holds the password. */
export class DataSourceError extends Error {
  override name = 'DataSourceError'
}

/** Where and how to connect, as `SqlSettings.DataSource` says it, completed from the `PG*` variables. */
export interface DataSource {
  /** Name, address, or absolute directory of a unix socket. */
  host: string
  port: number
  database: string
  user: string
  password: string | undefined
  sslMode: 'disable' | 'require' | 'verify-ca' | 'verify-full'
  /** What the driver wants: `false`, or TLS options. */
  ssl: ClientConfig['ssl']
  /** 0 = wait without limit. */
  connectTimeoutMs: number
  applicationName: string
  /** Start-up options for the server session (`-c name=value …`), or undefined. */
  options: string | undefined
  /** What an operator should know about the string: sentences without secrets. */
  warnings: string[]
}

type Settings = Map<string, string>
type Env = Record<string, string | undefined>

const fromEnvironment: Record<string, string> = {
  host: 'PGHOST',
  port: 'PGPORT',
  user: 'PGUSER',
  password: 'PGPASSWORD',
  dbname: 'PGDATABASE',
  sslmode: 'PGSSLMODE',
  sslcert: 'PGSSLCERT',
  sslkey: 'PGSSLKEY',
  sslrootcert: 'PGSSLROOTCERT',
  connect_timeout: 'PGCONNECT_TIMEOUT',
  application_name: 'PGAPPNAME',
  options: 'PGOPTIONS',
}

/** Session settings of the server that may stand in a data source and are passed on. */
const sessionSettings = new Set([
  'search_path',
  'timezone',
  'statement_timeout',
  'lock_timeout',
  'idle_in_transaction_session_timeout',
  'default_text_search_config',
  'work_mem',
  'role',
])

/** Understood but without meaning here: the driver always speaks UTF-8 and ISO dates. */
const harmless = new Set(['binary_parameters', 'client_encoding', 'datestyle', 'sslsni', 'sslinline'])

/**
 * Reads both forms of a data source: `postgres://user:pass@host:5432/db?sslmode=disable` and
 * `user=x host=/var/opt/gitlab/postgresql dbname=y`. Parameters it does not know are named in `warnings` and ignored.
 * Throws DataSourceError when the string makes no sense.
 */
export function parseDataSource(text: string, env: Env = process.env): DataSource {
  const given = /^postgres(ql)?:\/\//i.test(text.trim()) ? readUrl(text.trim()) : readKeywords(text)
  const warnings: string[] = []
  const get = (name: string): string | undefined => {
    const value = given.get(name)
    if (value !== undefined && value !== '') return value
    const variable = fromEnvironment[name]
    return (variable && env[variable]) || undefined
  }
  const host = get('host') ?? 'localhost'
  if (host.includes(',')) throw new DataSourceError('The data source names several hosts; Outpost connects to one.')
  const user = get('user') ?? userInfo().username
  const sslMode = readSslMode(get('sslmode'), host, warnings)
  return {
    host,
    port: readNumber('port', get('port') ?? '5432', 1, 65535),
    database: get('dbname') ?? user,
    user,
    password: get('password'),
    sslMode,
    ssl: readSsl(sslMode, get, given.get('sslinline') === 'true'),
    connectTimeoutMs: readNumber('connect_timeout', get('connect_timeout') ?? '0', 0, 86_400) * 1000,
    applicationName: get('application_name') ?? get('fallback_application_name') ?? 'outpost',
    options: readOptions(given, get('options'), warnings),
    warnings,
  }
}

function readUrl(text: string): Settings {
  const settings: Settings = new Map()
  const rest = text.slice(text.indexOf('://') + 3).split('#', 1)[0]!
  const end = rest.search(/[/?]/)
  const authority = end < 0 ? rest : rest.slice(0, end)
  const [path = '', query = ''] = end < 0 ? [] : splitOnce(rest.slice(end), '?')
  const at = authority.lastIndexOf('@')
  if (at >= 0) {
    const [user, password] = splitOnce(authority.slice(0, at), ':')
    settings.set('user', decode(user))
    if (password !== undefined) settings.set('password', decode(password))
  }
  const address = /^(\[[^\]]*\]|[^:]*)(?::(.*))?$/.exec(authority.slice(at + 1))
  if (!address) throw new DataSourceError('The data source has a host and port that cannot be read.')
  settings.set('host', decode(address[1]!.replace(/^\[|\]$/g, '')))
  if (address[2]) settings.set('port', address[2])
  settings.set('dbname', decode(path.replace(/^\//, '')))
  for (const [name, value] of new URLSearchParams(query)) settings.set(name === 'database' ? 'dbname' : name, value)
  return settings
}

function splitOnce(text: string, separator: string): [string, string | undefined] {
  const at = text.indexOf(separator)
  return at < 0 ? [text, undefined] : [text.slice(0, at), text.slice(at + separator.length)]
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    throw new DataSourceError('The data source has a percent sign that is not part of an encoded character; write %25.')
  }
}

/** libpq's keyword form: spaces around `=` allowed, single quotes, `\'` and `\\`; a later duplicate wins. */
function readKeywords(text: string): Settings {
  const settings: Settings = new Map()
  const pair = /\s*([A-Za-z_][\w.]*)\s*=\s*(?:'((?:[^'\\]|\\.)*)'|((?:[^\s'\\]|\\.)(?:[^\s\\]|\\.)*)?)(?=\s|$)/sy
  const end = text.trimEnd().length
  while (pair.lastIndex < end) {
    const start = pair.lastIndex
    const match = pair.exec(text)
    if (!match) {
      const near = /^\s*([A-Za-z_]\w*)\s*=/.exec(text.slice(start))?.[1]
      throw new DataSourceError(
        `The data source cannot be read${near ? ` at "${near}"` : ''}: expected key=value pairs or postgres://…`,
      )
    }
    settings.set(match[1]!, (match[2] ?? match[3] ?? '').replace(/\\(.)/gs, '$1'))
  }
  return settings
}

function readNumber(name: string, text: string, min: number, max: number): number {
  const value = Number(text)
  if (!/^\d+$/.test(text) || value < min || value > max)
    throw new DataSourceError(`The data source has a ${name} that is not a number from ${min} to ${max}.`)
  return value
}

function readSslMode(mode: string | undefined, host: string, warnings: string[]): DataSource['sslMode'] {
  if (host.startsWith('/')) return 'disable'
  switch (mode) {
    case 'disable':
    case 'require':
    case 'verify-ca':
    case 'verify-full':
      return mode
    // The reference driver demands TLS when nothing is said.
    case undefined:
      return 'require'
    // GitLab's documentation prints this value although no driver knows it.
    case 'required':
      warnings.push('The data source says sslmode=required; it is taken as sslmode=require.')
      return 'require'
    default:
      throw new DataSourceError('The data source has an sslmode other than disable, require, verify-ca, verify-full.')
  }
}

function readSsl(mode: DataSource['sslMode'], get: (name: string) => string | undefined, inline: boolean) {
  if (mode === 'disable') return false
  const load = (name: string): string | undefined => {
    const value = get(name)
    if (value === undefined || inline) return value
    try {
      return readFileSync(value, 'utf8')
    } catch (error) {
      throw new DataSourceError(`The file named by ${name} cannot be read (${(error as NodeJS.ErrnoException).code}).`)
    }
  }
  const ca = load('sslrootcert')
  // A given root certificate turns `require` into `verify-ca`, as libpq has it.
  const verify = mode !== 'require' || ca !== undefined
  return {
    ca,
    cert: load('sslcert'),
    key: load('sslkey'),
    rejectUnauthorized: verify,
    ...(mode === 'verify-full' ? {} : { checkServerIdentity: () => undefined }),
  }
}

function readOptions(given: Settings, options: string | undefined, warnings: string[]): string | undefined {
  const parts = options ? [options] : []
  const known = new Set([...Object.keys(fromEnvironment), 'fallback_application_name', ...harmless])
  for (const [name, value] of given) {
    if (sessionSettings.has(name.toLowerCase()) || name.includes('.'))
      parts.push(`-c ${name}=${value.replace(/[\\\s]/g, '\\$&')}`)
    else if (!known.has(name)) warnings.push(`The data source parameter "${name}" is not known here and is ignored.`)
  }
  return parts.length ? parts.join(' ') : undefined
}

/** What pg's Client and Pool want. */
export function clientConfig(source: DataSource): ClientConfig {
  return {
    host: source.host,
    port: source.port,
    database: source.database,
    user: source.user,
    password: source.password,
    ssl: source.ssl,
    connectionTimeoutMillis: source.connectTimeoutMs,
    application_name: source.applicationName,
    options: source.options,
    keepAlive: true,
  }
}

/** For logs and messages: `host:port/database`, never the user or the password. */
export function describeDataSource(source: DataSource): string {
  return `${source.host}:${source.port}/${source.database}`
}

/** The string with user and password replaced by `****`, in either form; for logs and the support packet. */
export function maskDataSource(text: string): string {
  const trimmed = text.trim()
  if (!/^postgres(ql)?:\/\//i.test(trimmed))
    return trimmed.replace(/\b(user|password)(\s*=\s*)('(?:[^'\\]|\\.)*'?|(?:[^\s\\]|\\.)*)/gis, '$1$2****')
  const start = trimmed.indexOf('://') + 3
  const end = trimmed.slice(start).search(/[/?#]/)
  const authority = end < 0 ? trimmed.slice(start) : trimmed.slice(start, start + end)
  const rest = end < 0 ? '' : trimmed.slice(start + end)
  const at = authority.lastIndexOf('@')
  const host = at < 0 ? authority : `****:****@${authority.slice(at + 1)}`
  const query = rest
    .replace(/([?&])(?:user|password)=[^&#]*/gi, '$1')
    .replace(/&{2,}/g, '&')
    .replace('?&', '?')
  return trimmed.slice(0, start) + host + query.replace(/[?&]$/, '')
}
