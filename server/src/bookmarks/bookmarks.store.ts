import { sql } from 'kysely'
import type { Selectable } from 'kysely'
import type { Queries } from '../database/pool.ts'
import type { ChannelbookmarksTable } from '../database/tables.ts'
import type { Bookmark } from './bookmark.ts'

function bookmarkOf(row: Selectable<ChannelbookmarksTable>): Bookmark {
  return {
    id: row.id,
    create_at: row.createat ?? 0,
    update_at: row.updateat ?? 0,
    delete_at: row.deleteat ?? 0,
    channel_id: row.channelid,
    owner_id: row.ownerid,
    file_id: row.fileinfoid ?? '',
    display_name: row.displayname ?? '',
    sort_order: row.sortorder ?? 0,
    ...(row.linkurl && { link_url: row.linkurl }),
    ...(row.imageurl && { image_url: row.imageurl }),
    ...(row.emoji && { emoji: row.emoji }),
    type: row.type ?? 'link',
    ...(row.originalid && { original_id: row.originalid }),
    ...(row.parentid && { parent_id: row.parentid }),
  }
}

/** From here to the end of the transaction nobody else changes the bookmarks of the channel. */
export async function lockBookmarks(db: Queries, channelId: string): Promise<void> {
  await sql`SELECT pg_advisory_xact_lock(hashtextextended(${`bookmarks ${channelId}`}, 0))`.execute(db)
}

/** The live bookmarks of a channel in their order. With `since` (ms): those changed or deleted after it. */
export async function findBookmarks(db: Queries, channelId: string, since = 0): Promise<Bookmark[]> {
  let query = db.selectFrom('channelbookmarks').selectAll().where('channelid', '=', channelId)
  query = since > 0 ? query.where('updateat', '>=', since) : query.where('deleteat', '=', 0)
  return (await query.orderBy('sortorder').orderBy('createat').orderBy('id').execute()).map(bookmarkOf)
}

/** A live bookmark of a channel, or null. */
export async function findBookmark(db: Queries, channelId: string, id: string): Promise<Bookmark | null> {
  const row = await db
    .selectFrom('channelbookmarks')
    .selectAll()
    .where('id', '=', id)
    .where('channelid', '=', channelId)
    .where('deleteat', '=', 0)
    .executeTakeFirst()
  return row ? bookmarkOf(row) : null
}

/** Writes a new bookmark. */
export async function insertBookmark(db: Queries, bookmark: Bookmark): Promise<void> {
  await db
    .insertInto('channelbookmarks')
    .values({
      id: bookmark.id,
      ownerid: bookmark.owner_id,
      channelid: bookmark.channel_id,
      createat: bookmark.create_at,
      parentid: bookmark.parent_id ?? null,
      originalid: bookmark.original_id ?? null,
      type: bookmark.type,
      ...columnsOf(bookmark),
    })
    .execute()
}

const columnsOf = (bookmark: Bookmark) => ({
  fileinfoid: bookmark.file_id || null,
  updateat: bookmark.update_at,
  deleteat: bookmark.delete_at,
  displayname: bookmark.display_name,
  sortorder: bookmark.sort_order,
  linkurl: bookmark.link_url ?? '',
  imageurl: bookmark.image_url ?? '',
  emoji: bookmark.emoji ?? '',
})

/** Writes everything of a bookmark that can change, its deletion included. */
export async function updateBookmark(db: Queries, bookmark: Bookmark): Promise<void> {
  await db.updateTable('channelbookmarks').set(columnsOf(bookmark)).where('id', '=', bookmark.id).execute()
}

/** Puts the bookmarks in the order of `ids`. */
export async function updateBookmarkOrder(db: Queries, ids: readonly string[], now: number): Promise<void> {
  await sql`
    UPDATE channelbookmarks AS b SET sortorder = o.place - 1, updateat = ${now}::bigint
    FROM unnest(${ids}::text[]) WITH ORDINALITY AS o(id, place)
    WHERE b.id = o.id AND b.sortorder IS DISTINCT FROM o.place - 1`.execute(db)
}

/** Whether a file was uploaded for a bookmark of this channel and is used by none yet (but `exceptId`). */
export async function isFreeBookmarkFile(
  db: Queries,
  fileId: string,
  channelId: string,
  exceptId = '',
): Promise<boolean> {
  const { rows } = await sql`
    SELECT 1 FROM fileinfo AS f
    WHERE f.id = ${fileId} AND f.creatorid = 'bookmark' AND f.channelid = ${channelId} AND f.deleteat = 0
      AND NOT EXISTS (SELECT 1 FROM channelbookmarks AS b
                      WHERE b.fileinfoid = f.id AND b.deleteat = 0 AND b.id <> ${exceptId})`.execute(db)
  return rows.length > 0
}

/** The file of a deleted bookmark goes with it. */
export async function deleteBookmarkFile(db: Queries, fileId: string, now: number): Promise<void> {
  await db
    .updateTable('fileinfo')
    .set({ deleteat: now, updateat: now })
    .where('id', '=', fileId)
    .where('creatorid', '=', 'bookmark')
    .execute()
}
