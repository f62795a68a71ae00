import type { App } from '../app.ts'
import { invalidBody, noPermission } from '../http/errors.ts'
import { isId } from '../ids.ts'
import { event } from '../realtime/events.ts'
import type { Session } from '../sessions/session.ts'
import { existingTeam } from '../teams/team-access.ts'
import { teamsFor } from '../teams/team-view.ts'
import type { Team } from '../teams/team.ts'
import type { Channel } from './channel.ts'
import { channelFor, existingChannel } from './channel-access.ts'
import { findMemberIds, updateMemberRoles } from './channel-members.store.ts'
import { checkChannel } from './channel-rules.ts'
import { channelError } from './channels.errors.ts'
import type { GroupConversion } from './channels.schemas.ts'
import { findCommonTeams, giveThreadsToTeam } from './direct-channels.store.ts'
import { postNotice } from './system-posts.ts'
import { writeChannel } from './write-channel.ts'

/** Teams that everyone active in a group message is in, as the caller may see them. Throws 400 for other channels. */
export async function commonTeams(app: App, session: Session, channelId: string): Promise<Team[]> {
  const channel = await channelFor(app, session, channelId, 'read_channel')
  if (channel.type !== 'G') throw channelError('app.channel.get_common_teams.incorrect_channel_type')
  const ids = await commonTeamIds(app, channelId)
  return teamsFor(app, session, await Promise.all(ids.map((id) => existingTeam(app, id))))
}

async function commonTeamIds(app: App, channelId: string): Promise<string[]> {
  const members = await findMemberIds(app.db, channelId)
  const people = members.filter((member) => member.active && !member.bot).map((member) => member.userId)
  return people.length > 0 ? findCommonTeams(app.db, people) : []
}

/**
 * Makes a private channel out of a group message, with its history; whoever does it becomes its administrator. Throws
 * 403 for who is not in it or may not make private channels in the team, 400 when somebody is not in that team.
 */
export async function convertGroup(
  app: App,
  session: Session,
  channelId: string,
  request: GroupConversion,
): Promise<Channel> {
  const { team_id: teamId } = request
  if (request.channel_id && request.channel_id !== channelId) throw invalidBody('channel_id')
  if (!isId(teamId)) throw invalidBody('team_id')
  const channel = await existingChannel(app, channelId)
  if (!(await app.access.channelMember(channelId, session.userId))) throw noPermission('read_channel')
  if (!(await app.access.canInTeam(session, teamId, 'create_private_channel'))) {
    throw noPermission('create_private_channel')
  }
  if (channel.type !== 'G') throw channelError('app.channel.group_message_conversion.original_channel_not_gm')
  if (!(await commonTeamIds(app, channelId)).includes(teamId)) {
    throw channelError('app.channel.group_message_conversion.incorrect_team')
  }
  const { after } = await writeChannel(
    app,
    channelId,
    async (group, tx) => {
      if (group.type !== 'G') throw channelError('app.channel.group_message_conversion.original_channel_not_gm')
      const name = request.name ?? ''
      const display_name = (request.display_name ?? '').trim() || name
      const converted: Channel = { ...group, type: 'P', team_id: teamId, name, display_name }
      checkChannel(converted)
      await giveThreadsToTeam(tx.db, channelId, teamId)
      const roles = { roles: '', schemeGuest: session.isGuest, schemeUser: !session.isGuest, schemeAdmin: true }
      await updateMemberRoles(tx.db, channelId, session.userId, roles, Date.now())
      tx.changed({ kind: 'channelMember', channelId, userId: session.userId, present: true })
      return converted
    },
    (converted, tx) => {
      tx.publish(event('channel_updated', { channelId }, { channel: JSON.stringify(converted) }))
    },
  )
  await sayConverted(app, session, channelId)
  return after
}

async function sayConverted(app: App, session: Session, channelId: string): Promise<void> {
  const user = await app.access.user(session.userId)
  const members = await findMemberIds(app.db, channelId)
  if (!user) return
  const others = members.filter((member) => member.userId !== user.id).map((member) => member.username)
  const ids = members.map((member) => member.userId)
  await postNotice(app, {
    userId: user.id,
    channelId,
    type: 'system_gm_to_channel',
    text: 'converted',
    params: { username: user.username, members: others.toSorted().join(', ') },
    props: { convertedByUserId: user.id, gmMembersDuringConversionIDs: ids },
  })
}
