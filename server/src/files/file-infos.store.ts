import type { Selectable } from 'kysely'
import type { Queries } from '../database/pool.ts'
import type { FileinfoTable } from '../database/tables.ts'
import type { FileInfoRow } from './file-info.ts'
import type { FileInfo } from './file-info-view.ts'

/** Files of webhooks and plugins may name this in place of a creator: whoever posts them may attach them. */
const NOBODY = 'nouser'

type Row = Omit<Selectable<FileinfoTable>, 'content'>

const COLUMNS = [
  'id',
  'creatorid',
  'postid',
  'channelid',
  'createat',
  'updateat',
  'deleteat',
  'path',
  'thumbnailpath',
  'previewpath',
  'name',
  'extension',
  'size',
  'mimetype',
  'width',
  'height',
  'haspreviewimage',
  'minipreview',
  'remoteid',
  'archived',
] as const

/** A file with what clients never see: where its bytes lie. */
export interface StoredFileInfo {
  readonly info: FileInfo
  readonly path: string
  readonly previewPath: string
  readonly thumbnailPath: string
}

function viewOf(row: Row): FileInfo {
  return {
    id: row.id,
    user_id: row.creatorid ?? '',
    post_id: row.postid ?? '',
    channel_id: row.channelid ?? '',
    create_at: row.createat ?? 0,
    update_at: row.updateat ?? 0,
    delete_at: row.deleteat ?? 0,
    name: row.name ?? '',
    extension: row.extension ?? '',
    size: row.size ?? 0,
    mime_type: row.mimetype ?? '',
    width: row.width ?? 0,
    height: row.height ?? 0,
    has_preview_image: row.haspreviewimage ?? false,
    mini_preview: row.minipreview ? row.minipreview.toString('base64') : null,
    remote_id: row.remoteid ?? '',
    archived: row.archived,
  }
}

/** A file that is not deleted, or null. */
export async function findFile(db: Queries, id: string): Promise<StoredFileInfo | null> {
  const row = await db
    .selectFrom('fileinfo')
    .select(COLUMNS)
    .where('id', '=', id)
    .where('deleteat', '=', 0)
    .executeTakeFirst()
  if (!row) return null
  return {
    info: viewOf(row),
    path: row.path ?? '',
    previewPath: row.previewpath ?? '',
    thumbnailPath: row.thumbnailpath ?? '',
  }
}

/** The channel of the post that a file hangs on; null when the post is deleted or gone. */
export async function findChannelOfPost(db: Queries, postId: string): Promise<string | null> {
  const row = await db
    .selectFrom('posts')
    .select('channelid')
    .where('id', '=', postId)
    .where('deleteat', '=', 0)
    .executeTakeFirst()
  return row?.channelid ?? null
}

/** Stores the row of a new upload. */
export async function insertFileInfo(db: Queries, row: FileInfoRow): Promise<FileInfo> {
  const stored = await db.insertInto('fileinfo').values(row).returning(COLUMNS).executeTakeFirstOrThrow()
  return viewOf(stored)
}

/** Which of `ids` are uploads of `userId` that hang on no post yet. */
export async function findUnattached(db: Queries, userId: string, ids: readonly string[]): Promise<Set<string>> {
  if (ids.length === 0) return new Set()
  const rows = await db
    .selectFrom('fileinfo')
    .select('id')
    .where('id', 'in', ids)
    .where('postid', '=', '')
    .where('deleteat', '=', 0)
    .where('creatorid', 'in', [userId, NOBODY])
    .execute()
  return new Set(rows.map((row) => row.id))
}

/** Hangs uploads of `userId` that are still free on a post. Answers those that this call attached. */
export async function attachUnattached(
  db: Queries,
  target: { postId: string; channelId: string; userId: string },
  ids: readonly string[],
): Promise<FileInfo[]> {
  if (ids.length === 0) return []
  const rows = await db
    .updateTable('fileinfo')
    .set({ postid: target.postId, channelid: target.channelId, updateat: Date.now() })
    .where('id', 'in', ids)
    .where('postid', '=', '')
    .where('deleteat', '=', 0)
    .where('creatorid', 'in', [target.userId, NOBODY])
    .returning(COLUMNS)
    .execute()
  return rows.map(viewOf)
}

/** Live files of posts, oldest first. */
export async function findByPosts(db: Queries, postIds: readonly string[]): Promise<FileInfo[]> {
  if (postIds.length === 0) return []
  const rows = await db
    .selectFrom('fileinfo')
    .select(COLUMNS)
    .where('postid', 'in', postIds)
    .where('deleteat', '=', 0)
    .orderBy('createat')
    .orderBy('id')
    .execute()
  return rows.map(viewOf)
}

/** Live files by id, in no order. */
export async function findByIds(db: Queries, ids: readonly string[]): Promise<FileInfo[]> {
  if (ids.length === 0) return []
  const rows = await db
    .selectFrom('fileinfo')
    .select(COLUMNS)
    .where('id', 'in', ids)
    .where('deleteat', '=', 0)
    .execute()
  return rows.map(viewOf)
}
