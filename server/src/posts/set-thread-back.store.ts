import { sql } from 'kysely'
import type { Queries } from '../database/pool.ts'
import type { Post } from './post.ts'

export interface ThreadState {
  readonly replyCount: number
  readonly lastReplyAt: number
  readonly participantIds: readonly string[]
  readonly unreadReplies: number
  readonly isUrgent: boolean
  /** the root has a priority or acknowledgements */
  readonly marked: boolean
}

interface StateRow {
  replies: number
  last: number
  participants: unknown
  unread: number
  urgent: boolean
  marked: boolean
}

/** Writes that a user has read a thread only to just before `reply`, and follows it. */
export async function setMembershipBack(
  db: Queries,
  reply: Post,
  userId: string,
  unreadMentions: number,
): Promise<ThreadState> {
  const viewed = reply.create_at - 1
  await sql`
    INSERT INTO threadmemberships AS m (postid, userid, following, lastviewed, lastupdated, unreadmentions)
    VALUES (${reply.root_id}, ${userId}, true, ${viewed}, ${Date.now()}, ${unreadMentions})
    ON CONFLICT (postid, userid) DO UPDATE SET following = true, lastviewed = excluded.lastviewed,
      lastupdated = excluded.lastupdated, unreadmentions = excluded.unreadmentions`.execute(db)
  const { rows } = await sql<StateRow>`
    SELECT coalesce(t.replycount, 0) AS replies, coalesce(t.lastreplyat, 0) AS last, t.participants,
      (SELECT count(*) FROM posts AS r
       WHERE r.rootid = t.postid AND r.deleteat = 0 AND r.createat > ${viewed}) AS unread,
      EXISTS (SELECT 1 FROM postspriority AS p WHERE p.postid = t.postid AND p.priority = 'urgent') AS urgent,
      EXISTS (SELECT 1 FROM postspriority AS p WHERE p.postid = t.postid)
        OR EXISTS (SELECT 1 FROM postacknowledgements AS a WHERE a.postid = t.postid AND a.acknowledgedat > 0) AS marked
    FROM threads AS t WHERE t.postid = ${reply.root_id}`.execute(db)
  const row = rows[0]
  return {
    replyCount: row?.replies ?? 0,
    lastReplyAt: row?.last ?? 0,
    participantIds: (row?.participants ?? []) as string[],
    unreadReplies: row?.unread ?? 0,
    isUrgent: row?.urgent ?? false,
    marked: row?.marked ?? false,
  }
}
