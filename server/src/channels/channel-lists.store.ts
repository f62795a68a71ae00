import { sql } from 'kysely'
import type { Expression, ExpressionBuilder, SqlBool } from 'kysely'
import type { Queries } from '../database/pool.ts'
import type { DB } from '../database/tables.ts'
import { storableText } from '../text/slugs.ts'
import type { Channel, ChannelWithTeam } from './channel.ts'
import { channelOf } from './channels.store.ts'

export interface Page {
  readonly offset: number
  readonly perPage: number
}

type Builder = ExpressionBuilder<DB, 'channels'>

/** A pattern for ILIKE that finds `text` anywhere; what the operator would read as a wildcard is taken literally. */
export const containing = (text: string): string => `%${text.replace(/[\\%_]/g, '\\$&')}%`

/** The words of a search term: at most ten, and nothing that PostgreSQL would refuse. */
const wordsOf = (term: string): string[] =>
  storableText(term)
    .normalize('NFC')
    .split(/[\s,]+/)
    .filter(Boolean)
    .slice(0, 10)

/**
 * Every word of the term must occur in the name, display name or purpose. Plain substrings, because PostgreSQL's text
 * search knows no Korean word boundaries and a team has at most some thousand channels.
 */
function matching(eb: Builder, term: string): Expression<SqlBool> {
  return eb.and(
    wordsOf(term).map((word) => {
      const pattern = containing(word.replace(/^[~@]/, '') || word)
      return eb.or([
        eb('channels.displayname', 'ilike', pattern),
        eb('channels.name', 'ilike', pattern),
        eb('channels.purpose', 'ilike', pattern),
      ])
    }),
  )
}

const isMember = (userId: string): Expression<SqlBool> =>
  sql<boolean>`EXISTS (SELECT 1 FROM channelmembers AS m WHERE m.channelid = channels.id AND m.userid = ${userId})`

/** Live channels of one type in a team, by display name. */
export async function findTeamChannels(
  db: Queries,
  teamId: string,
  type: 'O' | 'P',
  { offset, perPage }: Page,
): Promise<Channel[]> {
  const rows = await db
    .selectFrom('channels')
    .selectAll()
    .where('channels.teamid', '=', teamId)
    .where('channels.type', '=', type)
    .where('channels.deleteat', '=', 0)
    .orderBy('channels.displayname')
    .orderBy('channels.id')
    .limit(perPage)
    .offset(offset)
    .execute()
  return rows.map(channelOf)
}

/** Archived channels of a team: the public ones, and of the private ones those of `memberId` (null: all). */
export async function findArchivedChannels(
  db: Queries,
  teamId: string,
  memberId: string | null,
  { offset, perPage }: Page,
): Promise<Channel[]> {
  let query = db
    .selectFrom('channels')
    .selectAll()
    .where('channels.teamid', '=', teamId)
    .where('channels.deleteat', '>', 0)
  if (memberId !== null) query = query.where((eb) => eb.or([eb('channels.type', '=', 'O'), isMember(memberId)]))
  const rows = await query
    .orderBy('channels.displayname')
    .orderBy('channels.id')
    .limit(perPage)
    .offset(offset)
    .execute()
  return rows.map(channelOf)
}

/** Live public channels of a team among `ids`. */
export async function findPublicChannelsByIds(db: Queries, teamId: string, ids: readonly string[]): Promise<Channel[]> {
  const rows = await db
    .selectFrom('channels')
    .selectAll()
    .where('channels.teamid', '=', teamId)
    .where('channels.id', 'in', ids)
    .where('channels.type', '=', 'O')
    .where('channels.deleteat', '=', 0)
    .orderBy('channels.displayname')
    .execute()
  return rows.map(channelOf)
}

/**
 * A person's channels: those of one team with direct and group ones, or (`teamId` null) all. Archived ones only with
 * `archivedSince` (ms; 0 for all of them).
 */
