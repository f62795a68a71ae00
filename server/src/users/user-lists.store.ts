import { sql } from 'kysely'
import type { RawBuilder, SqlBool } from 'kysely'
import type { Queries } from '../database/pool.ts'
import type { User } from './user.ts'
import { roleCondition, searchCondition } from './user-filter.store.ts'
import type { RoleFilter, SearchFilter } from './user-filter.store.ts'
import { selectUsers, userOf } from './users.store.ts'
import type { UserQuery } from './users.store.ts'

/** Which users a list holds; everything given must hold. Ids of teams, channels and groups. */
export interface UserFilter extends RoleFilter {
  readonly notInTeam?: string
  readonly notInChannel?: string
  readonly inGroup?: string
  readonly notInGroup?: string
  readonly withoutTeam?: boolean
  /** with notInTeam or notInChannel: only members of the groups that it is synchronised with */
  readonly groupConstrained?: boolean
  readonly active?: boolean
  readonly inactive?: boolean
  readonly includeBots?: boolean
  readonly includeRemote?: boolean
  readonly ids?: readonly string[]
  readonly usernames?: readonly string[]
  /** changed after this time, ms */
  readonly since?: number
  /** only users of this user's channels, and himself */
  readonly visibleTo?: string | null
  readonly search?: SearchFilter
}

export type UserSort = '' | 'last_activity_at' | 'create_at' | 'status' | 'admin'

/** Users that fit, by username unless `sort` says otherwise. */
export async function findUsers(
  db: Queries,
  filter: UserFilter,
  { sort = '', offset = 0, limit }: { sort?: UserSort; offset?: number; limit?: number } = {},
): Promise<User[]> {
  let query = filtered(selectUsers(db), filter)
  if (sort === 'create_at') query = query.orderBy('users.createat', 'desc')
  if (sort === 'last_activity_at') return findByActivity(query, offset, limit)
  if (sort === 'status') query = query.orderBy(statusRank)
  if (sort === 'admin') query = query.orderBy(adminRank(filter.inChannel ?? ''))
  query = query.orderBy('users.username').offset(offset)
  const rows = await (limit === undefined ? query : query.limit(limit)).execute()
  return rows.map(userOf)
}

const statusRank = sql`(SELECT CASE s.status WHEN 'online' THEN 0 WHEN 'away' THEN 1 WHEN 'dnd' THEN 2 ELSE 3 END
  FROM status AS s WHERE s.userid = users.id) NULLS LAST`

const adminRank = (channelId: string) => sql`(SELECT CASE WHEN m.schemeadmin THEN 0 ELSE 1 END
  FROM channelmembers AS m WHERE m.channelid = ${channelId} AND m.userid = users.id)`

/** Who was there last, first; clients show the time. */
async function findByActivity(query: UserQuery, offset: number, limit: number | undefined): Promise<User[]> {
  const seen = sql<number>`coalesce((SELECT s.lastactivityat FROM status AS s WHERE s.userid = users.id), 0)`
  const rows = await query
    .select(seen.as('seenat'))
    .orderBy('seenat', 'desc')
    .orderBy('users.username')
    .offset(offset)
    .limit(limit ?? 200)
    .execute()
  return rows.map((row) => ({ ...userOf(row), last_activity_at: row.seenat }))
}

