import type { Queries } from '../database/pool.ts'
import { findPreference } from './preferences.store.ts'

/** The value of one preference, or null when it is not set: for other features. */
export async function preferenceValue(
  db: Queries,
  userId: string,
  category: string,
  name: string,
): Promise<string | null> {
  return (await findPreference(db, userId, category, name))?.value ?? null
}
