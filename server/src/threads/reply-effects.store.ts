import { sql } from 'kysely'
import type { Queries } from '../database/pool.ts'

export interface ReplyRow {
  readonly rootId: string
  readonly channelId: string
  readonly teamId: string
  readonly userId: string
  readonly at: number
}

/**
 * Counts a reply on its thread: the row appears with the first one; the newest replier stands last. Returns the number
 * of replies with this one, null when the root has been deleted or moved away meanwhile. Whoever counts replies changes
 * the root first: its row keeps a reply and the deletion of another apart.
 */
export async function countReply(db: Queries, reply: ReplyRow): Promise<number | null> {
  const { numUpdatedRows } = await db
    .updateTable('posts')
    .set((row) => ({ updateat: row.fn<number>('greatest', ['posts.updateat', row.val(reply.at)]) }))
    .where('posts.id', '=', reply.rootId)
    .where('posts.channelid', '=', reply.channelId)
    .where('posts.deleteat', '=', 0)
    .executeTakeFirst()
  if (numUpdatedRows === 0n) return null
  const me = JSON.stringify([reply.userId])
  const counted = await sql<{ replycount: number }>`
    INSERT INTO threads (postid, channelid, threadteamid, replycount, lastreplyat, participants)
    VALUES (${reply.rootId}, ${reply.channelId}, ${reply.teamId}, 1, ${reply.at}, ${me}::jsonb)
    ON CONFLICT (postid) DO UPDATE SET
      replycount = threads.replycount + 1,
      lastreplyat = greatest(threads.lastreplyat, ${reply.at}),
      participants = (coalesce(threads.participants, '[]'::jsonb) - ${reply.userId}::text) || ${me}::jsonb
    RETURNING replycount`.execute(db)
  return counted.rows[0]?.replycount ?? 0
}

export interface FollowChange {
  readonly userid: string
  /** switch following on for someone who had unfollowed */
  readonly refollow: boolean
  /** the thread counts as read up to the reply: its author, who looks at it */
  readonly viewed: boolean
  readonly mentions: number
}

/** Makes or updates the memberships that a reply touches. */
export async function followThread(
  db: Queries,
  rootId: string,
  at: number,
  changes: readonly FollowChange[],
): Promise<void> {
  if (changes.length === 0) return
  await sql`
    INSERT INTO threadmemberships AS m (postid, userid, following, lastviewed, lastupdated, unreadmentions)
    SELECT ${rootId}, d.userid, true, CASE WHEN d.viewed THEN ${at}::bigint ELSE 0 END, ${at}, d.mentions
    FROM json_to_recordset(${JSON.stringify(changes)}::json)
      AS d(userid text, refollow boolean, viewed boolean, mentions int)
    ON CONFLICT (postid, userid) DO UPDATE SET
      following = m.following OR excluded.following AND (
        SELECT d.refollow FROM json_to_recordset(${JSON.stringify(changes)}::json) AS d(userid text, refollow boolean)
        WHERE d.userid = excluded.userid),
      lastviewed = greatest(m.lastviewed, excluded.lastviewed),
      lastupdated = excluded.lastupdated,
      unreadmentions = CASE WHEN excluded.lastviewed > 0 THEN 0 ELSE m.unreadmentions + excluded.unreadmentions END`.execute(
    db,
  )
}

export interface FollowerState {
  readonly userId: string
  readonly lastViewed: number
  readonly unreadMentions: number
  readonly unreadReplies: number
}

/** Every follower of a thread with what he has not read. */
export async function findFollowerStates(db: Queries, rootId: string): Promise<FollowerState[]> {
  const result = await sql<{ userid: string; lastviewed: number; unreadmentions: number; unreadreplies: number }>`
    SELECT m.userid, coalesce(m.lastviewed, 0) AS lastviewed, coalesce(m.unreadmentions, 0) AS unreadmentions,
      (SELECT count(*) FROM posts AS r WHERE r.rootid = m.postid AND r.deleteat = 0 AND r.createat > m.lastviewed) AS unreadreplies
    FROM threadmemberships AS m WHERE m.postid = ${rootId} AND m.following`.execute(db)
  return result.rows.map((row) => ({
    userId: row.userid,
    lastViewed: row.lastviewed,
    unreadMentions: row.unreadmentions,
    unreadReplies: row.unreadreplies,
  }))
}

/** What a thread has come to; zeros for a root without replies. `marked`: its root has a priority or acknowledgements. */
export async function findThread(
  db: Queries,
  rootId: string,
): Promise<{ replyCount: number; lastReplyAt: number; participantIds: string[]; isUrgent: boolean; marked: boolean }> {
  const row = await db
    .selectFrom('threads')
    .leftJoin('postspriority', 'postspriority.postid', 'threads.postid')
    .select(['threads.replycount', 'threads.lastreplyat', 'threads.participants', 'postspriority.priority'])
    .select(
      sql<boolean>`postspriority.postid IS NOT NULL OR EXISTS (
        SELECT 1 FROM postacknowledgements AS a WHERE a.postid = threads.postid AND a.acknowledgedat > 0)`.as('marked'),
    )
    .where('threads.postid', '=', rootId)
    .executeTakeFirst()
  return {
    replyCount: row?.replycount ?? 0,
    lastReplyAt: row?.lastreplyat ?? 0,
    participantIds: (row?.participants ?? []) as string[],
    isUrgent: row?.priority === 'urgent',
    marked: row?.marked ?? false,
  }
}
