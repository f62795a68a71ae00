import { readFile, readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { accessDatabase, inSession, type DatabaseAccess } from '../backup/database-access.ts'
import { lookAtTarget, type Target } from '../backup/check-target.ts'
import type { SchemaState } from '../backup/manifest.ts'
import { readSchemaState } from '../backup/schema-state.ts'
import { literal } from '../backup/psql-session.ts'
import { measureFolder } from '../backup/walk-folder.ts'
import { noticeLines } from '../cli/notices.ts'
import { Problem } from '../cli/problem.ts'
import { onDisk, type Context } from '../context.ts'
import { exists } from '../postgresql/programs.ts'
import { lookAtMachine, type Machine } from '../reconfigure/machine.ts'
import { rooted } from '../reconfigure/rooted.ts'
import { findUser } from '../resources/accounts.ts'
import { loadSettings } from '../settings/load-settings.ts'
import type { Settings } from '../settings/settings.ts'
import { bundledServices } from './bundled-service.ts'
import { findOldSecrets, type OldSecrets } from './old-secrets.ts'

/** The chat of GitLab's package, as it was found. */
export interface Bundled {
  /** of gitlab.rb, places as written there */
  readonly settings: Settings
  /** the same, below the root prefix */
  readonly machine: Machine
  readonly access: DatabaseAccess
  readonly secrets: OldSecrets
  readonly gitlabVersion: string | undefined
  /** what the package wrote down: Mattermost's version */
  readonly version: string | undefined
  readonly isServiceEnabled: boolean
  readonly isServiceUp: boolean
  readonly files: { readonly files: number; readonly bytes: number }
  readonly hasConfig: boolean
  readonly envDirectory: string | undefined
  /** undefined when it cannot be reached; `problem` says why */
  readonly database: BundledDatabase | undefined
  readonly problem: string
}

export interface BundledDatabase extends Target {
  readonly state: SchemaState
  readonly owner: string
}

/** Looks at everything the package left; changes nothing. `gitlabRb`: another settings file than GitLab's own. */
export async function findBundled(context: Context, gitlabRb: string | undefined): Promise<Bundled> {
  const file = gitlabRb ?? onDisk(context.paths, context.paths.gitlabSettingsFile)
  const { settings, report } = await loadSettings(context, { file })
  if (!settings)
    throw new Problem(
      ['The settings of GitLab cannot be used:', ...report.errors.flatMap(noticeLines)].join('\n'),
      'Correct them, or name a copy from before: --gitlab-rb FILE (old ones are in /etc/gitlab/config_backup).',
    )
  const machine = await lookAtMachine(context, rooted(settings, context.paths))
  const gitlabDirectory = onDisk(context.paths, context.paths.gitlabDirectory)
  const { directories, database: where } = machine.settings
  // On a new machine nobody is there yet who could enter a database; a dump brings one.
  const isNew = (await findUser(where.local.username)) === undefined
  const superuser = isNew ? { numbers: async () => ({}) } : machine.superuser
  const access = await accessDatabase(machine.settings, superuser, gitlabDirectory)
  const service = await bundledServices(context.paths)
  const { database, problem } = await lookAtDatabase(access)
  return {
    settings,
    machine,
    access,
    secrets: await findOldSecrets(context, directories),
    gitlabVersion: await line(join(gitlabDirectory, 'embedded/service/gitlab-rails/VERSION')),
    version: await line(join(directories.home, 'VERSION')),
    ...service,
    files: await measureFolder(directories.files, []),
    hasConfig: await exists(directories.configFile),
    envDirectory: await firstFolder([directories.env, join(directories.home, 'env')]),
    database,
    problem,
  }
}

/** Switched on by GitLab 18.11.8 without anybody's will: no address was ever set, and nobody has an account. */
export const isAccidental = ({ settings, database }: Bundled): boolean =>
  settings.url === undefined && settings.gitlab.chatUrlForGitLab === undefined && (database?.users ?? 0) === 0

async function lookAtDatabase(
  access: DatabaseAccess,
): Promise<{ database: BundledDatabase | undefined; problem: string }> {
  try {
    const target = await lookAtTarget(access)
    const database = await inSession(access, access.admin, access.name, async (session) => ({
      ...target,
      state: await readSchemaState(session),
      owner: await session.value(
        `SELECT pg_get_userbyid(datdba) FROM pg_database WHERE datname = ${literal(access.name)};`,
      ),
    }))
    return { database, problem: '' }
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    return { database: undefined, problem: error.message }
  }
}

async function line(file: string): Promise<string | undefined> {
  const text = await readFile(file, 'utf8').catch(() => undefined)
  return text?.trim().split('\n')[0]
}

async function firstFolder(paths: readonly string[]): Promise<string | undefined> {
  for (const path of paths) {
    const isFolder = (await stat(path).catch(() => undefined))?.isDirectory() ?? false
    if (isFolder && (await readdir(path)).length > 0) return path
  }
  return undefined
}
