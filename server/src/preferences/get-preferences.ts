import type { App } from '../app.ts'
import type { Session } from '../sessions/session.ts'
import { selfOrEditor } from '../users/user-access.ts'
import type { Preference } from './preference.ts'
import { preferenceError } from './preferences.errors.ts'
import { findPreference, findPreferences } from './preferences.store.ts'

type Parts = Pick<App, 'access' | 'db'>

/** Everything that a person's clients have stored. Throws 403 for other people. */
export async function getPreferences(app: Parts, session: Session, userId: string): Promise<Preference[]> {
  await selfOrEditor(app, session, userId)
  return findPreferences(app.db, userId)
}

/** The preferences of one category. Throws 403 for other people, 404 when there are none. */
export async function getPreferencesOfCategory(
  app: Parts,
  session: Session,
  userId: string,
  category: string,
): Promise<Preference[]> {
  await selfOrEditor(app, session, userId)
  const found = await findPreferences(app.db, userId, category)
  if (found.length === 0) throw preferenceError('api.preference.preferences_category.get.app_error')
  return found
}

/** One preference. Throws 403 for other people, 400 when it is not set (clients know this odd status). */
export async function getPreference(
  app: Parts,
  session: Session,
  userId: string,
  category: string,
  name: string,
): Promise<Preference> {
  await selfOrEditor(app, session, userId)
  const found = await findPreference(app.db, userId, category, name)
  if (!found) throw preferenceError('app.preference.get.app_error')
  return found
}
