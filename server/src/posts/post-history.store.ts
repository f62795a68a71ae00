import { sql } from 'kysely'
import type { Queries } from '../database/pool.ts'
import type { FileInfo } from '../files/file-info-view.ts'
import { newId } from '../ids.ts'
import type { Post } from './post.ts'
import { findMetadata } from './post-metadata.store.ts'
import { postOf } from './post-row.ts'

/** The kept versions of a post, newest first. */
export async function findVersions(db: Queries, postId: string): Promise<Post[]> {
  const rows = await db
    .selectFrom('posts')
    .selectAll('posts')
    .where('posts.originalid', '=', postId)
    .orderBy('posts.editat', 'desc')
    .orderBy('posts.deleteat', 'desc')
    .execute()
  return rows.map(postOf)
}

/** The files that were taken from a post, oldest first. */
export async function findDeletedFiles(db: Queries, postId: string): Promise<FileInfo[]> {
  const rows = await db
    .selectFrom('fileinfo')
    .select('fileinfo.id')
    .where('fileinfo.postid', '=', postId)
    .where('fileinfo.deleteat', '>', 0)
    .execute()
  const oldFileIds = rows.map((row) => row.id)
  const none = { postIds: [], withFiles: [], withReactions: [], emojiNames: [] }
  return (await findMetadata(db, { ...none, oldFileIds })).files
}

/** A live post for changing it: its row is locked until the transaction ends. Null when it is gone. */
export async function lockPost(db: Queries, postId: string): Promise<Post | null> {
  const row = await db
    .selectFrom('posts')
    .selectAll('posts')
    .where('posts.id', '=', postId)
    .where('posts.deleteat', '=', 0)
    .forUpdate()
    .executeTakeFirst()
  return row ? postOf(row) : null
}

/**
 * Keeps a locked post as it is now in a row of its own, deleted at `at` (ms; schema-notes of the reference, "Edit").
 */
export async function keepVersionOf(db: Queries, post: Post, at: number): Promise<void> {
  await sql`
    INSERT INTO posts (id, createat, updateat, editat, deleteat, userid, channelid, rootid, originalid, message, type,
                       props, hashtags, filenames, fileids, hasreactions, ispinned, remoteid)
    SELECT ${newId()}, p.createat, ${at}, p.editat, ${at}, p.userid, p.channelid, p.rootid, p.id, p.message, p.type,
           p.props, p.hashtags, p.filenames, p.fileids, p.hasreactions, p.ispinned, p.remoteid
    FROM posts AS p WHERE p.id = ${post.id}`.execute(db)
}

/** Changes a locked post in place. The channel and the root learn that something changed in them. */
export async function replacePost(db: Queries, before: Post, after: Post): Promise<void> {
  const at = after.update_at
  await db
    .updateTable('posts')
    .set({
      message: after.message,
      hashtags: after.hashtags,
      props: JSON.stringify(after.props),
      fileids: JSON.stringify(after.file_ids),
      ispinned: after.is_pinned,
      editat: after.edit_at,
      updateat: at,
    })
    .where('posts.id', '=', before.id)
    .execute()
  if (before.root_id) await touchPost(db, before.root_id, at)
  await db
    .updateTable('channels')
    .set({ lastpostat: at })
    .where('channels.id', '=', before.channel_id)
    .where('channels.lastpostat', '<', at)
    .execute()
}

/** Marks a post as changed at a time (ms), so that clients that were away fetch it again. */
export async function touchPost(db: Queries, postId: string, at: number): Promise<void> {
  await db
    .updateTable('posts')
    .set((row) => ({ updateat: row.fn<number>('greatest', ['posts.updateat', row.val(at)]) }))
    .where('posts.id', '=', postId)
    .execute()
}

/** Files that an edit took from a post: kept versions still show them, nothing else does. */
export async function removeFiles(db: Queries, postId: string, fileIds: readonly string[], at: number): Promise<void> {
  if (fileIds.length === 0) return
  await db
    .updateTable('fileinfo')
    .set({ deleteat: at, updateat: at })
    .where('fileinfo.postid', '=', postId)
    .where('fileinfo.id', 'in', [...fileIds])
    .execute()
}

/** Brings removed files of a post back. Answers the ids of those that it has again. */
export async function restoreFiles(
  db: Queries,
  postId: string,
  fileIds: readonly string[],
  at: number,
): Promise<Set<string>> {
  if (fileIds.length === 0) return new Set()
  const rows = await db
    .updateTable('fileinfo')
    .set({ deleteat: 0, updateat: at })
    .where('fileinfo.postid', '=', postId)
    .where('fileinfo.id', 'in', [...fileIds])
    .returning('fileinfo.id')
    .execute()
  return new Set(rows.map((row) => row.id))
}
