import type { App } from '../app.ts'
import { event } from '../realtime/events.ts'
import type { Session } from '../sessions/session.ts'
import { bookmarkableChannel } from './bookmark-access.ts'
import type { Bookmark } from './bookmark.ts'
import { withFile } from './bookmark-view.ts'
import { bookmarkError } from './bookmarks.errors.ts'
import { findBookmarks, lockBookmarks, updateBookmarkOrder } from './bookmarks.store.ts'

/** Moves a bookmark to a place counted from 0; the others make room. Answers all of them in their new order. */
export async function moveBookmark(
  app: App,
  session: Session,
  channelId: string,
  bookmarkId: string,
  place: number,
  connectionId: string,
): Promise<Bookmark[]> {
  await bookmarkableChannel(app, session, channelId, 'order')
  return app.unitOfWork(async (tx) => {
    await lockBookmarks(tx.db, channelId)
    const ids = (await findBookmarks(tx.db, channelId)).map((one) => one.id)
    if (!ids.includes(bookmarkId)) throw bookmarkError('app.channel.bookmark.get.app_error')
    if (place < 0 || place >= ids.length)
      throw bookmarkError('app.channel.bookmark.update_sort.invalid_input.app_error')
    const order = ids.filter((id) => id !== bookmarkId)
    order.splice(place, 0, bookmarkId)
    await updateBookmarkOrder(tx.db, order, Date.now())
    const sorted = await withFile(tx.db, await findBookmarks(tx.db, channelId))
    const to = { channelId, omitConnectionId: connectionId }
    tx.publish(event('channel_bookmark_sorted', to, { bookmarks: JSON.stringify(sorted) }))
    return sorted
  })
}
