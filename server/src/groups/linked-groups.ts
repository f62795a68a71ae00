import type { App } from '../app.ts'
import { existingChannel } from '../channels/channel-access.ts'
import { noPermission } from '../http/errors.ts'
import type { Query } from '../http/route.ts'
import type { Session } from '../sessions/session.ts'
import { existingTeam } from '../teams/team-access.ts'
import { countLinkedGroups, findLinkedGroups } from './group-lists.store.ts'
import type { LinkedTo } from './group-lists.store.ts'
import type { GroupWithSchemeAdmin } from './group.ts'
import { commonFilter, extrasOf } from './list-groups.ts'

const READ = 'sysconsole_read_user_management_groups'

interface LinkedGroups {
  readonly groups: GroupWithSchemeAdmin[]
  readonly total_group_count: number
}

/** Groups whose people come into a channel by themselves. Throws 404, 403. */
export async function groupsOfChannel(
  app: App,
  session: Session,
  channelId: string,
  query: Query,
): Promise<LinkedGroups> {
  const channel = await existingChannel(app, channelId)
  const permission = channel.type === 'P' ? 'read_private_channel_groups' : 'read_public_channel_groups'
  const allowed = app.access.can(session, READ) || (await app.access.canInChannel(session, channelId, permission))
  if (!allowed) throw noPermission(permission)
  return linkedTo(app, session, { channelId }, query)
}

/** Groups whose people come into a team by themselves. Throws 404, 403. */
export async function groupsOfTeam(app: App, session: Session, teamId: string, query: Query): Promise<LinkedGroups> {
  await requireTeamReader(app, session, teamId)
  return linkedTo(app, session, { teamId }, query)
}

/** Groups of each channel of a team, by channel id; channels without any are left out. Throws 404, 403. */
export async function groupsByChannels(
  app: App,
  session: Session,
  teamId: string,
  query: Query,
): Promise<{ groups: Record<string, GroupWithSchemeAdmin[]> }> {
  await requireTeamReader(app, session, teamId)
  const groups: Record<string, GroupWithSchemeAdmin[]> = {}
  const to = { channelsOfTeam: teamId }
  const found = await findLinkedGroups(
    app.db,
    to,
    commonFilter(app, query),
    extrasOf(app, session, query),
    pageOf(query),
  )
  const reader = app.access.can(session, READ)
  for (const { placeId, group } of found) {
    // A member learns of no channel that he cannot see.
    if (reader || (await app.access.canReadChannel(session, placeId))) (groups[placeId] ??= []).push(group)
  }
  return { groups }
}

async function requireTeamReader(app: App, session: Session, teamId: string): Promise<void> {
  const allowed = app.access.can(session, READ) || (await app.access.canInTeam(session, teamId, 'list_team_channels'))
  if (!allowed) throw noPermission('list_team_channels')
  await existingTeam(app, teamId)
}

async function linkedTo(app: App, session: Session, to: LinkedTo, query: Query): Promise<LinkedGroups> {
  const filter = commonFilter(app, query)
  const found = await findLinkedGroups(app.db, to, filter, extrasOf(app, session, query), pageOf(query))
  return { groups: found.map(({ group }) => group), total_group_count: await countLinkedGroups(app.db, to, filter) }
}

/** Clients that want everything say paginate=false. */
function pageOf(query: Query): { offset: number; limit: number | null } {
  if (query.has('paginate') && !query.flag('paginate')) return { offset: 0, limit: null }
  const { offset, perPage: limit } = query.paging()
  return { offset, limit }
}
