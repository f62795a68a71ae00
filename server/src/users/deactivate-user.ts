import type { App } from '../app.ts'
import type { Tx } from '../database/unit-of-work.ts'
import { event } from '../realtime/events.ts'
import { endSessions } from '../sessions/end-sessions.ts'
import { announceUser } from './announce-user.ts'
import { findBotsOf, lockUser, updateBotsDeleteAt, updateUserRow } from './users.store.ts'

/**
 * Closes an account: every session ends, the status is offline, and where the configuration says so the bots it owns
 * are disabled. Posts and memberships stay. Everyone is told. Who may do this, the caller has checked.
 */
export async function deactivateUser(app: App, userId: string): Promise<void> {
  const bots = app.config.get().ServiceSettings.DisableBotsWhenOwnerIsDeactivated
  const closed = await app.unitOfWork(async (tx) => {
    const ids = [userId, ...(bots ? await findBotsOf(tx.db, userId) : [])]
    const now = Date.now()
    for (const id of ids) await close(app, tx, id, now)
    tx.publish(event('user_activation_status_change', {}, {}))
    return ids
  })
  for (const id of closed) await goOffline(app, id)
}

/** Offline, and not by hand: a choice would still hold when the account is opened again. */
async function goOffline(app: App, userId: string): Promise<void> {
  const choiceEnded = app.statuses.choose(userId, 'online')
  app.statuses.disconnected(userId)
  await choiceEnded
}

async function close(app: App, tx: Tx, userId: string, now: number): Promise<void> {
  const user = await lockUser(tx.db, userId)
  if (!user || user.delete_at > 0) return
  await updateUserRow(tx.db, userId, { deleteat: now, updateat: now })
  if (user.is_bot) await updateBotsDeleteAt(tx.db, [userId], now, now)
  await endSessions(tx, userId)
  await announceUser(app, tx, userId)
}

/** Opens an account again. Bots that were disabled with it stay so, as in the reference. */
export async function activateUser(app: App, userId: string): Promise<void> {
  await app.unitOfWork(async (tx) => {
    const user = await lockUser(tx.db, userId)
    if (!user) return
    const now = Date.now()
    if (user.delete_at > 0) await updateUserRow(tx.db, userId, { deleteat: 0, updateat: now })
    if (user.is_bot) await updateBotsDeleteAt(tx.db, [userId], 0, now)
    await announceUser(app, tx, userId)
    tx.publish(event('user_activation_status_change', {}, {}))
  })
}
