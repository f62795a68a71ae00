import { CompiledQuery, sql } from 'kysely'
import type { Queries } from '../database/pool.ts'
import type { Post } from './post.ts'
import { postOf } from './post-row.ts'
import type { PostRow } from './post-row.ts'

/** How one channel's counters move when a batch of posts is written. */
export interface ChannelDelta {
  channelid: string
  posts: number
  roots: number
  at: number
  rootat: number
}

/** How one member's counters move when a batch of posts is written. */
export interface MemberDelta {
  channelid: string
  userid: string
  /** the member wrote in this batch, and with that has read the channel up to his last post in it */
  viewed: boolean
  /** time of that post */
  at: number
  /** counted posts and root posts of the batch after it */
  after: number
  rootsafter: number
  /** mentions in the batch, after that post if there is one */
  mentions: number
  rootmentions: number
  urgent: number
}

/** Counter rules: schema-notes of the reference, "counters". */
const INSERT_POSTS = `
  WITH written AS (
    INSERT INTO posts (id, createat, updateat, editat, deleteat, userid, channelid, rootid, originalid, message, type,
                       props, hashtags, filenames, fileids, hasreactions, ispinned)
    SELECT p.id, p.create_at, p.update_at, p.edit_at, 0, p.user_id, p.channel_id, p.root_id, '', p.message, p.type,
           p.props, p.hashtags, '[]', p.file_ids, false, p.is_pinned
    FROM json_to_recordset($1::json) AS p(id text, create_at bigint, update_at bigint, edit_at bigint,
         user_id text, channel_id text, root_id text, message text, type text, props jsonb, hashtags text,
         file_ids text, is_pinned boolean)
  ), counted AS (
    UPDATE channels SET
      totalmsgcount = coalesce(channels.totalmsgcount, 0) + d.posts,
      totalmsgcountroot = coalesce(channels.totalmsgcountroot, 0) + d.roots,
      lastpostat = greatest(channels.lastpostat, d.at),
      lastrootpostat = greatest(channels.lastrootpostat, d.rootat)
    FROM json_to_recordset($2::json) AS d(channelid text, posts int, roots int, at bigint, rootat bigint)
    WHERE channels.id = d.channelid
    RETURNING channels.id, channels.totalmsgcount, channels.totalmsgcountroot
  )
  UPDATE channelmembers AS m SET
    msgcount = CASE WHEN d.viewed THEN greatest(m.msgcount, c.totalmsgcount - d.after) ELSE m.msgcount END,
    msgcountroot = CASE WHEN d.viewed THEN greatest(m.msgcountroot, c.totalmsgcountroot - d.rootsafter)
                        ELSE m.msgcountroot END,
    mentioncount = CASE WHEN d.viewed THEN d.mentions ELSE coalesce(m.mentioncount, 0) + d.mentions END,
    mentioncountroot = CASE WHEN d.viewed THEN d.rootmentions ELSE coalesce(m.mentioncountroot, 0) + d.rootmentions END,
    urgentmentioncount = CASE WHEN d.viewed THEN d.urgent ELSE coalesce(m.urgentmentioncount, 0) + d.urgent END,
    lastviewedat = CASE WHEN d.viewed THEN greatest(m.lastviewedat, d.at) ELSE m.lastviewedat END,
    lastupdateat = greatest(m.lastupdateat, d.at)
  FROM json_to_recordset($3::json)
    AS d(channelid text, userid text, viewed boolean, at bigint, after int, rootsafter int, mentions int,
         rootmentions int, urgent int)
  JOIN counted AS c ON c.id = d.channelid
  WHERE m.channelid = d.channelid AND m.userid = d.userid`

/** Writes posts and moves the counters of their channels and members in one statement: one round trip, one commit. */
export async function insertPosts(
  db: Queries,
  posts: readonly Post[],
  channels: readonly ChannelDelta[],
  members: readonly MemberDelta[],
): Promise<void> {
  const rows = posts.map((post) => ({ ...post, metadata: undefined, file_ids: JSON.stringify(post.file_ids) }))
  const values = [rows, channels, members].map((list) => JSON.stringify(list))
  await db.executeQuery(CompiledQuery.raw(INSERT_POSTS, values))
}

/** Whether a post has been written, in whatever state it is now. */
export async function isWritten(db: Queries, id: string): Promise<boolean> {
  const row = await db.selectFrom('posts').select('posts.id').where('posts.id', '=', id).executeTakeFirst()
  return row !== undefined
}

/** A live post, or null: deleted posts and kept versions do not count. */
export async function findPost(db: Queries, id: string): Promise<Post | null> {
  const row = await db
    .selectFrom('posts')
    .selectAll('posts')
    .where('posts.id', '=', id)
    .where('posts.deleteat', '=', 0)
    .executeTakeFirst()
  return row ? postOf(row) : null
}

/** A post by id in whatever state: live, deleted or a kept version. */
export async function findAnyPost(db: Queries, id: string): Promise<Post | null> {
  const row = await db.selectFrom('posts').selectAll('posts').where('posts.id', '=', id).executeTakeFirst()
  return row ? postOf(row) : null
}

/** Posts by id in whatever state: live, deleted or kept versions; in no order, missing ones are left out. */
export async function findAnyPosts(db: Queries, ids: readonly string[]): Promise<Post[]> {
  const { rows } = await sql<PostRow>`
    SELECT posts.* FROM posts WHERE posts.id = ANY(${ids}::text[])`.execute(db)
  return rows.map(postOf)
}

/** Live posts by id, newest first; missing ones are left out. */
export async function findPosts(db: Queries, ids: readonly string[]): Promise<Post[]> {
  if (ids.length === 0) return []
  const rows = await db
    .selectFrom('posts')
    .selectAll('posts')
    .where('posts.id', 'in', [...ids])
    .where('posts.deleteat', '=', 0)
    .orderBy('posts.createat', 'desc')
    .execute()
  return rows.map(postOf)
}

/** Replaces the files of a post that has just been written. */
export async function setFileIds(db: Queries, postId: string, fileIds: readonly string[]): Promise<void> {
  await db
    .updateTable('posts')
    .set({ fileids: JSON.stringify(fileIds) })
    .where('posts.id', '=', postId)
    .execute()
}
