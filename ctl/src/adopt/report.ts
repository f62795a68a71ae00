import { readableSize } from '../backup/progress.ts'
import type { Bundled } from './bundled.ts'

/** What was found, for people; no secrets. */
export function reportLines(bundled: Bundled): string[] {
  const { settings, machine, secrets, database, access } = bundled
  const { directories } = machine.settings
  const row = (title: string, text: string): string => `  ${title.padEnd(12)}${text}`
  return [
    "Found of GitLab's package:",
    row('GitLab', bundled.gitlabVersion ?? (settings.gitlab.installed ? 'of unknown version' : 'not on this machine')),
    row('Chat', `${bundled.version ? `Mattermost ${bundled.version}` : 'version unknown'}, ${serviceText(bundled)}`),
    row('Settings', `${settings.source.file}: ${settings.url?.href ?? 'no mattermost_external_url'}`),
    row('Secrets', secrets.source === '' ? 'none found; new ones will be made' : secretsText(bundled)),
    row('Database', database ? databaseText(bundled) : `${access.name}: ${bundled.problem}`),
    row('Files', `${directories.files}: ${bundled.files.files} files, ${readableSize(bundled.files.bytes)}`),
    row('config.json', bundled.hasConfig ? directories.configFile : 'none'),
    row('Environment', bundled.envDirectory ?? 'none'),
  ]
}

function serviceText({ isServiceUp, isServiceEnabled }: Bundled): string {
  if (isServiceUp) return 'running'
  return isServiceEnabled ? 'stopped' : 'not enabled'
}

function secretsText({ secrets: { section, source } }: Bundled): string {
  const signIn =
    section.gitlab_enable === true
      ? 'with the application for signing in through GitLab'
      : 'without sign-in through GitLab'
  return `${source}, ${signIn}`
}

function databaseText({ database, access }: Bundled): string {
  const { users, posts, owner } = database!
  return `${access.name}: ${users} people, ${posts} posts; owner ${owner}`
}

/** What GitLab 18.11.8 left behind without anybody's will, and how it is removed. */
export function accidentLines({ access, machine, isServiceEnabled }: Bundled): string[] {
  const { directories } = machine.settings
  return [
    'There is nothing to take over: no address was ever set and nobody has an account.',
    'GitLab 18.11.8 switched its chat on by mistake, on every machine. What it made can go:',
    ...(isServiceEnabled ? ['  gitlab-ctl stop mattermost'] : []),
    `  gitlab-psql -d postgres -c 'DROP DATABASE IF EXISTS "${access.name}"' -c 'DROP ROLE IF EXISTS "${access.role}"'`,
    `  rm -r ${directories.home}`,
  ]
}
