import type { App } from '../app.ts'
import { readableChannel } from '../channels/channel-access.ts'
import type { Session } from '../sessions/session.ts'
import type { Bookmark } from './bookmark.ts'
import { withFile } from './bookmark-view.ts'
import { findBookmarks } from './bookmarks.store.ts'

/**
 * The bookmarks of a channel in their order; with `since` (ms, 0 = not given) those changed or deleted from then on.
 * Throws 403 unless the channel may be read.
 */
export async function listBookmarks(
  app: Pick<App, 'access' | 'db'>,
  session: Session,
  channelId: string,
  since: number,
): Promise<Bookmark[]> {
  const channel = await readableChannel(app, session, channelId)
  return withFile(app.db, await findBookmarks(app.db, channel.id, since))
}
