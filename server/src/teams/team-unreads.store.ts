import { sql } from 'kysely'
import type { Queries } from '../database/pool.ts'
import type { TeamUnread } from './team.ts'

/**
 * What a user has not read, added up by team in one query: every team he is in, or only `teamId`. Muted channels
 * count mentions only; archived teams and channels count nothing; threads, in channels that he is in, are left at 0 unless
 * asked for.
 */
export async function findUnreads(
  db: Queries,
  userId: string,
  options: { threads: boolean; teamId?: string; without?: string },
): Promise<TeamUnread[]> {
  const one = options.teamId ? sql`AND tm.teamid = ${options.teamId}` : sql``
  const without = options.without ? sql`AND tm.teamid <> ${options.without}` : sql``
  const { rows } = await sql<TeamUnread>`
    WITH mine AS (
      SELECT tm.teamid FROM teammembers AS tm JOIN teams AS t ON t.id = tm.teamid
      WHERE tm.userid = ${userId} AND tm.deleteat = 0 AND coalesce(t.deleteat, 0) = 0 ${one} ${without}
    ), messages AS (
      SELECT c.teamid,
        sum(CASE WHEN muted THEN 0 ELSE greatest(c.totalmsgcount - m.msgcount, 0) END) AS msgs,
        sum(CASE WHEN muted THEN 0 ELSE greatest(c.totalmsgcountroot - m.msgcountroot, 0) END) AS roots,
        sum(m.mentioncount) AS mentions,
        sum(m.mentioncountroot) AS rootmentions
      FROM channelmembers AS m
      JOIN channels AS c ON c.id = m.channelid AND coalesce(c.deleteat, 0) = 0
      CROSS JOIN LATERAL (SELECT coalesce(m.notifyprops->>'mark_unread' = 'mention', false) AS muted) AS p
      WHERE m.userid = ${userId} AND c.teamid IN (SELECT teamid FROM mine)
      GROUP BY c.teamid
    ), threads AS (${options.threads ? threadsOf(userId) : NO_THREADS})
    SELECT mine.teamid AS team_id,
      coalesce(messages.msgs, 0)::bigint AS msg_count,
      coalesce(messages.mentions, 0)::bigint AS mention_count,
      coalesce(messages.rootmentions, 0)::bigint AS mention_count_root,
      coalesce(messages.roots, 0)::bigint AS msg_count_root,
      coalesce(threads.unread, 0)::bigint AS thread_count,
      coalesce(threads.mentions, 0)::bigint AS thread_mention_count,
      coalesce(threads.urgent, 0)::bigint AS thread_urgent_mention_count
    FROM mine LEFT JOIN messages USING (teamid) LEFT JOIN threads USING (teamid)
    ORDER BY mine.teamid`.execute(db)
  return rows
}

const NO_THREADS = sql`SELECT ''::text AS teamid, 0 AS unread, 0 AS mentions, 0 AS urgent WHERE false`

const threadsOf = (userId: string) => sql`
  SELECT t.threadteamid AS teamid, count(*) AS unread, sum(tm.unreadmentions) AS mentions,
    sum(tm.unreadmentions) FILTER (WHERE EXISTS (
      SELECT 1 FROM postspriority AS pp WHERE pp.postid = t.postid AND pp.priority = 'urgent')) AS urgent
  FROM threadmemberships AS tm JOIN threads AS t ON t.postid = tm.postid
  JOIN channelmembers AS cm ON cm.channelid = t.channelid AND cm.userid = tm.userid
  WHERE tm.userid = ${userId} AND tm.following AND coalesce(t.threaddeleteat, 0) = 0
    AND tm.lastviewed < t.lastreplyat AND t.threadteamid IN (SELECT teamid FROM mine)
  GROUP BY t.threadteamid`
