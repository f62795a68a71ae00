import { listMigrations } from '../../../server/src/database/migrator.ts'
import { mattermostMigrations } from '../../../server/src/database/seed.ts'
import { Problem } from '../cli/problem.ts'
import type { SchemaState } from './manifest.ts'

/** First level of a release of Mattermost, and the releases of GitLab that bundled it. Source: the tags of both. */
const RELEASES: readonly (readonly [level: number, mattermost: string, gitlab: string])[] = [
  [135, '10.9', '18.2'],
  [134, '10.8', '18.1'],
  [131, '10.7', '18.0'],
  [130, '10.6', '17.11'],
  [128, '10.3 to 10.5', '17.10'],
  [127, '10.2', '17.7 to 17.9'],
  [125, '10.0 or 10.1', '17.5 to 17.6'],
  [120, '9.8 to 9.11', '17.1 to 17.4'],
  [111, '9.0 to 9.7', '16.5 to 17.0'],
  [106, '8.0 or 8.1', '16.3 to 16.4'],
  [78, '6.6 to 7.10', '15.0 to 16.2'],
  [76, '6.5', '14.10'],
  [1, '6.4', '14.9'],
]

/** Later migrations that 10.11.16 and 10.11.21 brought along, under numbers of their own. */
const LATE = new Set([
  'add_schemeid_to_roles',
  'backfill_roles_schemeid',
  'add_roles_schemeid_index',
  'threadmemberships_cleanup_v2',
])

/** Throws a Problem that names level and next step unless this version can open a database in that state. */
export function demandLevel({ migrations, outpost }: Pick<SchemaState, 'migrations' | 'outpost'>, what: string): void {
  const newest = Math.max(...listMigrations().map(({ number }) => number))
  const ahead = outpost.filter((number) => number > newest)
  if (ahead.length > 0)
    throw new Problem(
      `${what} was used by a newer Outpost (its migration ${Math.max(...ahead)}, this version knows ${newest}).`,
      'Install that version or a newer one first, then run the command again.',
    )
  const names = new Set(migrations)
  const missing = mattermostMigrations.filter(([, name]) => !names.has(name))
  if (missing.length > 0) throw tooOld(names, missing[0]!, missing.length, what)
  const known = new Set(mattermostMigrations.map(([, name]) => name))
  const foreign = migrations.filter((name) => !known.has(name) && !LATE.has(name))
  if (foreign.length > 0)
    throw new Problem(
      `${what} is newer than schema level 141: a later Mattermost than 10.11 has added ${foreign.slice(0, 3).join(', ')}.`,
      'Outpost opens level 141. Take a backup that was made before that upgrade.',
    )
}

function tooOld(names: Set<string>, [number, name]: readonly [number, string], count: number, what: string): Problem {
  if (names.size === 0)
    return new Problem(
      `${what} has no schema level: it is older than Mattermost 6.4 (GitLab 14.9), or no chat's at all.`,
      STEP,
    )
  const level = mattermostMigrations.findLast(([at]) => at < number)?.[0] ?? 0
  const [, mattermost, gitlab] = RELEASES.find(([first]) => level >= first) ?? RELEASES.at(-1)!
  return new Problem(
    `${what} is at schema level ${level} (Mattermost ${mattermost}, GitLab ${gitlab}); Outpost opens level 141 (Mattermost 10.11, GitLab 18.6 to 18.11). ${count} migrations are missing, the first is ${number} ${name}.`,
    STEP,
  )
}

const STEP =
  'Bring it to level 141 first: upgrade GitLab to 18.11 and let its chat start once (or start Mattermost 10.11 on the database once), then run the command again.'
