import type { App } from '../app.ts'
import { invalidBody } from '../http/errors.ts'
import { isId } from '../ids.ts'
import { event } from '../realtime/events.ts'
import type { Session } from '../sessions/session.ts'
import { joinableTeam } from '../teams/team-access.ts'
import { TOWN_SQUARE } from './channel.ts'
import type { Channel } from './channel.ts'
import { existingChannel } from './channel-access.ts'
import { channelError } from './channels.errors.ts'
import { deleteMemberships } from './memberships.store.ts'
import { findMembersOutsideTeam, moveBelongings } from './move.store.ts'
import { postNotice } from './system-posts.ts'
import { writeChannel } from './write-channel.ts'

/**
 * Moves a channel to another team. With `force`, members who are not in that team lose it; without, there must be
 * none. For administrators. Throws 400 for town-square, direct and group channels, and for members left behind.
 */
export async function moveChannel(
  app: App,
  session: Session,
  channelId: string,
  teamId: string | null | undefined,
  force: boolean,
): Promise<Channel> {
  if (!isId(teamId)) throw invalidBody('team_id')
  const old = await existingChannel(app, channelId)
  await joinableTeam(app, teamId)
  if (!old.teamId || old.name === TOWN_SQUARE) throw channelError('api.channel.move_channel.type.invalid')
  const { before, after } = await writeChannel(
    app,
    channelId,
    async (channel, tx) => {
      const outside = await findMembersOutsideTeam(tx.db, channelId, teamId)
      if (outside.length > 0 && !force) throw channelError('app.channel.move_channel.members_do_not_match.error')
      for (const userId of outside) {
        await deleteMemberships(tx.db, userId, [channelId], Date.now())
        tx.changed({ kind: 'channelMember', channelId, userId, present: false })
        tx.publish(event('user_removed', { channelId }, { user_id: userId, remover_id: session.userId }))
        tx.publish(event('user_removed', { userId }, { channel_id: channelId, remover_id: session.userId }))
      }
      await moveBelongings(tx.db, channelId, teamId)
      return { ...channel, team_id: teamId }
    },
    (channel, tx) => {
      // What a channel scheme's roles grant depends on the team above it.
      if (channel.scheme_id) tx.changed({ kind: 'roles' })
      tx.publish(event('channel_updated', { channelId }, { channel: JSON.stringify(channel) }))
    },
  )
  const user = await app.access.user(session.userId)
  const from = await app.access.team(before.team_id)
  if (user) {
    const params = { team: from?.displayName ?? '' }
    const props = { username: user.username, old_team: params.team }
    await postNotice(app, { userId: user.id, channelId, type: 'system_move_channel', text: 'moved', params, props })
  }
  return after
}
