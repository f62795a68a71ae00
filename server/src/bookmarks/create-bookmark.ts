import type { App } from '../app.ts'
import { newId } from '../ids.ts'
import { event } from '../realtime/events.ts'
import type { Session } from '../sessions/session.ts'
import { bookmarkableChannel } from './bookmark-access.ts'
import { checkBookmark, emojiName } from './bookmark-rules.ts'
import { MAX_BOOKMARKS } from './bookmark.ts'
import type { Bookmark, SentBookmark } from './bookmark.ts'
import { withFile } from './bookmark-view.ts'
import { bookmarkError } from './bookmarks.errors.ts'
import { findBookmarks, insertBookmark, isFreeBookmarkFile, lockBookmarks } from './bookmarks.store.ts'

/** Puts a link or file above a channel, behind those that are there. Throws 403, and 400 for more than 50. */
export async function createBookmark(
  app: App,
  session: Session,
  channelId: string,
  sent: SentBookmark,
  connectionId: string,
): Promise<Bookmark> {
  await bookmarkableChannel(app, session, channelId, 'add')
  const draft = newBookmark(session.userId, channelId, sent)
  checkBookmark(draft)
  return app.unitOfWork(async (tx) => {
    await lockBookmarks(tx.db, channelId)
    const others = await findBookmarks(tx.db, channelId)
    if (others.length >= MAX_BOOKMARKS) throw bookmarkError('app.channel.bookmark.save.app_error')
    if (draft.file_id && !(await isFreeBookmarkFile(tx.db, draft.file_id, channelId))) {
      throw bookmarkError('model.channel_bookmark.is_valid.file_id.missing_or_invalid.app_error')
    }
    const place = Math.max(-1, ...others.map((one) => one.sort_order)) + 1
    const bookmark: Bookmark = { ...draft, sort_order: place }
    await insertBookmark(tx.db, bookmark)
    const [full] = await withFile(tx.db, [bookmark])
    const to = { channelId, omitConnectionId: connectionId }
    tx.publish(event('channel_bookmark_created', to, { bookmark: JSON.stringify(full) }))
    return full!
  })
}

function newBookmark(ownerId: string, channelId: string, sent: SentBookmark): Bookmark {
  const now = Date.now()
  const emoji = emojiName(sent.emoji ?? '')
  return {
    id: newId(),
    create_at: now,
    update_at: now,
    delete_at: 0,
    channel_id: channelId,
    owner_id: ownerId,
    file_id: sent.file_id ?? '',
    display_name: sent.display_name ?? '',
    sort_order: 0,
    ...(sent.link_url && { link_url: sent.link_url }),
    ...(sent.image_url && { image_url: sent.image_url }),
    ...(emoji && { emoji }),
    type: (sent.type ?? '') as Bookmark['type'],
  }
}
