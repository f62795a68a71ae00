import { cp, mkdir, readFile, readdir } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { onDisk, type Context } from '../context.ts'
import { exists } from '../postgresql/programs.ts'
import { writeAtomically } from '../resources/write-atomically.ts'
import type { Bundled } from './bundled.ts'

/** What an adoption needs to remember, to go on when it was cut off and to be taken back. */
export interface Adoption {
  readonly isDone: boolean
  readonly mode: 'in place' | 'copy' | 'dump'
  readonly began: string
  /** the package's chat server ran before */
  readonly wasUp: boolean
  readonly database: string
  readonly oldRole: string
  /** role that owns the database now, and whether the adoption made it; undefined: the old one still does */
  readonly newRole: string | undefined
  /** folder that GitLab's environment variables were in */
  readonly envDirectory: string | undefined
  readonly isGitLabRbEdited: boolean
}

export const savedFolder = ({ paths }: Context): string => onDisk(paths, '/etc/outpost/adopted')
const stateFile = (context: Context): string => join(savedFolder(context), 'adoption.json')

export async function readAdoption(context: Context): Promise<Adoption | undefined> {
  const text = await readFile(stateFile(context), 'utf8').catch(() => undefined)
  return text === undefined ? undefined : (JSON.parse(text) as Adoption)
}

export async function writeAdoption(context: Context, adoption: Adoption): Promise<void> {
  await put(stateFile(context), `${JSON.stringify(adoption, null, 2)}\n`)
}

/** Writes a file for root's eyes only. */
export async function put(path: string, text: string | Buffer): Promise<void> {
  await writeAtomically(path, text, { uid: process.geteuid!(), gid: process.getegid!(), mode: 0o600 })
}

/**
 * Copies what GitLab 19 drops in its first run, and what the way back needs: settings, the chat's secrets, environment,
 * config.json, and how PostgreSQL knew the chat. Copies that are there already stay: they are the older truth.
 */
export async function saveFound(context: Context, bundled: Bundled): Promise<void> {
  const folder = savedFolder(context)
  await mkdir(dirname(folder), { recursive: true, mode: 0o755 })
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const { settings, machine, secrets, envDirectory } = bundled
  const { directories, database } = machine.settings
  const data = join(database.local.directory, 'data')
  const copies: [name: string, source: string][] = [
    ['gitlab.rb', settings.source.file],
    ['config.json', directories.configFile],
    ['VERSION', join(directories.home, 'VERSION')],
    ['pg_ident.conf', join(data, 'pg_ident.conf')],
    ['pg_hba.conf', join(data, 'pg_hba.conf')],
  ]
  for (const [name, source] of copies) {
    const text = await readFile(source).catch(() => undefined)
    if (text !== undefined && !(await exists(join(folder, name)))) await put(join(folder, name), text)
  }
  const section = join(folder, 'gitlab-secrets.json')
  if (secrets.source !== '' && !(await exists(section)))
    await put(section, `${JSON.stringify({ mattermost: secrets.section }, null, 2)}\n`)
  if (envDirectory !== undefined && !(await exists(join(folder, 'env'))))
    await cp(envDirectory, join(folder, 'env'), { recursive: true })
}

/** The variables of the package's service, by name. */
export async function savedEnv(context: Context): Promise<Map<string, string>> {
  const folder = join(savedFolder(context), 'env')
  const names = await readdir(folder).catch(() => [])
  const texts = await Promise.all(
    names.map(async (name) => [name, await readFile(join(folder, name), 'utf8')] as const),
  )
  return new Map(texts)
}
