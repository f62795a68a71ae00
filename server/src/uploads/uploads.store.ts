import type { Selectable } from 'kysely'
import type { Queries } from '../database/pool.ts'
import type { UploadsessionsTable } from '../database/tables.ts'

/** A resumable upload as clients know it; sizes in bytes. */
export interface UploadSession {
  readonly id: string
  readonly type: 'attachment' | 'import'
  readonly create_at: number
  readonly user_id: string
  readonly channel_id: string
  readonly filename: string
  readonly file_size: number
  readonly file_offset: number
  readonly remote_id: string
  readonly req_file_id: string
}

/** A resumable upload with the place its bytes go to. */
export interface StoredUpload {
  readonly session: UploadSession
  readonly path: string
}

function storedOf(row: Selectable<UploadsessionsTable>): StoredUpload {
  const session: UploadSession = {
    id: row.id,
    type: row.type ?? 'attachment',
    create_at: row.createat ?? 0,
    user_id: row.userid ?? '',
    channel_id: row.channelid ?? '',
    filename: row.filename ?? '',
    file_size: row.filesize ?? 0,
    file_offset: row.fileoffset ?? 0,
    remote_id: row.remoteid ?? '',
    req_file_id: row.reqfileid ?? '',
  }
  return { session, path: row.path ?? '' }
}

/** Keeps a new resumable upload. */
export async function insertUpload(db: Queries, { session, path }: StoredUpload): Promise<void> {
  await db
    .insertInto('uploadsessions')
    .values({
      id: session.id,
      type: session.type,
      createat: session.create_at,
      userid: session.user_id,
      channelid: session.channel_id,
      filename: session.filename,
      path,
      filesize: session.file_size,
      fileoffset: session.file_offset,
      remoteid: session.remote_id,
      reqfileid: session.req_file_id,
    })
    .execute()
}

/** A resumable upload that is not finished, or null. */
export async function findUpload(db: Queries, id: string): Promise<StoredUpload | null> {
  const row = await db.selectFrom('uploadsessions').selectAll().where('id', '=', id).executeTakeFirst()
  return row ? storedOf(row) : null
}

const MAX_LISTED = 200

/** The unfinished uploads of a user, newest first, at most 200. */
export async function findUploadsOf(db: Queries, userId: string): Promise<StoredUpload[]> {
  const rows = await db
    .selectFrom('uploadsessions')
    .selectAll()
    .where('userid', '=', userId)
    .orderBy('createat', 'desc')
    .orderBy('id')
    .limit(MAX_LISTED)
    .execute()
  return rows.map(storedOf)
}

/** Stores how far an upload has come; with `from`, only if nobody has moved it from there. */
export async function setUploadOffset(db: Queries, id: string, offset: number, from?: number): Promise<void> {
  const update = db.updateTable('uploadsessions').set({ fileoffset: offset }).where('id', '=', id)
  await (from === undefined ? update : update.where('fileoffset', '=', from)).execute()
}

/** Removes an upload. Answers false when somebody else did already. */
export async function deleteUpload(db: Queries, id: string): Promise<boolean> {
  const row = await db.deleteFrom('uploadsessions').where('id', '=', id).returning('id').executeTakeFirst()
  return row !== undefined
}
