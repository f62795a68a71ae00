import type { App } from '../app.ts'
import type { ChannelCore } from '../access/access.ts'
import type { Session } from '../sessions/session.ts'
import { postError } from './posts.errors.ts'
import { findPost } from './posts.store.ts'

/** Where a post stands, for people who follow a link to it and may have to join first. */
export interface PostInfo {
  channel_id: string
  channel_type: string
  channel_display_name: string
  has_joined_channel: boolean
  team_id: string
  team_type: string
  team_display_name: string
  has_joined_team: boolean
}

/**
 * Tells members, and those who may join, in which channel and team a post stands. Throws the same 404 for a missing
 * post and for one out of reach, so that nobody learns of private channels.
 */
export async function postInfo(app: Pick<App, 'access' | 'db'>, session: Session, postId: string): Promise<PostInfo> {
  const post = await findPost(app.db, postId)
  const channel = post && (await app.access.channel(post.channel_id))
  if (!channel) throw postError('app.post.get.app_error')
  const team = channel.teamId ? await app.access.team(channel.teamId) : null
  const inChannel = (await app.access.channelMember(channel.id, session.userId)) !== null
  const inTeam = team !== null && (await app.access.teamMember(team.id, session.userId)) !== null
  const reachable = inChannel || (await mayJoin(app, session, channel, inTeam))
  if (!reachable) throw postError('app.post.get.app_error')
  return {
    channel_id: channel.id,
    channel_type: channel.type,
    channel_display_name: channel.displayName,
    has_joined_channel: inChannel,
    team_id: team?.id ?? '',
    team_type: team?.type ?? '',
    team_display_name: team?.displayName ?? '',
    has_joined_team: inTeam,
  }
}

async function mayJoin(
  app: Pick<App, 'access'>,
  session: Session,
  channel: ChannelCore,
  inTeam: boolean,
): Promise<boolean> {
  if (channel.type === 'D' || channel.type === 'G') return false
  if (app.access.can(session, 'manage_system')) return true
  const team = await app.access.team(channel.teamId)
  if (channel.type !== 'O' || !team || team.deleteAt > 0) return false
  if (inTeam) return app.access.canInTeam(session, team.id, 'join_public_channels')
  return app.access.can(session, team.allowOpenInvite ? 'join_public_teams' : 'join_private_teams')
}
