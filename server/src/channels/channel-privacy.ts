import type { App } from '../app.ts'
import { invalidBody, noPermission } from '../http/errors.ts'
import { event } from '../realtime/events.ts'
import type { Session } from '../sessions/session.ts'
import { TOWN_SQUARE } from './channel.ts'
import type { Channel } from './channel.ts'
import { existingChannel } from './channel-access.ts'
import { channelError } from './channels.errors.ts'
import { postNotice } from './system-posts.ts'
import { writeChannel } from './write-channel.ts'

/**
 * Makes a channel public or private. Throws 403 without the right to, 400 for town-square and for direct and group
 * channels. The whole team is told when people who are not members lose it.
 */
export async function changePrivacy(
  app: App,
  session: Session,
  channelId: string,
  privacy: string | null | undefined,
): Promise<Channel> {
  if (privacy !== 'O' && privacy !== 'P') throw invalidBody('privacy')
  await existingChannel(app, channelId)
  const permission = privacy === 'O' ? 'convert_private_channel_to_public' : 'convert_public_channel_to_private'
  if (!(await app.access.canInChannel(session, channelId, permission))) throw noPermission(permission)
  let wasPublic = false
  const { before, after } = await writeChannel(
    app,
    channelId,
    (channel) => {
      if (channel.type !== 'O' && channel.type !== 'P') {
        throw channelError('api.channel.update_channel.typechange.app_error')
      }
      if (channel.name === TOWN_SQUARE && privacy === 'P') {
        throw channelError('api.channel.update_channel_privacy.default_channel_error')
      }
      wasPublic = channel.type === 'O'
      return { ...channel, type: privacy }
    },
    (channel, tx) => {
      tx.publish(event('channel_updated', { channelId }, { channel: JSON.stringify(channel) }))
      // Clients of 10.11 take it for a channel that has become private, whatever it has become.
      if (!wasPublic || privacy === 'O') return
      tx.publish(event('channel_converted', { teamId: channel.team_id }, { channel_id: channelId }))
    },
  )
  const user = await app.access.user(session.userId)
  if (user && before.type !== after.type) {
    const params = { username: user.username }
    const text = privacy === 'P' ? 'madePrivate' : 'madePublic'
    const type = 'system_change_chan_privacy'
    // Clients word it in the reader's language: they have to know what the channel has become.
    const props = { ...params, new_type: privacy }
    await postNotice(app, { userId: user.id, channelId, type, text, params, props })
  }
  return after
}
