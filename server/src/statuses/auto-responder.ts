import type { App } from '../app.ts'
import { announceUser } from '../users/announce-user.ts'
import { updateNotifyProp } from './custom-status.store.ts'

/** Someone who was out of office is back: no automatic replies any more. */
export async function switchAutoResponderOff(app: App, userId: string): Promise<void> {
  const user = await app.access.user(userId)
  if (user?.notifyProps.auto_responder_active !== 'true') return
  await app.unitOfWork(async (tx) => {
    await updateNotifyProp(tx.db, userId, 'auto_responder_active', 'false', Date.now())
    await announceUser(app, tx, userId)
  })
}
