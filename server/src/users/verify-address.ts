import type { App } from '../app.ts'
import { announceUser } from './announce-user.ts'
import type { User } from './user.ts'
import { existingUser } from './user-access.ts'
import { updateUserRow } from './users.store.ts'

/** An administrator vouches for somebody's address. Throws 404. The caller holds manage_system. */
export async function verifyAddress(app: App, userId: string): Promise<User> {
  await existingUser(app, userId)
  return app.unitOfWork(async (tx) => {
    await updateUserRow(tx.db, userId, { emailverified: true, updateat: Date.now() })
    return announceUser(app, tx, userId)
  })
}
