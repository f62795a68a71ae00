import { sql } from 'kysely'
import type { Queries } from '../database/pool.ts'
import { touchPost } from './post-history.store.ts'
import type { Post } from './post.ts'
import { endRepeating } from './persistent-notifications.store.ts'

/** Marks a post and, of a root, its live replies as deleted. Answers their ids. */
export async function markDeleted(db: Queries, post: Post, deletedBy: string, at: number): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    UPDATE posts SET deleteat = ${at}, updateat = ${at},
      props = jsonb_set(coalesce(posts.props, '{}'::jsonb), '{deleteBy}', to_jsonb(${deletedBy}::text))
    WHERE (posts.id = ${post.id} OR posts.rootid = ${post.id}) AND posts.deleteat = 0
    RETURNING posts.id`.execute(db)
  return rows.map((row) => row.id)
}

/** Marks the files of deleted posts as deleted. */
export async function deleteFiles(db: Queries, postIds: readonly string[], at: number): Promise<void> {
  await sql`UPDATE fileinfo SET deleteat = ${at}, updateat = ${at}
    WHERE fileinfo.postid = ANY(${postIds}::text[]) AND fileinfo.deleteat = 0`.execute(db)
}

/** A deleted root: its thread is no longer listed. */
export async function closeThread(db: Queries, rootId: string, at: number): Promise<void> {
  await db.updateTable('threads').set({ threaddeleteat: at }).where('threads.postid', '=', rootId).execute()
}

/**
 * A deleted reply: its thread counts the replies that are left, and loses the author if none of them is his. Nobody is
 * mentioned more often than there are replies that he has not read.
 */
export async function recountThread(db: Queries, reply: Post, at: number): Promise<void> {
  // Comes first: until the transaction ends nobody else counts, and what others have counted is seen below.
  await touchPost(db, reply.root_id, at)
  await sql`
    WITH kept AS (
      SELECT count(*) AS replies, coalesce(max(r.createat), 0) AS last,
             coalesce(bool_or(r.userid = ${reply.user_id}), false) AS hasauthor
      FROM posts AS r WHERE r.rootid = ${reply.root_id} AND r.deleteat = 0
    )
    UPDATE threads SET replycount = kept.replies, lastreplyat = kept.last,
      participants = CASE WHEN kept.hasauthor THEN threads.participants
                          ELSE coalesce(threads.participants, '[]'::jsonb) - ${reply.user_id}::text END
    FROM kept WHERE threads.postid = ${reply.root_id}`.execute(db)
  await sql`
    UPDATE threadmemberships AS m SET unreadmentions = least(m.unreadmentions, (
      SELECT count(*) FROM posts AS r WHERE r.rootid = m.postid AND r.deleteat = 0
        AND r.userid <> m.userid AND r.createat > coalesce(m.lastviewed, 0)))
    WHERE m.postid = ${reply.root_id} AND m.unreadmentions > 0`.execute(db)
}

/** Drafts of replies to a deleted root can no longer be sent. */
export async function deleteDrafts(db: Queries, rootId: string): Promise<void> {
  await db.deleteFrom('drafts').where('drafts.rootid', '=', rootId).execute()
}

/** Reminders of posts and their repeated notifications end. */
export async function deletePointers(db: Queries, postIds: readonly string[], at: number): Promise<void> {
  if (postIds.length === 0) return
  await db
    .deleteFrom('postreminders')
    .where('postreminders.postid', 'in', [...postIds])
    .execute()
  await endRepeating(db, postIds, at)
}

/** Saved posts that are gone are no longer saved. Answers whose preferences changed. */
export async function deleteSavedMarks(db: Queries, postIds: readonly string[]): Promise<Set<string>> {
  if (postIds.length === 0) return new Set()
  const rows = await db
    .deleteFrom('preferences')
    .where('preferences.category', '=', 'flagged_post')
    .where('preferences.name', 'in', [...postIds])
    .returning('preferences.userid')
    .execute()
  return new Set(rows.map((row) => row.userid))
}

/** The ids of a post, its replies and all their kept versions. */
export async function findWhole(db: Queries, postId: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    WITH whole AS (SELECT p.id FROM posts AS p WHERE p.id = ${postId} OR p.rootid = ${postId})
    SELECT whole.id FROM whole
    UNION
    SELECT p.id FROM posts AS p WHERE p.originalid IN (SELECT whole.id FROM whole)`.execute(db)
  return rows.map((row) => row.id)
}

/** Removes posts with every row that hangs on them. Answers the stored paths of their files. */
export async function eraseRows(db: Queries, ids: readonly string[]): Promise<string[]> {
  const list = sql`ANY(${ids}::text[])`
  const { rows } = await sql<{ path: string | null; thumbnailpath: string | null; previewpath: string | null }>`
    DELETE FROM fileinfo WHERE fileinfo.postid = ${list}
    RETURNING fileinfo.path, fileinfo.thumbnailpath, fileinfo.previewpath`.execute(db)
  for (const table of [
    'reactions',
    'postspriority',
    'postacknowledgements',
    'persistentnotifications',
    'threads',
    'threadmemberships',
  ]) {
    await sql`DELETE FROM ${sql.table(table)} WHERE postid = ${list}`.execute(db)
  }
  await sql`DELETE FROM outpost.post_search WHERE post_search.id = ${list}`.execute(db)
  await sql`DELETE FROM outpost.file_search WHERE file_search.post_id = ${list}`.execute(db)
  await sql`DELETE FROM posts WHERE posts.id = ${list}`.execute(db)
  return rows.flatMap((row) => [row.path, row.thumbnailpath, row.previewpath]).filter((path) => !!path) as string[]
}
