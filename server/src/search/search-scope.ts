import type { Pool } from 'pg'
import type { Criteria } from './criteria.ts'
import { normalise } from './grams.ts'
import { type SearchQuery } from './parse-query.ts'

/** Who searches, and where. */
export interface SearchScope {
  userId: string
  /** Only this team's channels (and direct and group messages); missing = all teams. */
  teamId?: string | undefined
  /** Only these channels; the user's membership is still demanded of each. */
  channelIds?: readonly string[] | undefined
  includeDeletedChannels?: boolean | undefined
}

interface ScopeChannel {
  id: string
  name: string
  displayname: string
}

async function memberChannels(pool: Pool, scope: SearchScope): Promise<ScopeChannel[]> {
  const result = await pool.query<ScopeChannel>(
    `SELECT channels.id, coalesce(channels.name, '') AS name, coalesce(channels.displayname, '') AS displayname
     FROM channelmembers JOIN channels ON channels.id = channelmembers.channelid
     WHERE channelmembers.userid = $1
       AND ($2::text IS NULL OR channels.teamid = $2 OR channels.type IN ('D', 'G'))
       AND ($3::text[] IS NULL OR channels.id = ANY($3))
       AND ($4 OR channels.deleteat = 0)`,
    [scope.userId, scope.teamId ?? null, scope.channelIds ?? null, scope.includeDeletedChannels === true],
  )
  return result.rows
}

/** Ids of users by normalised name; unknown names are simply missing. */
async function userIdsByName(pool: Pool, names: string[]): Promise<Map<string, string>> {
  if (names.length === 0) return new Map()
  const result = await pool.query<{ id: string; username: string }>(
    'SELECT id, username FROM users WHERE username = ANY($1::text[])',
    [names],
  )
  return new Map(result.rows.map((row) => [row.username, row.id]))
}

/** People named by an `in:` value such as `@ann` or `@ann,ben`. */
function peopleOf(value: string): string[] {
  if (!value.startsWith('@')) return []
  return value
    .split(',')
    .map((name) => name.trim().replace(/^@+/u, ''))
    .filter(Boolean)
}

/** Channel ids of the scope that one `in:` value names: by name or display name, by id, or by the people in a DM or GM. */
async function channelsNamed(
  pool: Pool,
  value: string,
  scope: SearchScope,
  channels: ScopeChannel[],
  users: Map<string, string>,
): Promise<string[]> {
  const people = peopleOf(value)
  if (people.length === 0)
    return channels
      .filter((channel) => channel.name === value || channel.id === value || normalise(channel.displayname) === value)
      .map((channel) => channel.id)
  const ids = people.map((name) => users.get(name))
  if (ids.some((id) => id === undefined)) return []
  if (ids.length === 1) {
    // A DM's name is the two ids in byte order; with oneself, the same id twice.
    const name = [scope.userId, ids[0]!].sort((a, b) => (a < b ? -1 : 1)).join('__')
    return channels.filter((channel) => channel.name === name).map((channel) => channel.id)
  }
  const members = [...new Set([scope.userId, ...(ids as string[])])]
  const result = await pool.query<{ channelid: string }>(
    `SELECT channelmembers.channelid FROM channelmembers JOIN channels ON channels.id = channelmembers.channelid
     WHERE channels.type = 'G' AND channels.id = ANY($1::text[])
     GROUP BY channelmembers.channelid
     HAVING count(*) = $3 AND count(*) FILTER (WHERE channelmembers.userid = ANY($2::text[])) = $3`,
    [channels.map((channel) => channel.id), members, members.length],
  )
  return result.rows.map((row) => row.channelid)
}

/**
 * Turns names into ids. The channels are the user's own memberships, whatever the query names: an unknown or foreign
 * channel or user narrows the result to nothing and thereby tells nothing about its existence.
 */
export async function resolveScope(
  pool: Pool,
  scope: SearchScope,
  query: SearchQuery,
): Promise<Pick<Criteria, 'channelIds' | 'userIds' | 'notUserIds'>> {
  const people = [...query.in, ...query.notIn].flatMap(peopleOf)
  const [channels, users] = await Promise.all([
    memberChannels(pool, scope),
    userIdsByName(pool, [...query.from, ...query.notFrom, ...people]),
  ])
  const named = async (values: string[]) => {
    const lists = await Promise.all(values.map((value) => channelsNamed(pool, value, scope, channels, users)))
    return new Set(lists.flat())
  }
  const [wanted, unwanted] = await Promise.all([named(query.in), named(query.notIn)])
  const known = (names: string[]) => names.map((name) => users.get(name)).filter((id) => id !== undefined)
  return {
    channelIds: channels
      .map((channel) => channel.id)
      .filter((id) => (query.in.length === 0 || wanted.has(id)) && !unwanted.has(id)),
    userIds: query.from.length > 0 ? known(query.from) : undefined,
    notUserIds: known(query.notFrom),
  }
}
