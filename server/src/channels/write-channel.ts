import type { App } from '../app.ts'
import type { Tx } from '../database/unit-of-work.ts'
import { event } from '../realtime/events.ts'
import type { Channel } from './channel.ts'
import { withLinks } from './channel-links.ts'
import { channelError } from './channels.errors.ts'
import { lockChannel, updateChannel } from './channels.store.ts'

/**
 * Changes a channel's own fields: reads it under a lock, so that two changes at once do not undo each other, writes
 * what `change` makes of it, and tells its members. `change` may throw to refuse; `also` tells in its place, and gets the
 * channel as clients are told of it. Throws 404 for a missing channel, 400 when the new name is taken.
 */
export async function writeChannel(
  app: App,
  channelId: string,
  change: (channel: Channel, tx: Tx) => Channel | Promise<Channel>,
  also?: (told: Channel, tx: Tx) => void | Promise<void>,
): Promise<{ before: Channel; after: Channel }> {
  return app.unitOfWork(async (tx) => {
    const before = await lockChannel(tx.db, channelId)
    if (!before) throw channelError('app.channel.get.existing.app_error')
    const after = { ...(await change(before, tx)), update_at: Date.now() }
    if (!(await updateChannel(tx.db, after))) throw channelError('store.sql_channel.update.exists.app_error')
    tx.changed({ kind: 'channel', channelId })
    const [told] = await withLinks({ db: tx.db }, [after])
    if (also) await also(told!, tx)
    else tx.publish(event('channel_updated', { channelId }, { channel: JSON.stringify(told) }))
    return { before, after: told! }
  })
}
