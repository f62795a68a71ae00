import type { App } from '../app.ts'
import type { Tx } from '../database/unit-of-work.ts'
import { event } from '../realtime/events.ts'
import type { User } from './user.ts'
import { userView } from './user-view.ts'
import { findUser } from './users.store.ts'

/**
 * Tells everyone of a changed account, as it is in this transaction: its owner in full, others as they may see it,
 * administrators with more. Guests hear of people of their channels only. Answers the account.
 */
export async function announceUser(app: Pick<App, 'config'>, tx: Tx, userId: string): Promise<User> {
  const user = await findUser(tx.db, userId)
  if (!user) throw new Error(`no user ${userId} to announce`)
  const privacy = app.config.get().PrivacySettings
  const about = { aboutUserId: userId }
  const others = { omitUsers: [userId] }
  tx.changed({ kind: 'user', userId })
  tx.publish(event('user_updated', { userId }, { user: userView(user, 'self', privacy) }))
  tx.publish(event('user_updated', { ...others, sanitized: true }, { user: userView(user, 'other', privacy) }, about))
  tx.publish(event('user_updated', { ...others, sensitive: true }, { user: userView(user, 'admin', privacy) }, about))
  return user
}