export async function findChannelsOfUser(
  db: Queries,
  userId: string,
  teamId: string | null,
  archivedSince: number | null,
): Promise<Channel[]> {
  let query = db
    .selectFrom('channels')
    .innerJoin('channelmembers', 'channelmembers.channelid', 'channels.id')
    .selectAll('channels')
    .where('channelmembers.userid', '=', userId)
  if (teamId !== null) query = query.where('channels.teamid', 'in', [teamId, ''])
  if (archivedSince === null) query = query.where('channels.deleteat', '=', 0)
  else if (archivedSince > 0) {
    query = query.where((eb) => eb.or([eb('channels.deleteat', '=', 0), eb('channels.deleteat', '>=', archivedSince)]))
  }
  const rows = await query.orderBy('channels.displayname').orderBy('channels.id').execute()
  return rows.map(channelOf)
}

export interface TeamSearch {
  readonly term: string
  /** search private channels of this person too; null: only public ones */
  readonly memberId: string | null
  /** search only what `memberId` is a member of */
  readonly ownOnly: boolean
  readonly includeArchived: boolean
  readonly limit: number
}

/** Channels of a team that fit a search term, by display name. */
export async function searchTeamChannels(db: Queries, teamId: string, search: TeamSearch): Promise<Channel[]> {
  const { term, memberId, ownOnly, includeArchived, limit } = search
  let query = db
    .selectFrom('channels')
    .selectAll()
    .where('channels.teamid', '=', teamId)
    .where('channels.type', 'in', ['O', 'P'])
    .where((eb) => matching(eb, term))
  if (!includeArchived) query = query.where('channels.deleteat', '=', 0)
  if (memberId === null) query = query.where('channels.type', '=', 'O')
  else if (ownOnly) query = query.where(isMember(memberId))
  else query = query.where((eb) => eb.or([eb('channels.type', '=', 'O'), isMember(memberId)]))
  const rows = await query.orderBy('channels.displayname').orderBy('channels.id').limit(limit).execute()
  return rows.map(channelOf)
}

/**
 * Group channels of a person in which every word of the term is part of the channel's name or of some other member's
 * user name or names.
 */
export async function searchGroupChannels(db: Queries, userId: string, term: string): Promise<Channel[]> {
  let query = db.selectFrom('channels').selectAll().where('channels.type', '=', 'G').where(isMember(userId))
  for (const word of wordsOf(term)) {
    const pattern = containing(word.replace(/^@/, '') || word)
    query = query.where(
      sql<boolean>`EXISTS (SELECT 1 FROM channelmembers AS m JOIN users AS u ON u.id = m.userid
        WHERE m.channelid = channels.id AND m.userid <> ${userId}
          AND (u.username ILIKE ${pattern} OR u.nickname ILIKE ${pattern}
            OR u.firstname || ' ' || u.lastname ILIKE ${pattern} OR u.lastname || u.firstname ILIKE ${pattern}))`,
    )
  }
  const rows = await query.orderBy('channels.lastpostat', 'desc').limit(100).execute()
  return rows.map(channelOf)
}

/** Direct channels of a person with others whose user name fits; the other's user name stands as display name. */
export async function searchDirectChannels(
  db: Queries,
  userId: string,
  term: string,
  limit: number,
): Promise<Channel[]> {
  const pattern = containing(storableText(term).trim().replace(/^@/, ''))
  const rows = await db
    .selectFrom('channels')
    .innerJoin('channelmembers as other', 'other.channelid', 'channels.id')
    .innerJoin('users', 'users.id', 'other.userid')
    .selectAll('channels')
    .select('users.username')
    .where('channels.type', '=', 'D')
    .where(isMember(userId))
    .where('other.userid', '<>', userId)
    .where((eb) => eb.or([eb('users.username', 'ilike', pattern), eb('users.nickname', 'ilike', pattern)]))
    .orderBy('users.username')
    .limit(limit)
    .execute()
  return rows.map(({ username, ...row }) => ({ ...channelOf(row), display_name: username ?? '' }))
}

