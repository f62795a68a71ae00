import { sql } from 'kysely'
import type { Queries } from '../database/pool.ts'

/** Someone who was named in a post but is not in its channel. */
export interface Outsider {
  readonly id: string
  readonly username: string
  readonly inTeam: boolean
  /** in a group that is linked to the channel */
  readonly inGroups: boolean
}

/** People outside a channel, by name or id, by name in order; without bots and deactivated people. */
export async function findOutsiders(
  db: Queries,
  channel: { id: string; teamId: string },
  { names, ids }: { names: readonly string[]; ids: readonly string[] },
): Promise<Outsider[]> {
  const { rows } = await sql<{ id: string; username: string; inteam: boolean; ingroups: boolean }>`
    SELECT u.id, u.username, t.userid IS NOT NULL AS inteam, EXISTS (
      SELECT 1 FROM groupmembers AS gm JOIN groupchannels AS gc ON gc.groupid = gm.groupid
      WHERE gm.userid = u.id AND gc.channelid = ${channel.id}
        AND coalesce(gm.deleteat, 0) = 0 AND coalesce(gc.deleteat, 0) = 0
    ) AS ingroups
    FROM users AS u
    LEFT JOIN teammembers AS t ON t.teamid = ${channel.teamId} AND t.userid = u.id AND t.deleteat = 0
    WHERE (u.username = ANY(${names}::text[]) OR u.id = ANY(${ids}::text[])) AND coalesce(u.deleteat, 0) = 0
      AND NOT EXISTS (SELECT 1 FROM bots AS b WHERE b.userid = u.id)
      AND NOT EXISTS (SELECT 1 FROM channelmembers AS m WHERE m.channelid = ${channel.id} AND m.userid = u.id)
    ORDER BY u.username`.execute(db)
  return rows.map((row) => ({ id: row.id, username: row.username, inTeam: row.inteam, inGroups: row.ingroups }))
}
