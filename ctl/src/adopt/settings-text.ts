import { rubyText } from '../settings/removed-keys.ts'
import type { Settings } from '../settings/settings.ts'

/** Sections of gitlab.rb that the chat is made from. */
const SECTIONS = [
  'mattermost',
  'mattermost_nginx',
  'nginx',
  'letsencrypt',
  'logging',
  'logrotate',
  'postgresql',
  'user',
  'web_server',
  'manage_accounts',
  'package',
  'puma',
]

/** Of GitLab's own section only these: it is full of secrets that are no business of the chat's. */
const RAILS = ['enable', 'db_database', 'mattermost_host', 'backup_keep_time']

/** Settings that differ from gitlab.rb's because the chat moves out: `section.key` to value. */
export type Changes = Readonly<Record<string, string>>

/** What gitlab.rb says about the chat, as a settings file of Outpost's own. Values, not the Ruby that made them. */
export function settingsText({ written, url, gitlab }: Settings, changes: Changes): string {
  const lines = [
    "# Written by outpost-ctl adopt from the settings of GitLab's package. From now on this file counts.",
    '',
    ...setter('mattermost_external_url', written.mattermost_external_url ?? gitlab.chatUrlForGitLab ?? url?.href),
    ...setter('external_url', written.external_url),
    '',
  ]
  for (const section of [...SECTIONS, 'gitlab_rails']) {
    const values = { ...entriesOf(written[section], section), ...changesOf(changes, section) }
    for (const [key, value] of Object.entries(values)) lines.push(`${section}[${literal(key)}] = ${literal(value)}`)
  }
  return `${lines.join('\n')}\n`
}

const setter = (name: string, value: unknown): string[] =>
  typeof value === 'string' && value !== '' ? [`${name} ${literal(value)}`] : []

function entriesOf(section: unknown, name: string): Record<string, unknown> {
  if (typeof section !== 'object' || section === null || Array.isArray(section)) return {}
  const all = Object.entries(section).filter(([, value]) => value !== null && !isUnknown(value))
  return Object.fromEntries(name === 'gitlab_rails' ? all.filter(([key]) => RAILS.includes(key)) : all)
}

/** What could not be evaluated has no value to be written. */
const isUnknown = (value: unknown): boolean => typeof value === 'string' && value.startsWith('(not evaluated: ')

const changesOf = (changes: Changes, section: string): Record<string, string> =>
  Object.fromEntries(
    Object.entries(changes).flatMap(([path, value]) => {
      const [name, key = ''] = path.split('.')
      return name === section ? [[key, value]] : []
    }),
  )

function literal(value: unknown): string {
  if (value === null || value === undefined) return 'nil'
  if (typeof value === 'string') return rubyText(value)
  if (Array.isArray(value)) return `[${value.map(literal).join(', ')}]`
  if (typeof value === 'object')
    return `{ ${Object.entries(value)
      .map(([key, item]) => `${literal(key)} => ${literal(item)}`)
      .join(', ')} }`
  return String(value as number | boolean)
}
