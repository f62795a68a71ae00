import type { App } from '../app.ts'
import { memberView } from '../channels/channel-view.ts'
import type { Tx } from '../database/unit-of-work.ts'
import { event } from '../realtime/events.ts'
import { updateMuted } from './sidebar-mirrors.store.ts'

/** Mutes or unmutes channels of one user and tells his clients of those that this changed. */
export async function setMuted(
  app: Pick<App, 'access'>,
  tx: Tx,
  userId: string,
  channelIds: readonly string[],
  muted: boolean,
): Promise<void> {
  if (channelIds.length === 0) return
  for (const row of await updateMuted(tx.db, userId, channelIds, muted, Date.now())) {
    tx.changed({ kind: 'channelMember', channelId: row.channelId, userId, present: true })
    const channelMember = JSON.stringify(memberView(app, row))
    tx.publish(event('channel_member_updated', { userId }, { channelMember }))
  }
}
