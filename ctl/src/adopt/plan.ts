import { demandLevel } from '../backup/schema-level.ts'
import { Problem } from '../cli/problem.ts'
import type { Bundled } from './bundled.ts'
import type { Adoption } from './saved.ts'
import type { Changes } from './settings-text.ts'

export interface AdoptOptions {
  readonly isCopy: boolean
  /** a dump to fill the database from */
  readonly dump: string | undefined
  /** the data file of the guide, or a folder like the chat's home, or nothing */
  readonly data: string | undefined
  readonly editsGitLabRb: boolean
}

export interface AdoptPlan {
  readonly mode: Adoption['mode']
  readonly changes: Changes
  /** role that is to own the database, when it is another one than now */
  readonly newRole: string | undefined
}

/** Where a copy lives: apart from everything of the package. */
const PLACES = {
  'mattermost.home': '/var/opt/outpost/mattermost',
  'mattermost.file_directory': '/var/opt/outpost/mattermost/data',
  'mattermost.plugin_directory': '/var/opt/outpost/mattermost/plugins',
  'mattermost.plugin_client_directory': '/var/opt/outpost/mattermost/client-plugins',
  'mattermost.env_directory': '/opt/outpost/etc/mattermost/env',
  'mattermost.log_file_directory': '/var/log/outpost/mattermost',
}

/** Decides how the chat moves. Throws a Problem for one that this version cannot take over. */
export function planAdoption(bundled: Bundled, { isCopy, dump }: AdoptOptions): AdoptPlan {
  const { settings, database, access, problem } = bundled
  if (settings.url === undefined && settings.gitlab.chatUrlForGitLab === undefined)
    throw new Problem(
      `${settings.source.file} does not say where the chat is.`,
      "Add mattermost_external_url 'https://chat.example.com', or name a copy that has it: --gitlab-rb FILE",
    )
  if (dump !== undefined) return { mode: 'dump', changes: {}, newRole: undefined }
  if (!database)
    throw new Problem(
      `The database ${access.name} cannot be looked at: ${problem}`,
      'Start it (gitlab-ctl start postgresql), or name a dump of it: --database FILE',
    )
  demandLevel(database.state, `The database ${access.name}`)
  const { manage } = settings.database
  if (isCopy && !manage)
    throw new Problem(
      'The database is on a server that the settings name; outpost-ctl cannot make another one there.',
      'Leave --copy out, or make a new database, name it in the settings and use --database with a dump.',
    )
  const role = settings.account.username
  const movesRole = manage && settings.gitlab.installed && database.owner !== role
  return {
    mode: isCopy ? 'copy' : 'in place',
    changes: {
      ...(isCopy && { ...PLACES, 'mattermost.database_name': `${access.name}_outpost` }),
      ...(movesRole && roleChanges(bundled, role)),
    },
    newRole: movesRole ? role : undefined,
  }
}

/**
 * GitLab 19 forgets that the account mattermost may enter as gitlab_mattermost. It lets every account enter under its
 * own name, so the database is handed to a role of that name.
 */
function roleChanges({ settings, access }: Bundled, role: string): Changes {
  const section = settings.written.mattermost as Record<string, unknown> | undefined
  const isExplicit = typeof section?.sql_data_source === 'string' && section.sql_data_source !== ''
  return {
    'postgresql.sql_mattermost_user': role,
    ...(isExplicit && { 'mattermost.sql_data_source': '', 'mattermost.database_name': access.name }),
  }
}

/** The steps, for people. */
export function planLines({ mode, newRole, changes }: AdoptPlan, bundled: Bundled, options: AdoptOptions): string[] {
  const { access } = bundled
  const steps = [
    'save settings, secrets, environment and config.json in /etc/outpost/adopted',
    'write /etc/outpost/outpost.rb and /etc/outpost/outpost-secrets.json',
    ...(bundled.isServiceUp ? ["stop GitLab's own chat server"] : []),
    ...(mode === 'copy'
      ? [`copy database and files: ${changes['mattermost.database_name']}, ${changes['mattermost.home']}`]
      : []),
    ...(mode === 'dump' ? [`fill the database from ${options.dump}`] : []),
    ...(newRole && mode === 'in place'
      ? [
          `hand the database ${access.name} from the role ${bundled.database!.owner} to ${newRole}, which GitLab 19 lets in`,
        ]
      : []),
    'reconfigure: start Outpost in its place',
    ...(options.editsGitLabRb ? ['comment the lines of the chat out in gitlab.rb and set mattermost_host'] : []),
  ]
  return ['', 'Steps:', ...steps.map((step, at) => `  ${at + 1}. ${step}`)]
}
