import type { App } from '../app.ts'
import { invalidBody, noPermission } from '../http/errors.ts'
import type { Session } from '../sessions/session.ts'
import { isId } from '../ids.ts'
import { existingUser, selfOrEditor } from '../users/user-access.ts'
import { FLAGGED_POST } from './preference.ts'
import type { Preference } from './preference.ts'
import { preferenceError } from './preferences.errors.ts'
import type { SentPreferences } from './preferences.schemas.ts'
import { findPostChannels } from './preferences.store.ts'
import { removePreferences, writePreferences } from './write-preferences.ts'

const MAX_AT_ONCE = 100

/**
 * Stores 1 to 100 preferences. A post can only be saved by someone who may read it. Throws 403 for other people, 400
 * for a preference that breaks the rules; then nothing is stored.
 */
export async function updatePreferences(
  app: App,
  session: Session,
  userId: string,
  sent: SentPreferences,
): Promise<void> {
  await selfOrEditor(app, session, userId)
  if (session.userId !== userId) await existingUser(app, userId)
  const preferences = ownPreferences(sent, userId, 'api.preference.update_preferences.set.app_error')
  await checkFlaggedPosts(app, session, preferences)
  await app.unitOfWork((tx) => writePreferences(tx, userId, preferences))
}

/** Removes 1 to 100 preferences; those that are not set do not matter. Throws 403 for other people. */
export async function deletePreferences(
  app: App,
  session: Session,
  userId: string,
  sent: SentPreferences,
): Promise<void> {
  await selfOrEditor(app, session, userId)
  const preferences = ownPreferences(sent, userId, 'api.preference.delete_preferences.delete.app_error')
  await app.unitOfWork((tx) => removePreferences(tx, userId, preferences))
}

function ownPreferences(
  sent: SentPreferences,
  userId: string,
  error: Parameters<typeof preferenceError>[0],
): Preference[] {
  if (sent.length === 0 || sent.length > MAX_AT_ONCE) throw invalidBody('preferences')
  if (sent.some((one) => one.user_id !== userId)) throw preferenceError(error)
  return sent.map((one) => ({
    user_id: userId,
    category: one.category ?? '',
    name: one.name ?? '',
    value: one.value ?? '',
  }))
}

async function checkFlaggedPosts(app: App, session: Session, preferences: readonly Preference[]): Promise<void> {
  const postIds = preferences.filter((one) => one.category === FLAGGED_POST).map((one) => one.name)
  if (postIds.length === 0) return
  if (!postIds.every(isId)) throw invalidBody('preference.name')
  const channels = await findPostChannels(app.db, postIds)
  if (postIds.some((id) => !channels.has(id))) throw invalidBody('preference.name')
  for (const channelId of new Set(channels.values())) {
    if (!(await app.access.canReadChannel(session, channelId))) throw noPermission('read_channel_content')
  }
}
