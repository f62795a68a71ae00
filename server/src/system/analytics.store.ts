import { sql } from 'kysely'
import type { RawBuilder } from 'kysely'
import type { Queries } from '../database/pool.ts'

const DAY = 86_400_000

/** One line of an analytics answer. */
export interface AnalyticsRow {
  readonly name: string
  readonly value: number
}

/** Rows of a joined channel `c` of one team, or of all when `teamId` is ''. */
const inTeam = (teamId: string): RawBuilder<boolean> =>
  teamId === '' ? sql<boolean>`TRUE` : sql<boolean>`c.teamid = ${teamId}`

/** Counts of the whole server or of one team, as of now. */
export async function standardCounts(db: Queries, teamId: string, now: number): Promise<AnalyticsRow[]> {
  const members = sql`SELECT 1 FROM teammembers AS m WHERE m.userid = u.id AND m.deleteat = 0 AND m.teamid = ${teamId}`
  const ofTeam = teamId === '' ? sql`TRUE` : sql`EXISTS (${members})`
  const people = sql`FROM users AS u LEFT JOIN bots AS b ON b.userid = u.id WHERE b.userid IS NULL AND ${ofTeam}`
  const active = (since: number) =>
    sql`(SELECT count(*) FROM status AS s JOIN users AS u ON u.id = s.userid LEFT JOIN bots AS b ON b.userid = u.id
         WHERE b.userid IS NULL AND u.deleteat = 0 AND s.lastactivityat > ${since} AND ${ofTeam})`
  const channels = (type: string) =>
    sql`(SELECT count(*) FROM channels AS c WHERE c.type = ${type} AND c.deleteat = 0 AND ${inTeam(teamId)})`
  const result = await sql<Record<string, string>>`SELECT
    ${channels('O')} AS channel_open_count,
    ${channels('P')} AS channel_private_count,
    (SELECT coalesce(sum(c.totalmsgcount), 0) FROM channels AS c WHERE ${inTeam(teamId)}) AS post_count,
    (SELECT count(*) ${people} AND u.deleteat = 0) AS unique_user_count,
    (SELECT count(*) ${people} AND u.deleteat > 0) AS inactive_user_count,
    (SELECT count(*) FROM teams AS t WHERE t.deleteat = 0) AS team_count,
    ${active(now - DAY)} AS daily_active_users,
    ${active(now - 31 * DAY)} AS monthly_active_users,
    (SELECT count(*) FROM fileinfo AS f WHERE f.deleteat = 0) AS total_file_count,
    (SELECT coalesce(sum(f.size), 0) FROM fileinfo AS f WHERE f.deleteat = 0) AS total_file_size`.execute(db)
  return rowsOf(result.rows[0])
}

/** Counts that only the server as a whole has, except for posts of a team. */
export async function extraCounts(db: Queries, teamId: string, now: number): Promise<AnalyticsRow[]> {
  const posts = sql`FROM posts AS p JOIN channels AS c ON c.id = p.channelid WHERE p.deleteat = 0 AND ${inTeam(teamId)}`
  const ofTeam = teamId === '' ? sql`TRUE` : sql`h.teamid = ${teamId}`
  const result = await sql<Record<string, string>>`SELECT
    (SELECT count(*) ${posts} AND p.fileids <> '[]' AND p.fileids <> '') AS file_post_count,
    (SELECT count(*) ${posts} AND p.hashtags <> '') AS hashtag_post_count,
    (SELECT count(*) FROM incomingwebhooks AS h WHERE h.deleteat = 0 AND ${ofTeam}) AS incoming_webhook_count,
    (SELECT count(*) FROM outgoingwebhooks AS h WHERE h.deleteat = 0 AND ${ofTeam}) AS outgoing_webhook_count,
    (SELECT count(*) FROM commands AS h WHERE h.deleteat = 0 AND ${ofTeam}) AS command_count,
    (SELECT count(*) FROM sessions AS s WHERE s.expiresat = 0 OR s.expiresat > ${now}) AS session_count`.execute(db)
  return rowsOf(result.rows[0])
}

/** Which posts are counted, and whether posts or their authors. */
export type DayCount = 'posts' | 'botPosts' | 'authors'

/** The last 31 whole days before today (UTC), newest first; days without a post are left out. */
export async function countsByDay(db: Queries, what: DayCount, teamId: string, now: number): Promise<AnalyticsRow[]> {
  const today = now - (now % DAY)
  const bots = what === 'botPosts' ? sql`JOIN bots AS b ON b.userid = p.userid` : sql``
  const counted = what === 'authors' ? sql`count(DISTINCT p.userid)` : sql`count(*)`
  const result = await sql<{ name: string; value: string }>`
    SELECT to_char(to_timestamp(p.createat / 1000) AT TIME ZONE 'UTC', 'YYYY-MM-DD') AS name, ${counted} AS value
    FROM posts AS p JOIN channels AS c ON c.id = p.channelid ${bots}
    WHERE p.createat >= ${today - 31 * DAY} AND p.createat < ${today} AND ${inTeam(teamId)}
    GROUP BY 1 ORDER BY 1 DESC`.execute(db)
  return result.rows.map((row) => ({ name: row.name, value: Number(row.value) }))
}

const rowsOf = (counts: Record<string, string> | undefined): AnalyticsRow[] =>
  Object.entries(counts ?? {}).map(([name, value]) => ({ name, value: Number(value) }))
