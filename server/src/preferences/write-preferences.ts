import type { Tx } from '../database/unit-of-work.ts'
import { event } from '../realtime/events.ts'
import { mirrorFavorites } from '../sidebar/mirror-favorites.ts'
import { FAVORITE_CHANNEL } from './preference.ts'
import type { Preference } from './preference.ts'
import { checkedPreference } from './preference-rules.ts'
import { deletePreferences, keyOf, upsertPreferences } from './preferences.store.ts'

/**
 * Stores preferences of one user and tells his clients; of several with the same key the last counts. For other
 * features too: whether the caller may is checked before. Throws 400 for a preference that breaks the rules.
 */
export async function writePreferences(tx: Tx, userId: string, preferences: readonly Preference[]): Promise<void> {
  const valid = preferences.map(checkedPreference)
  const distinct = [...new Map(valid.map((one) => [keyOf(one), one])).values()]
  await upsertPreferences(tx.db, userId, distinct)
  const favorites = distinct.filter((one) => one.category === FAVORITE_CHANNEL)
  const on = favorites.filter((one) => one.value === 'true').map((one) => one.name)
  const off = favorites.filter((one) => one.value !== 'true').map((one) => one.name)
  if (favorites.length > 0) await mirrorFavorites(tx.db, userId, on, off)
  announce(tx, userId, 'preferences_changed', valid)
}

/** Removes preferences of one user and tells his clients. */
export async function removePreferences(tx: Tx, userId: string, preferences: readonly Preference[]): Promise<void> {
  await deletePreferences(tx.db, userId, preferences)
  const favorites = preferences.filter((one) => one.category === FAVORITE_CHANNEL).map((one) => one.name)
  if (favorites.length > 0) await mirrorFavorites(tx.db, userId, [], favorites)
  announce(tx, userId, 'preferences_deleted', preferences)
}

function announce(
  tx: Tx,
  userId: string,
  name: 'preferences_changed' | 'preferences_deleted',
  preferences: readonly Preference[],
): void {
  tx.changed({ kind: 'preferences', userId })
  // Clients expect the first event before the second one, although it says nothing (websocket.md).
  tx.publish(event('sidebar_category_updated', { userId }, {}))
  tx.publish(event(name, { userId }, { preferences: JSON.stringify(preferences) }))
}
