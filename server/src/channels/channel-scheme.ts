import type { App } from '../app.ts'
import { invalidBody } from '../http/errors.ts'
import { isId } from '../ids.ts'
import { event } from '../realtime/events.ts'
import { channelError } from './channels.errors.ts'
import { findSchemeScope } from './channels.store.ts'
import { writeChannel } from './write-channel.ts'

/** Gives a channel a permission scheme, or with '' takes it away. Throws 400 unless it is a scheme for channels. */
export async function setChannelScheme(
  app: App,
  channelId: string,
  schemeId: string | null | undefined,
): Promise<void> {
  if (schemeId !== '' && !isId(schemeId)) throw invalidBody('scheme_id')
  if (schemeId && (await findSchemeScope(app.db, schemeId)) !== 'channel') {
    throw channelError('api.channel.update_channel_scheme.scheme_scope.error')
  }
  await writeChannel(
    app,
    channelId,
    (channel) => ({ ...channel, scheme_id: schemeId || null }),
    (_, tx) => {
      tx.changed({ kind: 'roles' })
      tx.publish(event('channel_scheme_updated', { channelId }, {}))
    },
  )
}
