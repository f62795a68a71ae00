import { sql } from 'kysely'
import type { Selectable } from 'kysely'
import type { Queries } from '../database/pool.ts'
import type { ReactionsTable } from '../database/tables.ts'
import type { Reaction } from './reaction.ts'

const reactionOf = (row: Selectable<ReactionsTable>): Reaction => ({
  user_id: row.userid,
  post_id: row.postid,
  emoji_name: row.emojiname,
  create_at: row.createat ?? 0,
  update_at: row.updateat ?? 0,
  delete_at: row.deleteat ?? 0,
  remote_id: row.remoteid ?? '',
  channel_id: row.channelid,
})

/** Locks a live post until the transaction ends, so that reactions on it come one by one. False when it is gone. */
export async function lockReactedPost(db: Queries, postId: string): Promise<boolean> {
  const row = await db
    .selectFrom('posts')
    .select('posts.id')
    .where('posts.id', '=', postId)
    .where('posts.deleteat', '=', 0)
    .forUpdate()
    .executeTakeFirst()
  return row !== undefined
}

/** The emoji names that stand on a post, each once. */
export async function findEmojiNames(db: Queries, postId: string): Promise<Set<string>> {
  const { rows } = await sql<{ emojiname: string }>`
    SELECT DISTINCT r.emojiname FROM reactions AS r
    WHERE r.postid = ${postId} AND coalesce(r.deleteat, 0) = 0`.execute(db)
  return new Set(rows.map((row) => row.emojiname))
}

/** Live reactions on posts, oldest first. */
export async function findReactions(db: Queries, postIds: readonly string[]): Promise<Reaction[]> {
  if (postIds.length === 0) return []
  const { rows } = await sql<Selectable<ReactionsTable>>`
    SELECT r.* FROM reactions AS r
    WHERE r.postid = ANY(${postIds}::text[]) AND coalesce(r.deleteat, 0) = 0
    ORDER BY r.createat, r.userid`.execute(db)
  return rows.map(reactionOf)
}

/**
 * Adds a reaction and notes it on its post, in one statement: the common case. Null when it has to be looked at closer:
 * the post is gone or elsewhere, somebody else has just changed it, it has `limit` other emojis, or the reaction is
 * there already. `isRepeating` tells whether the post's notification is being repeated.
 *
 * What the statement sees of other reactions is as old as the version of the post that it began with (every reaction
 * writes its post). If the locked version is another one, the count could be wrong.
 */
export async function addReactionAtOnce(
  db: Queries,
  reaction: Reaction,
  limit: number,
): Promise<{ added: Reaction; isRepeating: boolean } | null> {
  const { rows } = await sql<Selectable<ReactionsTable> & { isrepeating: boolean }>`
    WITH target AS MATERIALIZED (
      SELECT posts.id, posts.channelid, posts.xmin AS version FROM posts
      WHERE posts.id = ${reaction.post_id} AND posts.channelid = ${reaction.channel_id} AND posts.deleteat = 0
      FOR UPDATE
    ), added AS (
      INSERT INTO reactions AS r (userid, postid, emojiname, createat, updateat, deleteat, remoteid, channelid)
      SELECT ${reaction.user_id}, target.id, ${reaction.emoji_name}, ${reaction.create_at}::bigint,
             ${reaction.update_at}::bigint, 0, '', target.channelid FROM target
      WHERE target.version = (SELECT seen.xmin FROM posts AS seen WHERE seen.id = ${reaction.post_id})
        AND (SELECT count(DISTINCT other.emojiname) FROM reactions AS other
             WHERE other.postid = ${reaction.post_id} AND other.emojiname <> ${reaction.emoji_name}
               AND coalesce(other.deleteat, 0) = 0) < ${limit}::int
      ON CONFLICT (postid, userid, emojiname) DO UPDATE SET createat = excluded.createat, updateat = excluded.updateat,
        deleteat = 0, channelid = excluded.channelid
      WHERE coalesce(r.deleteat, 0) > 0
      RETURNING r.*
    ), marked AS (
      UPDATE posts SET updateat = greatest(posts.updateat, added.updateat), hasreactions = true
      FROM added WHERE posts.id = added.postid
    )
    SELECT added.*, EXISTS (
      SELECT FROM persistentnotifications AS n WHERE n.postid = added.postid AND n.deleteat = 0) AS isrepeating
    FROM added`.execute(db)
  const [row] = rows
  return row ? { added: reactionOf(row), isRepeating: row.isrepeating } : null
}

/** Adds a reaction, or brings a removed one back. Null when it is there already. */
export async function addReaction(db: Queries, reaction: Reaction): Promise<Reaction | null> {
  const { rows } = await sql<Selectable<ReactionsTable>>`
    INSERT INTO reactions AS r (userid, postid, emojiname, createat, updateat, deleteat, remoteid, channelid)
    VALUES (${reaction.user_id}, ${reaction.post_id}, ${reaction.emoji_name}, ${reaction.create_at},
            ${reaction.update_at}, 0, '', ${reaction.channel_id})
    ON CONFLICT (postid, userid, emojiname) DO UPDATE SET createat = excluded.createat, updateat = excluded.updateat,
      deleteat = 0, channelid = excluded.channelid
    WHERE coalesce(r.deleteat, 0) > 0
    RETURNING r.*`.execute(db)
  return rows[0] ? reactionOf(rows[0]) : null
}

/** Removes a live reaction; the row stays, marked as deleted. Null when there is none. */
export async function removeReaction(
  db: Queries,
  reaction: Pick<Reaction, 'user_id' | 'post_id' | 'emoji_name'>,
  at: number,
): Promise<Reaction | null> {
  const { rows } = await sql<Selectable<ReactionsTable>>`
    UPDATE reactions AS r SET deleteat = ${at}, updateat = ${at}
    WHERE r.postid = ${reaction.post_id} AND r.userid = ${reaction.user_id} AND r.emojiname = ${reaction.emoji_name}
      AND coalesce(r.deleteat, 0) = 0
    RETURNING r.*`.execute(db)
  return rows[0] ? reactionOf(rows[0]) : null
}

/** Notes on a post whether anybody reacts to it, and that it changed at a time (ms). */
export async function markReacted(db: Queries, postId: string, at: number): Promise<void> {
  await sql`
    UPDATE posts SET updateat = greatest(posts.updateat, ${at}::bigint), hasreactions = EXISTS (
      SELECT FROM reactions AS r WHERE r.postid = ${postId} AND coalesce(r.deleteat, 0) = 0)
    WHERE posts.id = ${postId}`.execute(db)
}
