import type { Queries } from '../database/pool.ts'
import { findByIds, findByPosts, insertFileInfo } from './file-infos.store.ts'
import type { FileInfo } from './file-info-view.ts'
import type { FileInfoRow } from './file-info.ts'

/** The live files of posts by post id, oldest first; a post without files has no entry. Rights are the caller's affair. */
export async function fileInfosOfPosts(db: Queries, postIds: readonly string[]): Promise<Map<string, FileInfo[]>> {
  const byPost = new Map<string, FileInfo[]>()
  for (const info of await findByPosts(db, postIds)) {
    const files = byPost.get(info.post_id)
    if (files) files.push(info)
    else byPost.set(info.post_id, [info])
  }
  return byPost
}

/** Live files by id; unknown and deleted ones have no entry. Rights are the caller's affair. */
export async function fileInfosByIds(db: Queries, ids: readonly string[]): Promise<Map<string, FileInfo>> {
  return new Map((await findByIds(db, [...new Set(ids)])).map((info) => [info.id, info]))
}

/** Keeps a file whose bytes are stored already; call it in the transaction that lets go of the upload. */
export function keepFileInfo(db: Queries, row: FileInfoRow): Promise<FileInfo> {
  return insertFileInfo(db, row)
}
