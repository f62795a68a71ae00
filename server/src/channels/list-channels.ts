import type { App } from '../app.ts'
import { invalidBody, noPermission } from '../http/errors.ts'
import { isId } from '../ids.ts'
import { uniqueSorted } from '../http/schema.ts'
import type { Session } from '../sessions/session.ts'
import { selfOrEditor } from '../users/user-access.ts'
import type { Channel } from './channel.ts'
import { withLinks } from './channel-links.ts'
import {
  findArchivedChannels,
  findChannelsOfUser,
  findPublicChannelsByIds,
  findTeamChannels,
} from './channel-lists.store.ts'
import type { Page } from './channel-lists.store.ts'
import { channelError } from './channels.errors.ts'

/** Live public channels of a team. Throws 403 without the right to list them (guests have none). */
export async function listPublicChannels(app: App, session: Session, teamId: string, page: Page): Promise<Channel[]> {
  if (!(await app.access.canInTeam(session, teamId, 'list_team_channels'))) throw noPermission('list_team_channels')
  return withLinks(app, await findTeamChannels(app.db, teamId, 'O', page))
}

/** Live private channels of a team, whoever is in them: for administrators. */
export async function listPrivateChannels(app: App, teamId: string, page: Page): Promise<Channel[]> {
  return withLinks(app, await findTeamChannels(app.db, teamId, 'P', page))
}

/** Archived channels of a team: the public ones and the caller's private ones; administrators see all. */
export async function listArchivedChannels(app: App, session: Session, teamId: string, page: Page): Promise<Channel[]> {
  if (!(await app.access.canInTeam(session, teamId, 'list_team_channels'))) throw noPermission('list_team_channels')
  const all = app.access.can(session, 'manage_system')
  return withLinks(app, await findArchivedChannels(app.db, teamId, all ? null : session.userId, page))
}

/** Those of the public channels that the caller may know. Throws 403 outside the team, 404 when there are none. */
export async function listPublicChannelsByIds(
  app: App,
  session: Session,
  teamId: string,
  ids: readonly string[],
): Promise<Channel[]> {
  if (ids.length === 0 || !ids.every(isId)) throw invalidBody('channel_ids')
  if (!(await app.access.canInTeam(session, teamId, 'view_team'))) throw noPermission('view_team')
  const channels = await findPublicChannelsByIds(app.db, teamId, uniqueSorted(ids))
  const readable = await app.access.canInTeam(session, teamId, 'read_public_channel')
  const visible: Channel[] = []
  for (const channel of channels) {
    if (readable || (await app.access.canInChannel(session, channel.id, 'read_channel'))) visible.push(channel)
  }
  if (visible.length === 0) throw channelError('app.channel.get_channels_by_ids.not_found.app_error')
  return withLinks(app, visible)
}

/** All channels of a person, of every team, direct and group ones included. Archived ones only if asked for. */
export async function listChannelsOfUser(
  app: App,
  session: Session,
  userId: string,
  archivedSince: number | null,
): Promise<Channel[]> {
  await selfOrEditor(app, session, userId)
  return withLinks(app, await findChannelsOfUser(app.db, userId, null, archivedSince))
}

/** A person's channels of one team and direct and group ones. Throws 403 outside the team, 404 for none at all. */
export async function listTeamChannelsOfUser(
  app: App,
  session: Session,
  userId: string,
  teamId: string,
  archivedSince: number | null,
): Promise<Channel[]> {
  await selfOrEditor(app, session, userId)
  if (!(await app.access.canInTeam(session, teamId, 'view_team'))) throw noPermission('view_team')
  const channels = await findChannelsOfUser(app.db, userId, teamId, archivedSince)
  if (channels.length === 0) throw channelError('app.channel.get_channels.not_found.app_error')
  return withLinks(app, channels)
}
