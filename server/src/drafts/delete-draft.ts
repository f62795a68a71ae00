import type { Tx } from '../database/unit-of-work.ts'
import { event } from '../realtime/events.ts'
import { deleteDraftRow } from './drafts.store.ts'

/**
 * Removes what a user has begun to write in one place (`rootId` '' outside threads) and tells his other clients; nothing
 * happens when there is nothing. Also to be called when the post itself is written.
 */
export async function deleteDraft(
  tx: Pick<Tx, 'db' | 'publish'>,
  userId: string,
  channelId: string,
  rootId: string,
  connectionId = '',
): Promise<void> {
  const draft = await deleteDraftRow(tx.db, userId, channelId, rootId)
  if (!draft) return
  const to = { userId, channelId, omitConnectionId: connectionId }
  tx.publish(event('draft_deleted', to, { draft: JSON.stringify(draft) }))
}
