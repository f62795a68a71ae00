import type { App } from '../app.ts'
import { noPermission } from '../http/errors.ts'
import type { Session } from '../sessions/session.ts'
import { announceUser } from './announce-user.ts'
import { existingUser, sparesAdministrators } from './user-access.ts'
import { updateUserRow } from './users.store.ts'

/** Lets somebody who failed to sign in too often try again. Throws 403, 404. */
export async function unlockUser(app: App, session: Session, userId: string): Promise<void> {
  const permission = 'sysconsole_write_user_management_users'
  if (!app.access.can(session, permission)) throw noPermission(permission)
  await existingUser(app, userId)
  await sparesAdministrators(app, session, userId)
  await app.unitOfWork(async (tx) => {
    await updateUserRow(tx.db, userId, { failedattempts: 0, updateat: Date.now() })
    await announceUser(app, tx, userId)
  })
}
