import type pg from 'pg'
import { trustLocalAuthorities } from '../certificates/trust.ts'
import { Problem, reasonOf } from '../cli/problem.ts'
import type { Context } from '../context.ts'
import { registerByApi, type Registration, type RegistrationRequest } from '../gitlab-registration/index.ts'
import { Superuser } from '../postgresql/superuser.ts'
import { runAs } from '../resources/run-as.ts'
import { onDisk } from '../context.ts'
import { saveSecrets } from '../settings/secrets.ts'
import type { Settings } from '../settings/settings.ts'

/** What came of telling GitLab about the chat. */
export interface RegistrationOutcome {
  /** one line for the run's log */
  readonly line: string
  /** what the administrator should know or do at the end of the run */
  readonly warnings: readonly string[]
  readonly notes: readonly string[]
  /** the secrets have changed: the settings have to be read again */
  readonly isChanged: boolean
}

/**
 * Makes GitLab know the chat, through its database beside it or through its API with an administrator's token.
 * A GitLab that cannot be told is no failure: the steps to do by hand are in the warnings.
 */
export async function register(
  context: Context,
  settings: Settings,
  token: string | undefined,
): Promise<RegistrationOutcome> {
  const { registration, login } = settings.gitlab
  const nothing = { warnings: [], notes: [], isChanged: false }
  if (!registration.wanted && !token) return { ...nothing, line: `not wanted: ${registration.reason}` }
  if (!settings.secretsWritable) {
    const warning =
      "Signing in with GitLab is not set up: package['generate_secrets_json_file'] is false, so its id and secret could not be kept."
    return { ...nothing, line: 'skipped: secrets are not to be written', warnings: [warning] }
  }
  const request: RegistrationRequest = {
    siteUrl: settings.siteUrl,
    name: registration.name,
    id: login.id,
    secret: login.secret,
    scopes: login.scope || undefined,
  }
  try {
    const done = await tellGitLab(context, settings, request, token)
    saveSecrets(context, settings, {
      gitlab_enable: true,
      gitlab_id: done.id,
      gitlab_secret: done.secret,
      gitlab_scope: done.scopes,
      register_as_oauth_app: false,
      registered_redirect_uris: registration.redirectUris,
    })
    return { line: `application ${done.id}: ${done.outcome}`, warnings: [], notes: done.notes, isChanged: true }
  } catch (error) {
    const warning = `GitLab could not be told about the chat: ${reasonOf(error)}\n${manualSteps(settings)}`
    return { ...nothing, line: 'not done, see the warnings below', warnings: [warning] }
  }
}

async function tellGitLab(
  context: Context,
  settings: Settings,
  request: RegistrationRequest,
  token: string | undefined,
): Promise<Registration> {
  const { gitlab, database } = settings
  if (token) {
    if (!gitlab.url)
      throw new Problem('The address of GitLab is unknown.', "Set external_url 'https://gitlab.example.com'.")
    trustLocalAuthorities(context.paths)
    return registerByApi({ ...request, gitlabUrl: gitlab.url, token })
  }
  if (!gitlab.installed)
    throw new Problem('GitLab is on another machine, and no access token was given.', 'Give one, or do it by hand.')
  const superuser = new Superuser(database.local, onDisk(context.paths, context.paths.gitlabDirectory))
  const connect = {
    host: database.local.socketDirectory,
    port: database.local.port,
    database: gitlab.databaseName,
    user: database.local.username,
  }
  const module = new URL('register-in-database.ts', import.meta.url)
  return runAs<Registration>(await superuser.numbers(), module, { ...request, connect } satisfies {
    connect: pg.ClientConfig
  })
}

/** What to do in GitLab and in the settings when it cannot be done for the administrator. */
export function manualSteps(settings: Settings): string {
  const { url = 'https://gitlab.example.com', registration } = settings.gitlab
  return [
    'To let people sign in with GitLab, do it by hand:',
    `  1. In GitLab, Admin > Applications, delete an older application for this chat, then make a new one:`,
    `       Name          ${registration.name}`,
    `       Redirect URI  ${registration.redirectUris[0] ?? ''}`,
    ...registration.redirectUris.slice(1).map((uri) => `                     ${uri}`),
    '       Trusted and Confidential checked, scope read_user',
    `  2. In ${settings.source.file}:`,
    "       mattermost['gitlab_enable'] = true",
    `       mattermost['gitlab_id'] = "the application's id"`,
    `       mattermost['gitlab_secret'] = "its secret"`,
    `       mattermost['gitlab_scope'] = "read_user"`,
    `       mattermost['gitlab_auth_endpoint'] = "${url}/oauth/authorize"`,
    `       mattermost['gitlab_token_endpoint'] = "${url}/oauth/token"`,
    `       mattermost['gitlab_user_api_endpoint'] = "${url}/api/v4/user"`,
    '  3. outpost-ctl reconfigure',
    "Or give an administrator's access token (scope api): outpost-ctl reconfigure --gitlab-token-file FILE",
  ].join('\n')
}
