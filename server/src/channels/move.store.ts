import { sql } from 'kysely'
import type { Queries } from '../database/pool.ts'

/** Members of a channel who are not live members of the team. */
export async function findMembersOutsideTeam(db: Queries, channelId: string, teamId: string): Promise<string[]> {
  const { rows } = await sql<{ userid: string }>`
    SELECT m.userid FROM channelmembers AS m JOIN users AS u ON u.id = m.userid
    WHERE m.channelid = ${channelId} AND u.deleteat = 0 AND NOT EXISTS (
      SELECT 1 FROM teammembers AS t WHERE t.teamid = ${teamId} AND t.userid = m.userid AND t.deleteat = 0
    )`.execute(db)
  return rows.map((row) => row.userid)
}

/**
 * Takes along to another team what names the team beside the channel: threads and webhooks. The channel leaves the
 * categories of its old team.
 */
export async function moveBelongings(db: Queries, channelId: string, teamId: string): Promise<void> {
  await db.updateTable('threads').set({ threadteamid: teamId }).where('channelid', '=', channelId).execute()
  await db.updateTable('incomingwebhooks').set({ teamid: teamId }).where('channelid', '=', channelId).execute()
  await db.updateTable('outgoingwebhooks').set({ teamid: teamId }).where('channelid', '=', channelId).execute()
  await db.deleteFrom('sidebarchannels').where('channelid', '=', channelId).execute()
}
