import type { Tx } from '../database/unit-of-work.ts'
import { FAVORITE_CHANNEL } from '../preferences/preference.ts'
import type { Preference } from '../preferences/preference.ts'
import { event } from '../realtime/events.ts'
import { writeFavoritePreferences } from './sidebar-mirrors.store.ts'

/**
 * Makes the `favorite_channel` preferences follow the favourites category, and tells the user's clients of those that
 * this changed; call it after the sidebar's own event, as clients expect that one first. Writes the rows itself: by way
 * of `writePreferences` the change would come back to the sidebar.
 */
export async function followFavorites(
  tx: Tx,
  userId: string,
  added: readonly string[],
  removed: readonly string[],
): Promise<void> {
  if (added.length + removed.length === 0) return
  const rows = await writeFavoritePreferences(tx.db, userId, added, removed)
  if (rows.added.length + rows.removed.length === 0) return
  tx.changed({ kind: 'preferences', userId })
  const preferences = (names: readonly string[]) =>
    JSON.stringify(
      names.map((name): Preference => ({ user_id: userId, category: FAVORITE_CHANNEL, name, value: 'true' })),
    )
  if (rows.removed.length > 0) {
    tx.publish(event('preferences_deleted', { userId }, { preferences: preferences(rows.removed) }))
  }
  if (rows.added.length > 0) {
    tx.publish(event('preferences_changed', { userId }, { preferences: preferences(rows.added) }))
  }
}
