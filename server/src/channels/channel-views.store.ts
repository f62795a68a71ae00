import { sql } from 'kysely'
import type { Queries } from '../database/pool.ts'

export interface ViewedChannel {
  readonly channelId: string
  /** time up to which the person has seen it now, ms */
  readonly at: number
  /** there was something unread */
  readonly touched: boolean
  /** one of his threads in it was unread */
  readonly threads: boolean
}

/**
 * Marks channels as read for one of their members, in one statement; with `threadsAt` (ms) also his threads in them.
 * Rows without anything unread are not written; channels he is not in are left out of the answer.
 */
export async function markViewed(
  db: Queries,
  userId: string,
  channelIds: readonly string[],
  threadsAt: number | null,
): Promise<ViewedChannel[]> {
  const { rows } = await sql<{ channelid: string; at: number; touched: boolean; threads: boolean }>`
    WITH due AS (
      UPDATE channelmembers AS m SET
        mentioncount = 0, mentioncountroot = 0, urgentmentioncount = 0,
        msgcount = greatest(m.msgcount, c.totalmsgcount, 0),
        msgcountroot = greatest(m.msgcountroot, c.totalmsgcountroot, 0),
        lastviewedat = greatest(m.lastviewedat, c.lastpostat, 0),
        lastupdateat = greatest(m.lastviewedat, c.lastpostat, 0)
      FROM channels AS c
      WHERE c.id = m.channelid AND m.userid = ${userId} AND m.channelid = ANY(${channelIds}) AND (
        coalesce(m.msgcount, 0) < c.totalmsgcount OR coalesce(m.msgcountroot, 0) < c.totalmsgcountroot
        OR coalesce(m.lastviewedat, 0) < c.lastpostat
        OR m.mentioncount > 0 OR m.mentioncountroot > 0 OR m.urgentmentioncount > 0
      )
      RETURNING m.channelid
    ), threads_read AS (
      UPDATE threadmemberships AS f SET
        lastviewed = ${threadsAt}::bigint, lastupdated = ${threadsAt}::bigint, unreadmentions = 0
      FROM threads AS t, channelmembers AS own
      WHERE ${threadsAt}::bigint IS NOT NULL AND t.postid = f.postid AND f.userid = ${userId}
        AND t.channelid = ANY(${channelIds}) AND own.channelid = t.channelid AND own.userid = f.userid
        AND (f.lastviewed < t.lastreplyat OR f.unreadmentions > 0)
      RETURNING t.channelid
    )
    SELECT m.channelid, greatest(m.lastviewedat, c.lastpostat, 0) AS at,
      EXISTS (SELECT 1 FROM due WHERE due.channelid = m.channelid) AS touched,
      EXISTS (SELECT 1 FROM threads_read AS r WHERE r.channelid = m.channelid) AS threads
    FROM channelmembers AS m JOIN channels AS c ON c.id = m.channelid
    WHERE m.userid = ${userId} AND m.channelid = ANY(${channelIds})`.execute(db)
  return rows.map((row) => ({ channelId: row.channelid, at: row.at, touched: row.touched, threads: row.threads }))
}

/** The person's own choice of collapsed threads: `on`, `off`, or null if never chosen. */
export async function findThreadsPreference(db: Queries, userId: string): Promise<string | null> {
  const row = await db
    .selectFrom('preferences')
    .select('preferences.value')
    .where('preferences.userid', '=', userId)
    .where('preferences.category', '=', 'display_settings')
    .where('preferences.name', '=', 'collapsed_reply_threads')
    .executeTakeFirst()
  return row?.value ?? null
}

export interface ChannelUnread {
  team_id: string
  channel_id: string
  msg_count: number
  mention_count: number
  mention_count_root: number
  urgent_mention_count: number
  msg_count_root: number
}

/** What a member has not read of a channel, or null for a non-member. */
export async function findUnread(db: Queries, channelId: string, userId: string): Promise<ChannelUnread | null> {
  const { rows } = await sql<ChannelUnread>`
    SELECT coalesce(c.teamid, '') AS team_id, c.id AS channel_id,
      greatest(coalesce(c.totalmsgcount, 0) - coalesce(m.msgcount, 0), 0) AS msg_count,
      greatest(coalesce(c.totalmsgcountroot, 0) - coalesce(m.msgcountroot, 0), 0) AS msg_count_root,
      coalesce(m.mentioncount, 0) AS mention_count, coalesce(m.mentioncountroot, 0) AS mention_count_root,
      coalesce(m.urgentmentioncount, 0) AS urgent_mention_count
    FROM channelmembers AS m JOIN channels AS c ON c.id = m.channelid
    WHERE m.channelid = ${channelId} AND m.userid = ${userId}`.execute(db)
  return rows[0] ?? null
}
