import type { App } from '../app.ts'
import { noPermission } from '../http/errors.ts'
import type { Session } from '../sessions/session.ts'
import { deleteAllInvitations } from './invitations.store.ts'

/** Makes every invitation that was mailed and not used yet worthless. Throws 403. */
export async function endAllInvitations(app: App, session: Session): Promise<void> {
  if (!app.access.can(session, 'invalidate_email_invite')) throw noPermission('invalidate_email_invite')
  await app.unitOfWork((tx) => deleteAllInvitations(tx.db))
}
