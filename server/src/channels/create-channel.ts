import type { App } from '../app.ts'
import { noPermission } from '../http/errors.ts'
import { isId, newId } from '../ids.ts'
import { event } from '../realtime/events.ts'
import type { Session } from '../sessions/session.ts'
import { existingTeam } from '../teams/team-access.ts'
import type { Channel } from './channel.ts'
import { checkChannel } from './channel-rules.ts'
import { withLinks } from './channel-links.ts'
import { channelError } from './channels.errors.ts'
import type { ChannelDraft } from './channels.schemas.ts'
import { countTeamChannels, insertChannel } from './channels.store.ts'
import { insertMembers } from './memberships.store.ts'
import { newChannel } from './new-channel.ts'
import { joinNotice, postNotice } from './system-posts.ts'

/**
 * Makes a public or private channel in a team; who makes it becomes its administrator. Throws 403 without the right
 * to make one, 400 for a channel that cannot be, a name that is taken, or a team that is full.
 */
export async function createChannel(app: App, session: Session, draft: ChannelDraft): Promise<Channel> {
  const { type, teamId } = await creatable(app, session, draft)
  const channel = newChannel({
    id: newId(),
    team_id: teamId,
    type,
    name: draft.name ?? '',
    display_name: (draft.display_name ?? '').trim() || (draft.name ?? ''),
    header: draft.header ?? '',
    purpose: draft.purpose ?? '',
    creator_id: session.userId,
  })
  checkChannel(channel)
  await app.unitOfWork(async (tx) => {
    const limit = app.config.get().TeamSettings.MaxChannelsPerTeam
    if ((await countTeamChannels(tx.db, teamId)) >= limit) {
      throw channelError('api.channel.create_channel.max_channel_limit.app_error', { MaxChannelsPerTeam: limit })
    }
    if (!(await insertChannel(tx.db, channel))) throw channelError('store.sql_channel.save_channel.exists.app_error')
    const { userId } = session
    if (!userId) return
    await insertMembers(tx.db, channel.id, [{ userId, guest: session.isGuest, admin: true }], channel.create_at)
    tx.changed({ kind: 'channelMember', channelId: channel.id, userId, present: true })
    tx.publish(event('channel_created', { userId }, { channel_id: channel.id, team_id: teamId }))
  })
  const creator = await app.access.user(session.userId)
  if (creator) await postNotice(app, joinNotice(channel.id, creator))
  return (await withLinks(app, [channel]))[0]!
}

async function creatable(
  app: App,
  session: Session,
  draft: ChannelDraft,
): Promise<{ type: 'O' | 'P'; teamId: string }> {
  const { type, team_id: teamId } = draft
  if (type === 'D' || type === 'G') throw channelError('api.channel.create_channel.direct_channel.app_error')
  if (type !== 'O' && type !== 'P') throw channelError('model.channel.is_valid.type.app_error')
  if (!isId(teamId)) throw channelError('app.channel.create_channel.no_team_id.app_error')
  const permission = type === 'O' ? 'create_public_channel' : 'create_private_channel'
  if (!(await app.access.canInTeam(session, teamId, permission))) throw noPermission(permission)
  await existingTeam(app, teamId)
  return { type, teamId }
}
