import type { Tx } from '../database/unit-of-work.ts'
import { eraseChannel } from './archive.store.ts'

/**
 * Removes channels with everything in them, as part of removing their team: no event of their own is sent, because
 * clients drop them with the team. The caller has checked that this is allowed.
 */
export async function eraseChannels(tx: Tx, channelIds: readonly string[], now: number): Promise<void> {
  for (const channelId of channelIds) {
    const members = await eraseChannel(tx.db, channelId, now)
    tx.changed({ kind: 'channel', channelId })
    for (const userId of members) tx.changed({ kind: 'channelMember', channelId, userId, present: false })
  }
}
