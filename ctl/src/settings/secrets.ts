import { randomBytes } from 'node:crypto'
import {
  closeSync,
  fchmodSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs'
import { dirname } from 'node:path'
import { onDisk, type Context } from '../context.ts'
import type { Reader } from './reader.ts'
import type { LetsEncryptSettings, Secrets, Settings } from './settings.ts'

type Json = Record<string, unknown>

/** Secrets as they are to be used, and what the files say beside them. */
export interface FoundSecrets {
  secrets: Secrets
  /** Sign-in through GitLab as the settings have it, else as it was remembered. */
  login: { enabled: boolean; scope: string }
  /** The settings, else the memory, ask for a registration in GitLab. */
  registers: boolean
  /** Names that neither the settings nor a secrets file knew: made just now. */
  made: string[]
  writable: boolean
  letsencryptAutoEnabled: boolean
}

const hex = (): string => randomBytes(16).toString('hex')
const token = (): string => randomBytes(32).toString('base64url')
const generators = {
  email_invite_salt: hex,
  file_public_link_salt: hex,
  sql_at_rest_encrypt_key: hex,
  gitlab_id: token,
  gitlab_secret: token,
}

/**
 * The secrets: from the settings, else Outpost's own file, else GitLab's, else made now. Writes nothing.
 * An explicit `false` in the settings is false: GitLab's own reading let a `true` of the file win over it.
 */
export function findSecrets(context: Context, reader: Reader): FoundSecrets {
  const own = readSecretsFile(context, reader, context.paths.secretsFile)
  const gitlab = readSecretsFile(context, reader, context.paths.gitlabSecretsFile)
  const stored: Json = { ...section(gitlab, 'mattermost'), ...section(own, 'mattermost') }
  const made: string[] = []
  const generate = reader.flag('package.generate_default_secrets', true)
  const text = (name: string): string => {
    const given = reader.text(`mattermost.${name}`) ?? stored[name]
    return typeof given === 'string' ? given : ''
  }
  const secret = (name: keyof typeof generators): string => {
    const known = text(name)
    if (known !== '' || !generate) return known
    made.push(name)
    return generators[name]()
  }
  // What a registration leaves behind. The settings go over it without changing the memory: a line that is taken out
  // again leaves no trace.
  const remembered = (name: string, otherwise: boolean): boolean =>
    typeof stored[name] === 'boolean' ? stored[name] : otherwise
  const secrets: Secrets = {
    email_invite_salt: secret('email_invite_salt'),
    file_public_link_salt: secret('file_public_link_salt'),
    sql_at_rest_encrypt_key: secret('sql_at_rest_encrypt_key'),
    gitlab_id: secret('gitlab_id'),
    gitlab_secret: secret('gitlab_secret'),
    gitlab_enable: remembered('gitlab_enable', false),
    gitlab_scope: typeof stored.gitlab_scope === 'string' ? stored.gitlab_scope : '',
    register_as_oauth_app: remembered('register_as_oauth_app', true),
    registered_redirect_uris: strings(stored.registered_redirect_uris),
  }
  return {
    secrets,
    login: {
      enabled: reader.flag('mattermost.gitlab_enable', secrets.gitlab_enable),
      scope: reader.text('mattermost.gitlab_scope', secrets.gitlab_scope),
    },
    registers: reader.flag('mattermost.register_as_oauth_app', secrets.register_as_oauth_app),
    made,
    writable: reader.flag('package.generate_secrets_json_file', true),
    letsencryptAutoEnabled: section(own, 'letsencrypt').auto_enabled === true,
  }
}

const strings = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((item): item is string => typeof item === 'string') : []

function section(file: Json, name: string): Json {
  const value = file[name]
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : {}
}

/** The file's object; empty when there is no file. A file that cannot be used is a mistake, so that no secret is replaced. */
function readSecretsFile(context: Context, reader: Reader, file: string): Json {
  try {
    return parseObject(readFileSync(onDisk(context.paths, file), 'utf8'))
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ENOENT' || code === 'ENOTDIR') return {}
    const why = code === undefined ? 'is not valid JSON' : `cannot be read (${code})`
    reader.report.errors.push({
      text: `${file} ${why}. Correct it, or restore it from a backup: it holds the keys of the service.`,
    })
    return {}
  }
}

function parseObject(text: string): Json {
  const value: unknown = JSON.parse(text)
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new SyntaxError('not an object')
  return value as Json
}

/**
 * Writes Outpost's secrets file (0600, whole and at once), with `changes` on top of the secrets in use. Keeps what else
 * the file holds. Answers whether it changed; does nothing where `package['generate_secrets_json_file']` is false.
 * Throws the system's error when the disk refuses.
 */
export function saveSecrets(
  context: Context,
  settings: Pick<Settings, 'secrets' | 'secretsWritable'> & { letsencrypt?: Pick<LetsEncryptSettings, 'automatic'> },
  changes: Partial<Secrets> = {},
): boolean {
  if (!settings.secretsWritable) return false
  const file = onDisk(context.paths, context.paths.secretsFile)
  let before = ''
  try {
    before = readFileSync(file, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
  }
  const content = before === '' ? {} : parseObject(before)
  content.mattermost = { ...section(content, 'mattermost'), ...settings.secrets, ...changes }
  if (settings.letsencrypt?.automatic) content.letsencrypt = { ...section(content, 'letsencrypt'), auto_enabled: true }
  const text = `${JSON.stringify(content, null, 2)}\n`
  if (text === before) return false
  mkdirSync(dirname(file), { recursive: true, mode: 0o755 })
  replaceFile(file, text)
  return true
}

function replaceFile(file: string, text: string): void {
  const draft = `${file}.${process.pid}.new`
  try {
    const handle = openSync(draft, 'w', 0o600)
    try {
      fchmodSync(handle, 0o600)
      writeSync(handle, text)
      fsyncSync(handle)
    } finally {
      closeSync(handle)
    }
    renameSync(draft, file)
  } catch (error) {
    rmSync(draft, { force: true })
    throw error
  }
}
