import type { App } from '../app.ts'
import type { ChannelCore } from '../access/access.ts'
import type { Permission } from '../access/permission-ids.ts'
import { existingChannel } from '../channels/channel-access.ts'
import { noPermission } from '../http/errors.ts'
import type { Session } from '../sessions/session.ts'
import { bookmarkError } from './bookmarks.errors.ts'

const WORDS = {
  add: 'create_channel_bookmark',
  edit: 'update_channel_bookmark',
  delete: 'delete_channel_bookmark',
  order: 'update_channel_bookmark_sort_order',
} as const

/**
 * The channel, if the caller may change its bookmarks in this way: by permission in public and private channels, as a
 * member who is no guest in direct and group ones. Throws 403, also for archived channels, and 404 for a missing one.
 */
export async function bookmarkableChannel(
  app: Pick<App, 'access'>,
  session: Session,
  channelId: string,
  what: keyof typeof WORDS,
): Promise<ChannelCore> {
  const channel = await existingChannel(app, channelId)
  if (channel.type === 'D' || channel.type === 'G') await checkDirect(app, session, channel, what)
  else {
    const kind = channel.type === 'O' ? 'public' : 'private'
    const permission = `${what}_bookmark_${kind}_channel` satisfies Permission
    if (!(await app.access.canInChannel(session, channelId, permission))) throw noPermission(permission)
  }
  if (channel.deleteAt > 0) {
    throw bookmarkError(`api.channel.bookmark.${WORDS[what]}.deleted_channel.forbidden.app_error`)
  }
  return channel
}

async function checkDirect(
  app: Pick<App, 'access'>,
  session: Session,
  channel: ChannelCore,
  what: keyof typeof WORDS,
): Promise<void> {
  if (!(await app.access.channelMember(channel.id, session.userId))) throw noPermission('member of the channel')
  if (session.isGuest) {
    throw bookmarkError(`api.channel.bookmark.${WORDS[what]}.direct_or_group_channels_by_guests.forbidden.app_error`)
  }
}
