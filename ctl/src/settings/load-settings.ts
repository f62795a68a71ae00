import { readFileSync, statSync } from 'node:fs'
import { onDisk, type Context } from '../context.ts'
import { MAX_SOURCE } from '../ruby/parse-ruby.ts'
import { readRuby } from '../ruby/read-ruby.ts'
import { toJson } from '../ruby/values.ts'
import { checkWords } from './check-words.ts'
import { Reader } from './reader.ts'
import { resolveAccount, resolveDirectories } from './resolve-account.ts'
import { planDatabase, resolveDatabase } from './resolve-database.ts'
import { resolveEnv } from './resolve-env.ts'
import { resolveGitLab, resolveRegistration } from './resolve-gitlab.ts'
import { resolveLetsEncrypt } from './resolve-letsencrypt.ts'
import { resolveLogging } from './resolve-logging.ts'
import { resolveNginx } from './resolve-nginx.ts'
import { resolveEnabled, resolveUrl } from './resolve-url.ts'
import { findSecrets } from './secrets.ts'
import type { Loaded, Settings, SettingsSource } from './settings.ts'
import { findSettingsFile, notesOfFile } from './settings-file.ts'

/**
 * Reads the settings and the secrets and works out what the machine is to become. Changes nothing: what was made up
 * here (secrets) is kept by `saveSecrets`. Every mistake is in the report, with file, line and what to do; then there
 * are no settings. `file`: another settings file than the machine's.
 */
export async function loadSettings(context: Context, options: { file?: string } = {}): Promise<Loaded> {
  const { file, kind } = findSettingsFile(context, options.file)
  const problem = (text: string): Loaded => ({
    settings: undefined,
    report: { errors: [{ text }], removals: [], warnings: [], notes: [] },
  })
  const text = readSettingsFile(context, file, kind)
  const docker = context.env.GITLAB_OMNIBUS_CONFIG
  if (text instanceof Error && !(docker && kind === 'gitlab' && text.cause === 'ENOENT')) return problem(text.message)
  const sources = [
    ...(docker ? [{ file: 'GITLAB_OMNIBUS_CONFIG', text: docker }] : []),
    ...(text instanceof Error ? [] : [{ file, text }]),
  ]
  const reader = new Reader(await readRuby(context, sources))
  if (sources.some((source) => source.text.includes('\uFFFD')))
    reader.report.warnings.push({
      text: `${file} is not entirely UTF-8; letters that are not were replaced. Save it as UTF-8.`,
    })
  reader.report.notes.push(...notesOfFile(context, kind))
  checkWords(reader)
  const settings = resolveSettings(context, reader, { file, kind, read: reader.ruby.read })
  const { report } = reader
  for (const list of [report.errors, report.removals, report.warnings]) sortByPlace(list)
  return { settings: report.errors.length === 0 ? settings : undefined, report }
}

/** The file's text, or an Error that says why not. A named file is the caller's own path, without the root prefix. */
function readSettingsFile(context: Context, file: string, kind: SettingsSource['kind']): string | Error {
  const real = kind === 'given' ? file : onDisk(context.paths, file)
  try {
    if (!statSync(real).isFile()) return new Error(`${file} is not a file. Name a settings file.`)
    if (statSync(real).size > MAX_SOURCE) return new Error(`${file} is larger than 1 MiB; no settings file is.`)
    return readFileSync(real, 'utf8')
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code !== 'ENOENT')
      return new Error(`${file} cannot be read (${code}). Run the command as root.`, { cause: code })
    const create = `Create ${context.paths.settingsFile} with the line: mattermost_external_url 'https://chat.example.com'`
    return new Error(`There is no settings file ${file}. ${kind === 'given' ? 'Name one that exists.' : create}`, {
      cause: code,
    })
  }
}

function resolveSettings(context: Context, reader: Reader, source: SettingsSource): Settings | undefined {
  const url = resolveUrl(reader)
  const enabled = resolveEnabled(reader, url)
  const found = findSecrets(context, reader)
  const account = resolveAccount(reader)
  const directories = resolveDirectories(reader, account.home)
  const listen = {
    address: reader.word('mattermost.service_address', '127.0.0.1'),
    port: reader.integer('mattermost.service_port', { min: 1, max: 65_535 }, 8065),
  }
  const gitlab = resolveGitLab(context, reader, found)
  const plan = planDatabase(reader)
  const { secrets } = found
  const env = resolveEnv(context, reader, { url, gitlab, secrets, directories, listen, dataSource: plan.dataSource })
  const database = resolveDatabase(reader, plan, env)
  const letsencrypt = resolveLetsEncrypt(context, reader, { enabled, url, shared: gitlab.installed, found })
  const nginx = resolveNginx(reader, { enabled, url }, letsencrypt.enabled)
  const logging = resolveLogging(context, reader)
  const siteUrl = (env.MM_SERVICESETTINGS_SITEURL ?? '').replace(/\/+$/, '')
  const sites = { enabled, siteUrl, externalUrl: url?.href ?? '' }
  const registration = resolveRegistration(reader, gitlab, found, sites)
  if (enabled && found.made.length > 0 && !found.writable)
    reader.report.warnings.push({
      text: `package['generate_secrets_json_file'] is false and nothing gives ${found.made.join(', ')}: they will be others in the next run. Write them into the settings.`,
    })
  if (!database) return undefined
  if (source.kind === 'gitlab' && gitlab.installed && reader.isSet('mattermost'))
    reader.report.notes.push({
      text: `GitLab 19 stops its own reconfigure while ${source.file} holds mattermost[…] lines. Before that upgrade move all mattermost lines to ${context.paths.settingsFile}, and tell GitLab where the chat is: gitlab_rails['mattermost_host'] = '${url?.href ?? 'https://chat.example.com'}'`,
    })
  const written = toJson(reader.ruby.words) as Record<string, unknown>
  return {
    source,
    enabled,
    url,
    siteUrl,
    account,
    directories: effectiveDirectories(directories, env),
    listen,
    env,
    database,
    gitlab: { ...gitlab, registration },
    nginx,
    letsencrypt,
    logging,
    secrets,
    secretsWritable: found.writable,
    written,
  }
}

/** The folders that the service will really use: `mattermost['env']` may name others. */
function effectiveDirectories(
  directories: Settings['directories'],
  env: Record<string, string>,
): Settings['directories'] {
  const absolute = (name: string, otherwise: string): string =>
    env[name]?.startsWith('/') ? env[name].replace(/(?<=.)\/+$/, '') : otherwise
  return {
    ...directories,
    files: absolute('MM_FILESETTINGS_DIRECTORY', directories.files),
    plugins: absolute('MM_PLUGINSETTINGS_DIRECTORY', directories.plugins),
    clientPlugins: absolute('MM_PLUGINSETTINGS_CLIENTDIRECTORY', directories.clientPlugins),
  }
}

function sortByPlace(list: { place?: { file: string; line: number } }[]): void {
  const line = (notice: (typeof list)[number]): number => notice.place?.line ?? 0
  list.sort((a, b) => (a.place?.file === b.place?.file ? line(a) - line(b) : 0))
}
