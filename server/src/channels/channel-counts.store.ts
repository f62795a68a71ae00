import { sql } from 'kysely'
import type { Queries } from '../database/pool.ts'

export interface ChannelStats {
  channel_id: string
  member_count: number
  guest_count: number
  pinnedpost_count: number
  /** -1 when not counted */
  files_count: number
}

/** Counts of a channel; deactivated people do not count. */
export async function countChannel(db: Queries, channelId: string, withFiles: boolean): Promise<ChannelStats> {
  const { rows } = await sql<Omit<ChannelStats, 'channel_id'>>`
    SELECT
      (SELECT count(*) FROM channelmembers AS m JOIN users AS u ON u.id = m.userid
        WHERE m.channelid = ${channelId} AND u.deleteat = 0) AS member_count,
      (SELECT count(*) FROM channelmembers AS m JOIN users AS u ON u.id = m.userid
        WHERE m.channelid = ${channelId} AND u.deleteat = 0 AND m.schemeguest) AS guest_count,
      (SELECT count(*) FROM posts WHERE channelid = ${channelId} AND ispinned AND deleteat = 0) AS pinnedpost_count,
      ${
        withFiles
          ? sql`(SELECT count(*) FROM fileinfo AS f JOIN posts AS p ON p.id = f.postid
              WHERE p.channelid = ${channelId} AND p.deleteat = 0 AND f.deleteat = 0)`
          : sql`-1::bigint`
      } AS files_count`.execute(db)
  return { channel_id: channelId, ...rows[0]! }
}

/** How many active people each channel has; a channel without any is left out. */
export async function countMembers(db: Queries, channelIds: readonly string[]): Promise<Map<string, number>> {
  const { rows } = await sql<{ channelid: string; count: number }>`
    SELECT m.channelid, count(*) AS count FROM channelmembers AS m JOIN users AS u ON u.id = m.userid
    WHERE m.channelid = ANY(${channelIds}) AND u.deleteat = 0 GROUP BY m.channelid`.execute(db)
  return new Map(rows.map((row) => [row.channelid, row.count]))
}

/** The time zone that each person's clients use, '' if unknown. */
const ZONE = sql`CASE WHEN u.timezone->>'useAutomaticTimezone' = 'true' THEN u.timezone->>'automaticTimezone'
  ELSE u.timezone->>'manualTimezone' END`

/** Time zones of a channel's members, each once. */
export async function findTimezones(db: Queries, channelId: string): Promise<string[]> {
  const { rows } = await sql<{ zone: string }>`
    SELECT DISTINCT ${ZONE} AS zone FROM channelmembers AS m JOIN users AS u ON u.id = m.userid
    WHERE m.channelid = ${channelId} AND u.deleteat = 0 AND coalesce(${ZONE}, '') <> ''
    ORDER BY zone`.execute(db)
  return rows.map((row) => row.zone)
}

export interface GroupCount {
  group_id: string
  channel_member_count: number
  channel_member_timezones_count: number
}

/** How many members of a channel each group has, and on demand in how many time zones. */
export async function countByGroup(db: Queries, channelId: string, withZones: boolean): Promise<GroupCount[]> {
  const { rows } = await sql<GroupCount>`
    SELECT g.id AS group_id, count(DISTINCT m.userid) AS channel_member_count,
      ${withZones ? sql`count(DISTINCT nullif(${ZONE}, ''))` : sql`0::bigint`} AS channel_member_timezones_count
    FROM channelmembers AS m
    JOIN users AS u ON u.id = m.userid
    JOIN groupmembers AS gm ON gm.userid = m.userid AND coalesce(gm.deleteat, 0) = 0
    JOIN usergroups AS g ON g.id = gm.groupid AND coalesce(g.deleteat, 0) = 0
    WHERE m.channelid = ${channelId} AND u.deleteat = 0
    GROUP BY g.id ORDER BY g.id`.execute(db)
  return rows
}
