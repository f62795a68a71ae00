import type { App } from '../app.ts'
import { noPermission } from '../http/errors.ts'
import type { Query } from '../http/route.ts'
import { isId } from '../ids.ts'
import type { Session } from '../sessions/session.ts'
import { teamError } from '../teams/teams.errors.ts'
import type { Channel, ChannelWithTeam } from './channel.ts'
import { withLinks } from './channel-links.ts'
import {
  findAllChannels,
  searchDirectChannels,
  searchGroupChannels,
  searchTeamChannels,
} from './channel-lists.store.ts'
import type { AdminFilter, Page } from './channel-lists.store.ts'
import type { ChannelSearch } from './channels.schemas.ts'
import { defaultChannelNames } from './join-default-channels.ts'

const SEARCH_LIMIT = 100
const AUTOCOMPLETE_LIMIT = 50

/**
 * Public channels of a team that fit; for people who may not list those (guests), their own channels instead. Throws
 * 404 outside the team, as the reference does.
 */
export async function searchChannels(app: App, session: Session, teamId: string, term: string): Promise<Channel[]> {
  const { ownOnly } = await searchRight(app, session, teamId, 404)
  const memberId = ownOnly ? session.userId : null
  const search = { term, memberId, ownOnly, includeArchived: false, limit: SEARCH_LIMIT }
  return withLinks(app, await searchTeamChannels(app.db, teamId, search))
}

/** Channels of a team to complete a `~name`: public ones and the caller's private ones; guests get only their own. */
export async function autocompleteChannels(
  app: App,
  session: Session,
  teamId: string,
  name: string,
): Promise<Channel[]> {
  const { ownOnly } = await searchRight(app, session, teamId, 403)
  const search = { term: name, memberId: session.userId, ownOnly, includeArchived: true, limit: AUTOCOMPLETE_LIMIT }
  return searchTeamChannels(app.db, teamId, search)
}

/** The caller's channels to complete an `in:` of a search: of the team, and direct and group ones. */
export async function autocompleteForSearch(
  app: App,
  session: Session,
  teamId: string,
  name: string,
): Promise<Channel[]> {
  if (!(await app.access.canInTeam(session, teamId, 'view_team'))) throw noPermission('view_team')
  const { userId } = session
  const search = { term: name, memberId: userId, ownOnly: true, includeArchived: true, limit: AUTOCOMPLETE_LIMIT }
  const [own, direct, group] = await Promise.all([
    searchTeamChannels(app.db, teamId, search),
    searchDirectChannels(app.db, userId, name, AUTOCOMPLETE_LIMIT),
    searchGroupChannels(app.db, userId, name),
  ])
  return [...own, ...direct, ...group].slice(0, AUTOCOMPLETE_LIMIT)
}

/** The caller's group channels with the people named by the term. */
export async function searchGroups(app: App, session: Session, term: string): Promise<Channel[]> {
  return searchGroupChannels(app.db, session.userId, term)
}

async function searchRight(
  app: App,
  session: Session,
  teamId: string,
  outside: 403 | 404,
): Promise<{ ownOnly: boolean }> {
  if (await app.access.canInTeam(session, teamId, 'list_team_channels')) return { ownOnly: false }
  if (await app.access.teamMember(teamId, session.userId)) return { ownOnly: true }
  throw outside === 404 ? teamError('app.team.get_member.missing.app_error') : noPermission('list_team_channels')
}

/** What the system console lists: channels of all teams, with a total on demand. Throws 403 for everybody else. */
export async function listAllChannels(
  app: App,
  session: Session,
  query: Query,
): Promise<ChannelWithTeam[] | { channels: ChannelWithTeam[]; total_count: number }> {
  checkConsole(app, session)
  const group = query.text('not_associated_to_group')
  const filter: AdminFilter = {
    term: '',
    searchById: false,
    notInGroup: isId(group) ? group : '',
    excludeNames: query.flag('exclude_default_channels') ? defaultChannelNames(app) : [],
    teamIds: [],
    groupConstrained: null,
    types: ['O', 'P'],
    state: query.flag('include_deleted') ? 'any' : 'live',
    visibleTo: null,
  }
  const { channels, total } = await findAllChannels(app.db, filter, query.paging())
  return query.flag('include_total_count') ? { channels, total_count: total } : channels
}

/**
 * The console's channel search; with `page` and `per_page` a page with its total, else up to a hundred channels.
 * With `system_console=false` anybody finds the channels of his teams that he could join, and those he is in.
 */
export async function searchAllChannels(
  app: App,
  session: Session,
  query: Query,
  body: ChannelSearch,
): Promise<ChannelWithTeam[] | { channels: ChannelWithTeam[]; total_count: number }> {
  if (query.has('system_console') && !query.flag('system_console')) {
    const { userId, isGuest } = session
    const filter = { ...filterOf(app, query, {}), term: body.term ?? '', visibleTo: { userId, isGuest } }
    return (await findAllChannels(app.db, filter, { offset: 0, perPage: AUTOCOMPLETE_LIMIT })).channels
  }
  checkConsole(app, session)
  const paged = typeof body.page === 'number' && typeof body.per_page === 'number'
  const page = paged ? pageOf(body.page!, body.per_page!) : { offset: 0, perPage: SEARCH_LIMIT }
  const { channels, total } = await findAllChannels(app.db, filterOf(app, query, body), page)
  return paged ? { channels, total_count: total } : channels
}

function checkConsole(app: App, session: Session): void {
  const allowed =
    app.access.can(session, 'sysconsole_read_user_management_channels') ||
    app.access.can(session, 'sysconsole_write_user_management_groups') ||
    app.access.can(session, 'sysconsole_read_compliance_data_retention_policy')
  if (!allowed) throw noPermission('sysconsole_read_user_management_channels')
}

function pageOf(page: number, perPage: number): Page {
  const size = perPage < 0 ? 60 : Math.min(perPage, 200)
  return { offset: Math.min(Math.max(0, page), 1_000_000) * size, perPage: size }
}

function filterOf(app: App, query: Query, body: ChannelSearch): AdminFilter {
  const both = Boolean(body.public) === Boolean(body.private)
  const constrained = body.group_constrained ? true : body.exclude_group_constrained ? false : null
  const withArchived = query.flag('include_deleted') || body.include_deleted === true
  const group = body.not_associated_to_group ?? ''
  return {
    term: body.term ?? '',
    searchById: body.include_search_by_id ?? false,
    notInGroup: isId(group) ? group : '',
    excludeNames: body.exclude_default_channels ? defaultChannelNames(app) : [],
    teamIds: (body.team_ids ?? []).filter(isId),
    groupConstrained: constrained,
    types: both ? ['O', 'P'] : body.public ? ['O'] : ['P'],
    state: body.deleted ? 'archived' : withArchived ? 'any' : 'live',
    visibleTo: null,
  }
}
