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

interface Asked {
  readonly userId: string
  readonly channelIds: readonly string[]
  readonly threadsAt: number | null
}

/** A channel's counters tell what its member has not read. */
const UNREAD = sql`coalesce(m.msgcount, 0) < c.totalmsgcount OR coalesce(m.msgcountroot, 0) < c.totalmsgcountroot
  OR coalesce(m.lastviewedat, 0) < c.lastpostat
  OR m.mentioncount > 0 OR m.mentioncountroot > 0 OR m.urgentmentioncount > 0`

/**
 * Marks channels as read for their members, in one statement; with `threadsAt` (ms) also their threads in them. Rows
 * without anything unread are not written. Answers by `channel:user`; channels that somebody is not in are left out.
 */
export async function markViewed(db: Queries, asked: readonly Asked[]): Promise<Map<string, ViewedChannel>> {
  const { rows } = await sql<{ key: string; channelid: string; at: number; touched: boolean; threads: boolean }>`
    WITH asked AS MATERIALIZED (
      SELECT a.userid, a.channelid, a.threadsat
      FROM json_to_recordset(${JSON.stringify(rowsOf(asked))}::json) AS a(userid text, channelid text, threadsat bigint)
    ), due AS (
      UPDATE channelmembers AS m SET
        mentioncount = 0, mentioncountroot = 0, urgentmentioncount = 0,
        msgcount = greatest(m.msgcount, c.totalmsgcount, 0),
        msgcountroot = greatest(m.msgcountroot, c.totalmsgcountroot, 0),
        lastviewedat = greatest(m.lastviewedat, c.lastpostat, 0),
        lastupdateat = greatest(m.lastviewedat, c.lastpostat, 0)
      FROM asked JOIN channels AS c ON c.id = asked.channelid
      WHERE m.channelid = asked.channelid AND m.userid = asked.userid AND (${UNREAD})
      RETURNING m.channelid, m.userid
    ), threads_read AS (
      UPDATE threadmemberships AS f SET
        lastviewed = asked.threadsat, lastupdated = asked.threadsat, unreadmentions = 0
      FROM asked JOIN channelmembers AS own ON own.channelid = asked.channelid AND own.userid = asked.userid
      JOIN threads AS t ON t.channelid = asked.channelid
      WHERE asked.threadsat IS NOT NULL AND t.postid = f.postid AND f.userid = asked.userid
        AND (f.lastviewed < t.lastreplyat OR f.unreadmentions > 0)
      RETURNING t.channelid, f.userid
    )
    SELECT m.channelid || ':' || m.userid AS key, m.channelid, greatest(m.lastviewedat, c.lastpostat, 0) AS at,
      EXISTS (SELECT 1 FROM due WHERE due.channelid = m.channelid AND due.userid = m.userid) AS touched,
      EXISTS (SELECT 1 FROM threads_read AS r WHERE r.channelid = m.channelid AND r.userid = m.userid) AS threads
    FROM asked JOIN channelmembers AS m ON m.channelid = asked.channelid AND m.userid = asked.userid
    JOIN channels AS c ON c.id = m.channelid`.execute(db)
  return new Map(
    rows.map(({ key, channelid, at, touched, threads }) => [key, { channelId: channelid, at, touched, threads }]),
  )
}

/** One row a member, always in the same order: statements that lock the same rows must not wait for each other. */
function rowsOf(asked: readonly Asked[]): { userid: string; channelid: string; threadsat: number | null }[] {
  const rows = new Map<string, { userid: string; channelid: string; threadsat: number | null }>()
  for (const { userId, channelIds, threadsAt } of asked) {
    for (const channelid of channelIds) {
      const key = `${channelid}:${userId}`
      const threadsat = threadsAt ?? rows.get(key)?.threadsat ?? null
      rows.set(key, { userid: userId, channelid, threadsat })
    }
  }
  return [...rows].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row)
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
