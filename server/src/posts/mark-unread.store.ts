import { sql } from 'kysely'
import type { Queries } from '../database/pool.ts'
import { JOIN_LEAVE_TYPES } from './post.ts'
import type { Post } from './post.ts'

/** A member's counters of a channel, as clients know them. Counts are of what is read, not of what is not. */
export interface ChannelUnreadAt {
  team_id: string
  user_id: string
  channel_id: string
  msg_count: number
  msg_count_root: number
  mention_count: number
  mention_count_root: number
  urgent_mention_count: number
  last_viewed_at: number
}

export interface UnreadPost {
  readonly rootId: string
  readonly message: string
  readonly props: Readonly<Record<string, unknown>>
  readonly urgent: boolean
}

export interface Mentions {
  readonly all: number
  readonly roots: number
  readonly urgent: number
}

/** As many of the newest posts are searched for mentions; a badge of more says nothing more. */
const MAX_SEARCHED = 2000

/** Live posts of others from `post` on, newest first, for finding out whom they mention. */
export async function findUnreadPosts(db: Queries, post: Post, userId: string): Promise<UnreadPost[]> {
  const { rows } = await sql<{ rootid: string; message: string; attachments: unknown; urgent: boolean }>`
    SELECT coalesce(p.rootid, '') AS rootid, coalesce(p.message, '') AS message,
           p.props -> 'attachments' AS attachments, coalesce(pr.priority = 'urgent', false) AS urgent
    FROM posts AS p LEFT JOIN postspriority AS pr ON pr.postid = p.id
    WHERE p.channelid = ${post.channel_id} AND p.deleteat = 0 AND p.createat >= ${post.create_at}
      AND p.userid <> ${userId} AND NOT (p.type = ANY(${[...JOIN_LEAVE_TYPES]}::text[]))
    ORDER BY p.createat DESC LIMIT ${MAX_SEARCHED}`.execute(db)
  return rows.map((row) => ({
    rootId: row.rootid,
    message: row.message,
    props: row.attachments ? { attachments: row.attachments } : {},
    urgent: row.urgent,
  }))
}

/**
 * Sets a member's counters back to just before `post` (schema-notes of the reference, "Mark unread"). With `keepsRoots`
 * those of roots stay. Null for a non-member.
 */
export async function setChannelBack(
  db: Queries,
  post: Post,
  userId: string,
  mentions: Mentions,
  keepsRoots: boolean,
): Promise<Omit<ChannelUnreadAt, 'team_id' | 'user_id' | 'channel_id'> | null> {
  const { rows } = await sql<Omit<ChannelUnreadAt, 'team_id' | 'user_id' | 'channel_id'>>`
    WITH unread AS (
      SELECT count(*) AS posts, count(*) FILTER (WHERE p.rootid = '') AS roots FROM posts AS p
      WHERE p.channelid = ${post.channel_id} AND p.deleteat = 0 AND p.createat >= ${post.create_at}
        AND NOT (p.type = ANY(${[...JOIN_LEAVE_TYPES]}::text[]))
    )
    UPDATE channelmembers AS m SET
      lastviewedat = ${post.create_at - 1},
      msgcount = greatest(0, coalesce(c.totalmsgcount, 0) - unread.posts),
      msgcountroot = CASE WHEN ${keepsRoots} THEN m.msgcountroot
                          ELSE greatest(0, coalesce(c.totalmsgcountroot, 0) - unread.roots) END,
      mentioncount = ${mentions.all},
      mentioncountroot = CASE WHEN ${keepsRoots} THEN m.mentioncountroot ELSE ${mentions.roots} END,
      urgentmentioncount = CASE WHEN ${keepsRoots} THEN m.urgentmentioncount ELSE ${mentions.urgent} END,
      lastupdateat = ${Date.now()}
    FROM unread, channels AS c
    WHERE c.id = m.channelid AND m.channelid = ${post.channel_id} AND m.userid = ${userId}
    RETURNING m.msgcount AS msg_count, coalesce(m.msgcountroot, 0) AS msg_count_root, m.mentioncount AS mention_count,
      coalesce(m.mentioncountroot, 0) AS mention_count_root, coalesce(m.urgentmentioncount, 0) AS urgent_mention_count,
      m.lastviewedat AS last_viewed_at`.execute(db)
  return rows[0] ?? null
}
