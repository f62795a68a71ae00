import type { App } from '../app.ts'
import type { UserCore } from '../access/access.ts'
import type { Queries } from '../database/pool.ts'
import { noPermission } from '../http/errors.ts'
import { createSystemPost } from '../posts/system-post.ts'
import type { CacheChange } from '../realtime/changes.ts'
import { event } from '../realtime/events.ts'
import type { Audience, ServerEvent } from '../realtime/events.ts'
import type { Session } from '../sessions/session.ts'
import { eraseChannel, stopIntegrations } from './archive.store.ts'
import { TOWN_SQUARE } from './channel.ts'
import type { Channel } from './channel.ts'
import { existingChannel, permissionFor } from './channel-access.ts'
import { channelError } from './channels.errors.ts'
import { findChannel, lockChannel, updateChannel } from './channels.store.ts'
import { noticeDraft, postNotice } from './system-posts.ts'
import type { Notice } from './system-posts.ts'
import { writeChannel } from './write-channel.ts'

/** Private channels come and go unseen by the rest of the team. */
const concerned = (channel: Channel): Audience =>
  channel.type === 'O' ? { teamId: channel.team_id } : { channelId: channel.id }

/**
 * Archives a channel: it can still be read, and restored, but nobody writes in it. Throws 403 without the right to,
 * 400 for town-square, for direct and group channels and for an archived one.
 */
export async function archiveChannel(app: App, session: Session, channelId: string): Promise<void> {
  await checkRight(app, session, channelId)
  const channel = await findChannel(app.db, channelId)
  if (channel) refuse(channel)
  const user = await app.access.user(session.userId)
  const changes: CacheChange[] = [{ kind: 'channel', channelId }]
  if (user) {
    // Said first, as in the reference: clients put an archived channel away and would have to fetch it for the message.
    const notice = noticeDraft(app, noticeBy(user, channelId, 'archived', 'system_channel_deleted'))
    await createSystemPost(app, notice, { also: async (db) => [await putAway(db, channelId)], changes })
  } else {
    await app.unitOfWork(async (tx) => {
      tx.publish(await putAway(tx.db, channelId))
      for (const change of changes) tx.changed(change)
    })
  }
}

/** Archives the channel in a transaction, unless somebody else was faster; answers what is to be told. */
async function putAway(db: Queries, channelId: string): Promise<ServerEvent> {
  const channel = await lockChannel(db, channelId)
  if (!channel) throw channelError('app.channel.get.existing.app_error')
  refuse(channel)
  const now = Date.now()
  await stopIntegrations(db, channelId, now)
  await updateChannel(db, { ...channel, delete_at: now, update_at: now })
  return event('channel_deleted', concerned(channel), { channel_id: channelId, delete_at: now })
}

async function checkRight(app: App, session: Session, channelId: string): Promise<void> {
  const channel = await existingChannel(app, channelId)
  if (channel.type === 'D' || channel.type === 'G') throw channelError('api.channel.delete_channel.type.invalid')
  const permission = permissionFor(channel, ['delete_public_channel', 'delete_private_channel'])
  if (!(await app.access.canInChannel(session, channelId, permission))) throw noPermission(permission)
}

function refuse(channel: Channel): void {
  if (channel.delete_at > 0) throw channelError('api.channel.delete_channel.deleted.app_error')
  if (channel.name === TOWN_SQUARE) {
    throw channelError('api.channel.delete_channel.cannot.app_error', { Channel: channel.display_name })
  }
}

/** Brings an archived channel back. Throws 403 without the right to manage the team, 400 if it is not archived. */
export async function restoreChannel(app: App, session: Session, channelId: string): Promise<Channel> {
  const channel = await existingChannel(app, channelId)
  const allowed =
    app.access.can(session, 'sysconsole_write_user_management_channels') ||
    (channel.teamId !== '' && (await app.access.canInTeam(session, channel.teamId, 'manage_team')))
  if (!allowed) throw noPermission('manage_team')
  const { after } = await writeChannel(
    app,
    channelId,
    (found) => {
      if (found.delete_at === 0) throw channelError('api.channel.restore_channel.restored.app_error')
      return { ...found, delete_at: 0 }
    },
    (restored, tx) => {
      tx.publish(event('channel_restored', concerned(restored), { channel_id: channelId }))
    },
  )
  const user = await app.access.user(session.userId)
  if (user) await postNotice(app, noticeBy(user, channelId, 'restored', 'system_channel_restored'))
  return after
}

/**
 * Removes a channel and everything in it for good. Only for administrators, and only where the server's settings
 * allow it (401 else); town-square cannot be removed.
 */
export async function eraseChannelForGood(app: App, session: Session, channelId: string): Promise<void> {
  await checkRight(app, session, channelId)
  const admin = app.access.can(session, 'manage_system')
  if (!app.config.get().ServiceSettings.EnableAPIChannelDeletion && !session.local) {
    throw admin
      ? channelError('api.user.delete_channel.not_enabled.for_admin.app_error')
      : channelError('api.user.delete_channel.not_enabled.app_error')
  }
  if (!admin) throw noPermission('manage_system')
  await app.unitOfWork(async (tx) => {
    const channel = await lockChannel(tx.db, channelId)
    if (!channel) throw channelError('app.channel.get.existing.app_error')
    if (channel.name === TOWN_SQUARE) {
      throw channelError('api.channel.delete_channel.cannot.app_error', { Channel: channel.display_name })
    }
    const now = Date.now()
    const members = await eraseChannel(tx.db, channelId, now)
    tx.changed({ kind: 'channel', channelId })
    // Former members must still hear that it is gone, so each is told by himself.
    for (const userId of members) tx.changed({ kind: 'channelMember', channelId, userId, present: false })
    const data = { channel_id: channelId, delete_at: now }
    if (channel.type === 'O') tx.publish(event('channel_deleted', { teamId: channel.team_id }, data))
    else for (const userId of members) tx.publish(event('channel_deleted', { userId }, data))
  })
}

/** Whoever archived a channel or brought it back says so in it. */
function noticeBy(user: UserCore, channelId: string, text: 'archived' | 'restored', type: string): Notice {
  const params = { username: user.username }
  return { userId: user.id, channelId, type, text, params, props: params }
}
