import { sql } from 'kysely'
import type { Queries } from '../database/pool.ts'

/**
 * Puts a whole thread (deleted replies and kept versions too) and all that hangs on it into another channel, whose
 * counters grow by its posts. Those of the old channel stay, as they do when posts are deleted.
 */
export async function moveRows(
  db: Queries,
  rootId: string,
  to: { id: string; teamId: string },
  moved: { at: number; lastAt: number; count: number },
): Promise<void> {
  const { rows } = await sql<{ id: string }>`
    WITH whole AS (SELECT p.id FROM posts AS p WHERE p.id = ${rootId} OR p.rootid = ${rootId})
    UPDATE posts SET channelid = ${to.id}, updateat = greatest(posts.updateat, ${moved.at}::bigint)
    WHERE posts.id IN (SELECT whole.id FROM whole) OR posts.originalid IN (SELECT whole.id FROM whole)
    RETURNING posts.id`.execute(db)
  const ids = rows.map((row) => row.id)
  for (const table of ['fileinfo', 'reactions', 'postacknowledgements', 'postspriority', 'threads']) {
    await sql`UPDATE ${sql.table(table)} SET channelid = ${to.id} WHERE postid = ANY(${ids}::text[])`.execute(db)
  }
  await db.updateTable('threads').set({ threadteamid: to.teamId }).where('threads.postid', '=', rootId).execute()
  await sql`
    UPDATE channels SET totalmsgcount = coalesce(channels.totalmsgcount, 0) + ${moved.count},
      totalmsgcountroot = coalesce(channels.totalmsgcountroot, 0) + 1,
      lastpostat = greatest(channels.lastpostat, ${moved.lastAt}::bigint)
    WHERE channels.id = ${to.id}`.execute(db)
}