export interface AdminFilter {
  readonly term: string
  readonly searchById: boolean
  readonly notInGroup: string
  readonly excludeNames: readonly string[]
  readonly teamIds: readonly string[]
  readonly groupConstrained: boolean | null
  readonly types: readonly ('O' | 'P')[]
  /** `live`, `archived` or both */
  readonly state: 'live' | 'archived' | 'any'
  /** only what this person can find by himself: public channels of his teams (not for guests) and his own */
  readonly visibleTo: { readonly userId: string; readonly isGuest: boolean } | null
}

/** Channels of all teams, with their teams; direct and group channels are nobody's business. */
export async function findAllChannels(
  db: Queries,
  filter: AdminFilter,
  { offset, perPage }: Page,
): Promise<{ channels: ChannelWithTeam[]; total: number }> {
  const conditions = (eb: Builder): Expression<SqlBool>[] => [
    eb('channels.type', 'in', filter.types),
    ...(filter.state === 'live' ? [eb('channels.deleteat', '=', 0)] : []),
    ...(filter.state === 'archived' ? [eb('channels.deleteat', '>', 0)] : []),
    ...(filter.excludeNames.length > 0 ? [eb('channels.name', 'not in', filter.excludeNames)] : []),
    ...(filter.teamIds.length > 0 ? [eb('channels.teamid', 'in', filter.teamIds)] : []),
    ...(filter.groupConstrained === null
      ? []
      : [sql<boolean>`coalesce(channels.groupconstrained, false) = ${filter.groupConstrained}`]),
    ...(filter.notInGroup ? [notInGroup(filter.notInGroup)] : []),
    ...(filter.visibleTo ? [visibleTo(eb, filter.visibleTo)] : []),
    ...(filter.term
      ? [
          filter.searchById
            ? eb.or([matching(eb, filter.term), eb('channels.id', '=', storableText(filter.term).trim())])
            : matching(eb, filter.term),
        ]
      : []),
  ]
  const base = db
    .selectFrom('channels')
    .innerJoin('teams', 'teams.id', 'channels.teamid')
    .where((eb) => eb.and(conditions(eb as unknown as Builder)))
  const rows = await base
    .selectAll('channels')
    .select(['teams.displayname as teamdisplayname', 'teams.name as teamname', 'teams.updateat as teamupdateat'])
    .orderBy('channels.displayname')
    .orderBy('teams.displayname')
    .orderBy('channels.id')
    .limit(perPage)
    .offset(offset)
    .execute()
  const counted = await base.select((eb) => eb.fn.countAll<number>().as('total')).executeTakeFirst()
  const channels = rows.map(({ teamdisplayname, teamname, teamupdateat, ...row }) => ({
    ...channelOf(row),
    team_display_name: teamdisplayname ?? '',
    team_name: teamname ?? '',
    team_update_at: teamupdateat ?? 0,
  }))
  return { channels, total: counted?.total ?? 0 }
}

function visibleTo(eb: Builder, { userId, isGuest }: NonNullable<AdminFilter['visibleTo']>): Expression<SqlBool> {
  const inTeam = sql<boolean>`EXISTS (SELECT 1 FROM teammembers AS tm
    WHERE tm.teamid = channels.teamid AND tm.userid = ${userId} AND tm.deleteat = 0)`
  const open = eb.and([eb('channels.type', '=', 'O'), inTeam])
  return isGuest ? isMember(userId) : eb.or([open, isMember(userId)])
}

const notInGroup = (groupId: string): Expression<SqlBool> =>
  sql<boolean>`NOT EXISTS (SELECT 1 FROM groupchannels AS g
    WHERE g.channelid = channels.id AND g.groupid = ${groupId} AND coalesce(g.deleteat, 0) = 0)`
