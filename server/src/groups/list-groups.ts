import type { App } from '../app.ts'
import { invalidBody, invalidParam, noPermission } from '../http/errors.ts'
import type { Query } from '../http/route.ts'
import { uniqueSorted } from '../http/schema.ts'
import { isId } from '../ids.ts'
import type { Session } from '../sessions/session.ts'
import { listUsers } from '../users/list-users.ts'
import { viewsFor } from '../users/user-view.ts'
import type { UserView } from '../users/user-view.ts'
import { openGroup, requireCustomGroups, seesMembers } from './group-access.ts'
import { countGroups, findGroups } from './group-lists.store.ts'
import type { GroupExtras, GroupFilter } from './group-lists.store.ts'
import { CUSTOM } from './group.ts'
import type { Group } from './group.ts'
import { findGroupsByName } from './groups.store.ts'

const READ = 'sysconsole_read_user_management_groups'

/**
 * Groups as a client filters them; without the right to read groups only those that people can mention. Throws 400,
 * 403 for places the caller may not manage, 501 for custom groups while they are off.
 */
export async function listGroups(
  app: App,
  session: Session,
  query: Query,
): Promise<Group[] | { groups: Group[]; total_count: number }> {
  const source = query.text('group_source')
  if (source === CUSTOM) requireCustomGroups(app)
  const notInTeam = idIn(query, 'not_associated_to_team')
  const notInChannel = idIn(query, 'not_associated_to_channel')
  const hasMember = idIn(query, 'filter_has_member')
  const reader = app.access.can(session, READ)
  if (!reader) await requirePlaces(app, session, notInTeam, notInChannel)
  const filter: GroupFilter = {
    ...commonFilter(app, query),
    source,
    notInTeam,
    notInChannel,
    hasMember: hasMember === '' || seesMembers(app, session) ? hasMember : session.userId,
    parentPermitted: query.flag('filter_parent_team_permitted'),
    since: Math.max(0, query.int('since', 0)),
    ...(!reader && notInTeam === '' && notInChannel === '' && { onlyReferenceable: true }),
  }
  const extras = { ...extrasOf(app, session, query), ...(await channelExtras(app, session, query)) }
  const { offset, perPage: limit } = query.paging()
  const groups = await findGroups(app.db, filter, extras, { offset, limit })
  if (!query.flag('include_total_count')) return groups
  return { groups, total_count: await countGroups(app.db, filter) }
}

/** Filters that every list of groups has. Custom groups are left out while they are off. */
export function commonFilter(app: Pick<App, 'config'>, query: Query): GroupFilter {
  return {
    q: query.text('q'),
    withoutCustom: !app.config.get().ServiceSettings.EnableCustomGroups,
    onlyReferenceable: query.flag('filter_allow_reference'),
    onlySyncable: query.flag('only_syncable_sources'),
    ...(query.flag('filter_archived')
      ? { archived: 'only' as const }
      : query.flag('include_archived') && { archived: 'with' as const }),
  }
}

/** What a list adds to its groups. Who is in them only for those who may know. */
export function extrasOf(app: Pick<App, 'access'>, session: Session, query: Query): GroupExtras {
  return {
    count: query.flag('include_member_count'),
    ids: query.flag('include_member_ids') && seesMembers(app, session),
  }
}

async function channelExtras(app: App, session: Session, query: Query): Promise<GroupExtras> {
  const channelId = idIn(query, 'include_channel_member_count')
  if (channelId === '') return {}
  if (!(await app.access.canReadChannel(session, channelId))) throw noPermission('read_channel')
  return { channelId, timezones: query.flag('include_timezones') }
}

async function requirePlaces(app: App, session: Session, teamId: string, channelId: string): Promise<void> {
  if (teamId !== '' && !(await app.access.canInTeam(session, teamId, 'manage_team'))) throw noPermission('manage_team')
  if (channelId === '') return
  const kind = (await app.access.channel(channelId))?.type === 'P' ? 'private' : 'public'
  const permission = `manage_${kind}_channel_members` as const
  if (!(await app.access.canInChannel(session, channelId, permission))) throw noPermission(permission)
}

function idIn(query: Query, name: string): string {
  const id = query.text(name)
  if (id !== '' && !isId(id)) throw invalidParam(name)
  return id
}

/** The groups of a user, for himself and for administrators. Throws 403. */
export async function groupsOfUser(app: App, session: Session, userId: string): Promise<Group[]> {
  const own = session.userId === userId && !session.local
  if (!own && !app.access.can(session, 'manage_system') && !app.access.can(session, READ)) throw noPermission(READ)
  const withoutCustom = !app.config.get().ServiceSettings.EnableCustomGroups
  return findGroups(app.db, { hasMember: userId, withoutCustom }, {}, { offset: 0, limit: null })
}

/** Groups by name, as they are mentioned; without the right to read groups only those that can be. Throws 400. */
export async function groupsByNames(app: App, session: Session, asked: readonly string[]): Promise<Group[]> {
  const names = uniqueSorted(asked)
  if (names.length === 0 || names.length > 1000) throw invalidBody('group_names')
  const groups = await findGroupsByName(app.db, names)
  const custom = app.config.get().ServiceSettings.EnableCustomGroups
  const reader = app.access.can(session, READ)
  return groups.filter((group) => (custom || group.source !== CUSTOM) && (reader || group.allow_reference))
}

/** The people of a group, as the caller may see them. Throws 404, 403. */
export async function groupMembers(
  app: App,
  session: Session,
  groupId: string,
  page: { offset: number; perPage: number },
): Promise<{ members: UserView[]; total_member_count: number }> {
  const group = await openGroup(app, session, groupId, { count: true })
  const filter = { inGroup: group.id, active: true, includeBots: true }
  const users = await listUsers(app, { filter, sort: '', offset: page.offset, limit: page.perPage })
  return { members: viewsFor(app, session, users), total_member_count: group.member_count ?? 0 }
}
