import type { Queries } from '../database/pool.ts'
import { fileInfosByIds } from '../files/file-infos.ts'
import type { Bookmark } from './bookmark.ts'

/** Bookmarks with what clients show of their files. */
export async function withFile(db: Queries, bookmarks: readonly Bookmark[]): Promise<Bookmark[]> {
  const ids = bookmarks.map((one) => one.file_id).filter((id) => id !== '')
  if (ids.length === 0) return [...bookmarks]
  const infos = await fileInfosByIds(db, ids)
  return bookmarks.map((bookmark) => {
    const file = infos.get(bookmark.file_id)
    return file ? { ...bookmark, file } : bookmark
  })
}
