import type { Queries } from '../database/pool.ts'
import { deleteFavorites, insertFavorites } from './sidebar-mirrors.store.ts'

/** Follows the `favorite_channel` preferences: `added` channels move into the favourites, `removed` ones leave them. */
export async function mirrorFavorites(
  db: Queries,
  userId: string,
  added: readonly string[],
  removed: readonly string[],
): Promise<void> {
  if (removed.length > 0) await deleteFavorites(db, userId, removed)
  if (added.length > 0) await insertFavorites(db, userId, added)
}
