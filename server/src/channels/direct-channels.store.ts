import { sql } from 'kysely'
import type { Queries } from '../database/pool.ts'

/** Ids of the live teams that all of the people are in. */
export async function findCommonTeams(db: Queries, userIds: readonly string[]): Promise<string[]> {
  const { rows } = await sql<{ teamid: string }>`
    SELECT m.teamid FROM teammembers AS m JOIN teams AS t ON t.id = m.teamid
    WHERE m.userid = ANY(${userIds}) AND m.deleteat = 0 AND t.deleteat = 0
    GROUP BY m.teamid, t.displayname HAVING count(DISTINCT m.userid) = ${userIds.length}
    ORDER BY t.displayname, m.teamid`.execute(db)
  return rows.map((row) => row.teamid)
}

/** Has the threads of what was a group message belong to the team it is now in. */
export async function giveThreadsToTeam(db: Queries, channelId: string, teamId: string): Promise<void> {
  await db.updateTable('threads').set({ threadteamid: teamId }).where('channelid', '=', channelId).execute()
  await db.deleteFrom('sidebarchannels').where('channelid', '=', channelId).execute()
}
