import { existsSync } from 'node:fs'
import { onDisk, type Context } from '../context.ts'
import { quote } from '../ruby/assign.ts'
import type { FoundSecrets } from './secrets.ts'
import { addressOf, siteUrlOf } from './resolve-url.ts'
import type { Reader } from './reader.ts'
import type { GitLabSettings } from './settings.ts'

/** GitLab as the settings know it, and what sign-in through it needs. The registration is added when the site's URL is known. */
export function resolveGitLab(
  context: Context,
  reader: Reader,
  { secrets, login: said, made }: FoundSecrets,
): Omit<GitLabSettings, 'registration'> {
  const url = siteUrlOf(reader, 'external_url', true)?.href
  const endpoint = (key: string, path: string): string =>
    addressOf(reader, `mattermost.${key}`) ?? (url ? url + path : '')
  const login = {
    enabled: said.enabled,
    id: secrets.gitlab_id,
    secret: secrets.gitlab_secret,
    scope: said.scope,
    authEndpoint: endpoint('gitlab_auth_endpoint', '/oauth/authorize'),
    tokenEndpoint: endpoint('gitlab_token_endpoint', '/oauth/token'),
    userEndpoint: endpoint('gitlab_user_api_endpoint', '/api/v4/user'),
  }
  if (reader.flag('mattermost.gitlab_enable') === true) checkLogin(reader, login, made)
  return {
    installed: existsSync(onDisk(context.paths, `${context.paths.gitlabDirectory}/embedded/service/gitlab-rails`)),
    url,
    chatUrlForGitLab: reader.text('gitlab_rails.mattermost_host')?.replace(/\/+$/, ''),
    railsEnabled: reader.flag('gitlab_rails.enable', true),
    databaseName: reader.text('gitlab_rails.db_database', 'gitlabhq_production'),
    username: reader.text('user.username', 'git'),
    group: reader.text('user.group', 'git'),
    login,
  }
}

function checkLogin(reader: Reader, login: GitLabSettings['login'], made: string[]): void {
  const missing = [
    login.authEndpoint === '' && 'gitlab_auth_endpoint',
    login.tokenEndpoint === '' && 'gitlab_token_endpoint',
    login.userEndpoint === '' && 'gitlab_user_api_endpoint',
  ].filter((key) => key !== false)
  if (missing.length > 0)
    reader.error(
      'mattermost.gitlab_enable',
      `is true, but GitLab's addresses are not known. Add external_url 'https://gitlab.example.com', or set ${missing.map((key) => quote(`mattermost.${key}`)).join(', ')}.`,
    )
  const byHand = reader.isSet('mattermost.gitlab_id') && reader.isSet('mattermost.gitlab_secret')
  // GitLab answers "invalid scope" to somebody whose application allows less than is asked for by default.
  if (byHand && login.scope === '' && !reader.isSet('mattermost.gitlab_scope'))
    reader.warn(
      'mattermost.gitlab_enable',
      `${quote('mattermost.gitlab_scope')} is not set. For an application with the scope read_user write: ${quote('mattermost.gitlab_scope')} = 'read_user'`,
    )
  const invented = made.filter((name) => name === 'gitlab_id' || name === 'gitlab_secret')
  const registers = reader.flag('mattermost.register_as_oauth_app', true)
  if (invented.length > 0 && !registers)
    reader.warn(
      'mattermost.gitlab_enable',
      `${quote('mattermost.gitlab_enable')} is true without ${invented.map((key) => quote(`mattermost.${key}`)).join(' and ')}: GitLab does not know the value that was made up. Copy both from the application's page in GitLab.`,
    )
}

/** Whether an application is to be registered in GitLab, and which. */
export function resolveRegistration(
  reader: Reader,
  gitlab: Omit<GitLabSettings, 'registration'>,
  { secrets, registers, writable }: FoundSecrets,
  sites: { enabled: boolean; siteUrl: string; externalUrl: string },
): GitLabSettings['registration'] {
  const bases = [...new Set([sites.siteUrl, sites.externalUrl])].filter((base) => base !== '')
  const redirectUris = bases.flatMap((base) => [`${base}/signup/gitlab/complete`, `${base}/login/gitlab/complete`])
  const manual = reader.isSet('mattermost.gitlab_id') && reader.isSet('mattermost.gitlab_secret')
  const registered = secrets.registered_redirect_uris
  const moved = registered.length > 0 && redirectUris.some((uri) => !registered.includes(uri))
  if (moved && sites.enabled)
    reader.report.notes.push({
      text: `The chat's address changed since it was registered in GitLab. GitLab now has to accept ${redirectUris.join(' and ')}.`,
    })
  const here = gitlab.installed && gitlab.railsEnabled
  const reasons: [boolean, string][] = [
    [!sites.enabled, 'the service is switched off'],
    [reader.flag('mattermost.gitlab_enable') === false, `${quote('mattermost.gitlab_enable')} is false`],
    [
      !writable,
      `${quote('package.generate_secrets_json_file')} is false, so the registration could not be remembered; sign-in through GitLab stays as it is`,
    ],
    [gitlab.url === undefined && !here, 'external_url does not say where GitLab is'],
    [manual && !here, 'id and secret are written in the settings'],
    [!registers && !moved, 'it is registered already'],
  ]
  const reason = reasons.find(([holds]) => holds)?.[1] ?? ''
  return { wanted: reason === '', reason, manual, name: 'GitLab Mattermost', redirectUris }
}
