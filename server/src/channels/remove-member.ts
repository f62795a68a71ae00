import type { App } from '../app.ts'
import type { ChannelCore } from '../access/access.ts'
import { noPermission } from '../http/errors.ts'
import { event } from '../realtime/events.ts'
import type { Session } from '../sessions/session.ts'
import { leaveTeam } from '../teams/leave-team.ts'
import { existingUser } from '../teams/team-access.ts'
import { existingChannel, permissionFor } from './channel-access.ts'
import { memberError } from './channel-members.errors.ts'
import { hasChannelInTeam } from './channel-members.store.ts'
import { TOWN_SQUARE } from './channel.ts'
import { channelError } from './channels.errors.ts'
import { deleteMemberships } from './memberships.store.ts'
import { postNotice, leaveNotice, removeNotice } from './system-posts.ts'

/**
 * Somebody leaves a channel or is taken out of it. A guest who leaves the last channel of a team leaves the team. Throws
 * 403 without the right to, 404 for a missing person or a non-member, 400 for town-square (guests may leave it), for
 * archived, direct and group channels, and for those whose members follow groups.
 */
export async function removeMember(app: App, session: Session, channelId: string, userId: string): Promise<void> {
  const self = userId === session.userId
  const channel = await existingChannel(app, channelId)
  const user = await existingUser(app, userId)
  if (!channel.teamId) throw memberError('api.channel.remove_channel_member.type.app_error')
  if (!self) await checkRight(app, session, channel, user.isBot)
  const member = await app.access.channelMember(channelId, userId)
  if (!member) throw channelError('app.channel.get_member.missing.app_error')
  if (channel.deleteAt > 0) throw memberError('api.channel.remove_user_from_channel.deleted.app_error')
  if (channel.name === TOWN_SQUARE && !member.schemeGuest) {
    throw memberError('api.channel.remove.default.app_error', { Channel: channel.displayName })
  }
  const inTeam = (await app.access.teamMember(channel.teamId, userId)) !== null
  const removed = await app.unitOfWork(async (tx) => {
    const [left] = await deleteMemberships(tx.db, userId, [channelId], Date.now())
    if (!left) return false
    tx.changed({ kind: 'channelMember', channelId, userId, present: false })
    tx.publish(event('user_removed', { channelId }, { user_id: userId, remover_id: session.userId }))
    tx.publish(event('user_removed', { userId }, { channel_id: channelId, remover_id: session.userId }))
    const lastOfGuest = inTeam && member.schemeGuest && !(await hasChannelInTeam(tx.db, channel.teamId, userId))
    if (lastOfGuest) await leaveTeam(app, tx, channel.teamId, userId, session.userId)
    return true
  })
  if (!removed) return
  const by = self ? user : await app.access.user(session.userId)
  await postNotice(app, self ? leaveNotice(channelId, user) : removeNotice(channelId, user, by ?? user))
}

async function checkRight(app: App, session: Session, channel: ChannelCore, isBot: boolean): Promise<void> {
  if (channel.groupConstrained && !isBot) {
    throw memberError('api.channel.remove_member.group_constrained.app_error')
  }
  const permission = permissionFor(channel, ['manage_public_channel_members', 'manage_private_channel_members'])
  if (!(await app.access.canInChannel(session, channel.id, permission))) throw noPermission(permission)
}
