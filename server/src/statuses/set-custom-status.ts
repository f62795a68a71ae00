import type { App } from '../app.ts'
import { invalidBody } from '../http/errors.ts'
import { writePreferences } from '../preferences/write-preferences.ts'
import type { Session } from '../sessions/session.ts'
import { announceUser } from '../users/announce-user.ts'
import { existingUser, selfOrEditor } from '../users/user-access.ts'
import { customStatusesOn } from './custom-status-access.ts'
import { CUSTOM_STATUS_PROP, customStatusOf, withRecent } from './custom-status.ts'
import type { CustomStatusDraft } from './custom-status.ts'
import { updateUserProp } from './custom-status.store.ts'
import { RECENT, recentCustomStatuses } from './recent-custom-statuses.ts'

/**
 * Sets what a person says of himself, and remembers it among his five recent ones. Throws 403 for other people, 400
 * for an empty status or one whose end has passed, 501 while custom statuses are switched off.
 */
export async function setCustomStatus(
  app: App,
  session: Session,
  userId: string,
  draft: CustomStatusDraft,
): Promise<void> {
  customStatusesOn(app)
  await selfOrEditor(app, session, userId)
  if (session.userId !== userId) await existingUser(app, userId)
  const status = customStatusOf(draft, Date.now())
  if (!status) throw invalidBody('custom_status')
  await app.unitOfWork(async (tx) => {
    await updateUserProp(tx.db, userId, CUSTOM_STATUS_PROP, JSON.stringify(status), Date.now())
    await announceUser(app, tx, userId)
    const recent = withRecent(await recentCustomStatuses(tx.db, userId), status)
    await writePreferences(tx, userId, [{ ...RECENT, user_id: userId, value: JSON.stringify(recent) }])
  })
}

/** Takes a custom status away. Throws 403 for other people, 501 while custom statuses are switched off. */
export async function clearCustomStatus(app: App, session: Session, userId: string): Promise<void> {
  customStatusesOn(app)
  await selfOrEditor(app, session, userId)
  if (session.userId !== userId) await existingUser(app, userId)
  await app.unitOfWork(async (tx) => {
    await updateUserProp(tx.db, userId, CUSTOM_STATUS_PROP, '', Date.now())
    await announceUser(app, tx, userId)
  })
}
