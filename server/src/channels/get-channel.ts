import type { App } from '../app.ts'
import { noPermission } from '../http/errors.ts'
import type { Session } from '../sessions/session.ts'
import { teamError } from '../teams/teams.errors.ts'
import type { Channel } from './channel.ts'
import { canSeeChannel } from './channel-access.ts'
import { withLinks } from './channel-links.ts'
import { channelError } from './channels.errors.ts'
import { findChannel, findChannelByName, findTeamOfName } from './channels.store.ts'

/** A channel by id, archived or not. Throws 404 for a missing one, 403 for one the caller may not know. */
export async function getChannel(app: App, session: Session, channelId: string): Promise<Channel> {
  const channel = await findChannel(app.db, channelId)
  if (!channel) throw channelError('app.channel.get.existing.app_error')
  if (!(await canSeeChannel(app, session, channel))) throw noPermission('read_channel')
  return (await withLinks(app, [channel]))[0]!
}

/**
 * A channel of a team by name. Throws 404 for a missing one, and also for a private one the caller is not in: names
 * can be guessed, and so nobody may learn from the answer which private channels there are.
 */
export async function getChannelByName(
  app: App,
  session: Session,
  teamId: string,
  name: string,
  includeArchived: boolean,
): Promise<Channel> {
  const channel = await findChannelByName(app.db, teamId, name.toLowerCase(), includeArchived)
  if (!channel) throw channelError('app.channel.get_by_name.missing.app_error')
  if (!(await canSeeChannel(app, session, channel))) {
    if (channel.type === 'O') throw noPermission('read_public_channel')
    throw channelError('app.channel.get_by_name.missing.app_error')
  }
  return (await withLinks(app, [channel]))[0]!
}

/** The same, with the team by name. Throws 404 for a team of which there is none. */
export async function getChannelByTeamName(
  app: App,
  session: Session,
  teamName: string,
  name: string,
  includeArchived: boolean,
): Promise<Channel> {
  const teamId = await findTeamOfName(app.db, teamName)
  if (!teamId) throw teamError('app.team.get_by_name.missing.app_error')
  return getChannelByName(app, session, teamId, name, includeArchived)
}