/** How many users fit. */
export async function countUsers(db: Queries, filter: UserFilter): Promise<number> {
  const row = await filtered(selectUsers(db), filter)
    .clearSelect()
    .select((is) => is.fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow()
  return Number(row.total)
}

/** When the latest of the users that fit was changed (0 for none), and how many they are: the same for the same list. */
export async function findListVersion(db: Queries, filter: UserFilter): Promise<{ newest: number; count: number }> {
  const row = await filtered(selectUsers(db), filter)
    .clearSelect()
    .select((is) => [is.fn.max('users.updateat').as('newest'), is.fn.countAll<number>().as('count')])
    .executeTakeFirstOrThrow()
  return { newest: Number(row.newest ?? 0), count: Number(row.count) }
}

function filtered(query: UserQuery, filter: UserFilter): UserQuery {
  for (const condition of conditions(filter)) query = query.where(condition)
  return query
}

function conditions(filter: UserFilter): RawBuilder<SqlBool>[] {
  const found: RawBuilder<SqlBool>[] = []
  if (filter.inTeam) found.push(inTeam(filter.inTeam))
  if (filter.notInTeam) found.push(sql`NOT ${inTeam(filter.notInTeam)}`)
  if (filter.inChannel) found.push(inChannel(filter.inChannel))
  if (filter.notInChannel) found.push(sql`NOT ${inChannel(filter.notInChannel)}`)
  if (filter.inGroup) found.push(inGroup(filter.inGroup))
  if (filter.notInGroup) found.push(sql`NOT ${inGroup(filter.notInGroup)}`)
  if (filter.withoutTeam) found.push(withoutTeam)
  if (filter.groupConstrained && filter.notInChannel) found.push(inGroupsOf('channel', filter.notInChannel))
  if (filter.groupConstrained && filter.notInTeam) found.push(inGroupsOf('team', filter.notInTeam))
  // Both at once fit nobody; like the reference, inactive wins.
  if (filter.inactive) found.push(sql`users.deleteat <> 0`)
  else if (filter.active) found.push(sql`users.deleteat = 0`)
  if (filter.includeBots === false) found.push(sql`bots.userid IS NULL`)
  if (filter.includeRemote === false) found.push(sql`coalesce(users.remoteid, '') = ''`)
  if (filter.ids) found.push(sql`users.id = ANY(${filter.ids})`)
  if (filter.usernames) found.push(sql`users.username = ANY(${filter.usernames})`)
  if (filter.since !== undefined) found.push(sql`users.updateat > ${filter.since}`)
  if (filter.visibleTo) found.push(visibleTo(filter.visibleTo))
  const roles = roleCondition(filter)
  if (roles) found.push(roles)
  if (filter.search) found.push(searchCondition(filter.search))
  return found
}

const inTeam = (id: string): RawBuilder<SqlBool> => sql`EXISTS (SELECT 1 FROM teammembers AS m
  WHERE m.teamid = ${id} AND m.userid = users.id AND m.deleteat = 0)`

const inChannel = (id: string): RawBuilder<SqlBool> => sql`EXISTS (SELECT 1 FROM channelmembers AS m
  WHERE m.channelid = ${id} AND m.userid = users.id)`

const inGroup = (id: string): RawBuilder<SqlBool> => sql`EXISTS (SELECT 1 FROM groupmembers AS m
  WHERE m.groupid = ${id} AND m.userid = users.id AND m.deleteat = 0)`

const withoutTeam: RawBuilder<SqlBool> = sql`NOT EXISTS (SELECT 1 FROM teammembers AS m
  WHERE m.userid = users.id AND m.deleteat = 0)`

function inGroupsOf(kind: 'team' | 'channel', id: string): RawBuilder<SqlBool> {
  const [table, column] = kind === 'team' ? ['groupteams', 'teamid'] : ['groupchannels', 'channelid']
  return sql`EXISTS (SELECT 1 FROM groupmembers AS m JOIN ${sql.table(table!)} AS g ON g.groupid = m.groupid
    WHERE g.${sql.ref(column!)} = ${id} AND g.deleteat = 0 AND m.deleteat = 0 AND m.userid = users.id)`
}

const visibleTo = (viewerId: string): RawBuilder<SqlBool> => sql`(users.id = ${viewerId} OR users.id IN (
  SELECT theirs.userid FROM channelmembers AS mine JOIN channelmembers AS theirs ON theirs.channelid = mine.channelid
  WHERE mine.userid = ${viewerId}))`

/** Ids of the others in all channels of a user. */
export async function findKnownUsers(db: Queries, userId: string): Promise<string[]> {
  const { rows } = await sql<{ userid: string }>`
    SELECT DISTINCT theirs.userid FROM channelmembers AS mine
    JOIN channelmembers AS theirs ON theirs.channelid = mine.channelid
    WHERE mine.userid = ${userId} AND theirs.userid <> ${userId} ORDER BY theirs.userid`.execute(db)
  return rows.map((row) => row.userid)
}

/** The others in those of the channels that are group channels of the user, by channel. */
export async function findGroupChannelMembers(
  db: Queries,
  userId: string,
  channelIds: readonly string[],
): Promise<Map<string, User[]>> {
  const { rows } = await sql<{ channelid: string; userid: string }>`
    SELECT m.channelid, m.userid FROM channelmembers AS m JOIN channels AS c ON c.id = m.channelid
    WHERE c.type = 'G' AND m.channelid = ANY(${channelIds}) AND m.userid <> ${userId} AND EXISTS (
      SELECT 1 FROM channelmembers AS own WHERE own.channelid = m.channelid AND own.userid = ${userId})`.execute(db)
  const ids = [...new Set(rows.map((row) => row.userid))]
  const users = ids.length === 0 ? [] : await findUsers(db, { ids })
  const byChannel = new Map<string, User[]>()
  for (const user of users) {
    for (const row of rows) {
      if (row.userid === user.id) byChannel.set(row.channelid, [...(byChannel.get(row.channelid) ?? []), user])
    }
  }
  return byChannel
}

/** Addresses of active people who sign in with a password and are no guests. */
export async function findPeoplesEmails(db: Queries): Promise<{ id: string; email: string }[]> {
  const rows = await db
    .selectFrom('users')
    .leftJoin('bots', 'bots.userid', 'users.id')
    .select(['users.id', 'users.email'])
    .where('bots.userid', 'is', null)
    .where('users.deleteat', '=', 0)
    .where((is) => is.fn.coalesce('users.authservice', sql.lit('')), '=', '')
    .where(sql<boolean>`NOT 'system_guest' = ANY(string_to_array(users.roles, ' '))`)
    .orderBy('users.username')
    .execute()
  return rows.map((row) => ({ id: row.id, email: row.email ?? '' }))
}
