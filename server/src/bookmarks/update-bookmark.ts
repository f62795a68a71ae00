import type { App } from '../app.ts'
import { invalidBody } from '../http/errors.ts'
import { newId } from '../ids.ts'
import type { Queries } from '../database/pool.ts'
import { event } from '../realtime/events.ts'
import type { Session } from '../sessions/session.ts'
import { bookmarkableChannel } from './bookmark-access.ts'
import { checkBookmark, emojiName } from './bookmark-rules.ts'
import type { Bookmark, BookmarkPatch, BookmarkUpdate } from './bookmark.ts'
import { withFile } from './bookmark-view.ts'
import { bookmarkError } from './bookmarks.errors.ts'
import { findBookmark, insertBookmark, isFreeBookmarkFile, lockBookmarks, updateBookmark } from './bookmarks.store.ts'

/**
 * Changes a bookmark. One of somebody else is deleted and replaced by a new one of the caller, so that it is always
 * known who stands for its address. Throws 404 for a bookmark that is not in the channel.
 */
export async function changeBookmark(
  app: App,
  session: Session,
  channelId: string,
  bookmarkId: string,
  patch: BookmarkPatch,
  connectionId: string,
): Promise<BookmarkUpdate> {
  await bookmarkableChannel(app, session, channelId, 'edit')
  return app.unitOfWork(async (tx) => {
    await lockBookmarks(tx.db, channelId)
    const before = await findBookmark(tx.db, channelId, bookmarkId)
    if (!before) throw bookmarkError('app.channel.bookmark.get.app_error')
    const after = patched(before, patch, Date.now())
    checkBookmark(after)
    if (after.file_id !== before.file_id && !(await isFreeBookmarkFile(tx.db, after.file_id, channelId, before.id))) {
      throw bookmarkError('model.channel_bookmark.is_valid.file_id.missing_or_invalid.app_error')
    }
    const update = await write(tx.db, session.userId, before, after)
    const to = { channelId, omitConnectionId: connectionId }
    tx.publish(event('channel_bookmark_updated', to, { bookmarks: JSON.stringify(update) }))
    return update
  })
}

async function write(db: Queries, userId: string, before: Bookmark, after: Bookmark): Promise<BookmarkUpdate> {
  if (before.owner_id === userId) {
    await updateBookmark(db, after)
    const [updated] = await withFile(db, [after])
    return { updated: updated! }
  }
  const now = after.update_at
  const gone: Bookmark = { ...before, update_at: now, delete_at: now }
  const own: Bookmark = { ...after, id: newId(), create_at: now, owner_id: userId, original_id: before.id }
  await updateBookmark(db, gone)
  await insertBookmark(db, own)
  const [updated, deleted] = await withFile(db, [own, gone])
  return { updated: updated!, deleted: deleted! }
}

/** A link stays a link and a file a file. Empty texts take optional values away. */
function patched(before: Bookmark, patch: BookmarkPatch, now: number): Bookmark {
  const order = patch.sort_order ?? before.sort_order
  if (order < 0 || order > 1_000) throw invalidBody('sort_order')
  const text = (sent: string | null | undefined, old: string | undefined): string => sent ?? old ?? ''
  const optional = {
    link_url: text(patch.link_url, before.link_url),
    image_url: text(patch.image_url, before.image_url),
    emoji: emojiName(text(patch.emoji, before.emoji)),
  }
  const { link_url: _, image_url: __, emoji: ___, ...rest } = before
  return {
    ...rest,
    update_at: now,
    file_id: text(patch.file_id, before.file_id),
    display_name: text(patch.display_name, before.display_name),
    sort_order: order,
    ...Object.fromEntries(Object.entries(optional).filter(([, value]) => value !== '')),
  }
}
