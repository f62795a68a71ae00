import type { App } from '../app.ts'
import { event } from '../realtime/events.ts'
import type { Session } from '../sessions/session.ts'
import { bookmarkableChannel } from './bookmark-access.ts'
import type { Bookmark } from './bookmark.ts'
import { withFile } from './bookmark-view.ts'
import { bookmarkError } from './bookmarks.errors.ts'
import { deleteBookmarkFile, findBookmark, lockBookmarks, updateBookmark } from './bookmarks.store.ts'

/** Takes a bookmark away, with its file. Throws 404 for one that is not in the channel. */
export async function deleteBookmark(
  app: App,
  session: Session,
  channelId: string,
  bookmarkId: string,
  connectionId: string,
): Promise<Bookmark> {
  await bookmarkableChannel(app, session, channelId, 'delete')
  return app.unitOfWork(async (tx) => {
    await lockBookmarks(tx.db, channelId)
    const found = await findBookmark(tx.db, channelId, bookmarkId)
    if (!found) throw bookmarkError('app.channel.bookmark.get.app_error')
    const now = Date.now()
    const [gone] = await withFile(tx.db, [{ ...found, update_at: now, delete_at: now }])
    await updateBookmark(tx.db, gone!)
    if (found.file_id) await deleteBookmarkFile(tx.db, found.file_id, now)
    const to = { channelId, omitConnectionId: connectionId }
    tx.publish(event('channel_bookmark_deleted', to, { bookmark: JSON.stringify(gone) }))
    return gone!
  })
}
