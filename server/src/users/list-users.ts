import type { App } from '../app.ts'
import type { Permission } from '../access/permission-ids.ts'
import { invalidParam, noPermission } from '../http/errors.ts'
import type { Query } from '../http/route.ts'
import { isId } from '../ids.ts'
import type { Session } from '../sessions/session.ts'
import { VERSION } from '../version.ts'
import type { User } from './user.ts'
import { viewRestriction } from './user-access.ts'
import { findListVersion, findUsers } from './user-lists.store.ts'
import type { UserFilter, UserSort } from './user-lists.store.ts'
import { requireGroup } from './user-groups.ts'

const SORTS: readonly string[] = ['', 'last_activity_at', 'create_at', 'status', 'admin']

/** What `GET /users` was asked for. */
export interface UserListRequest {
  readonly filter: UserFilter
  readonly sort: UserSort
  readonly offset: number
  readonly limit: number
}

/** Reads the parameters of `GET /users` and checks who asks. Throws 400 for combinations that mean nothing, 403. */
export async function userListRequest(app: App, session: Session, query: Query): Promise<UserListRequest> {
  const sort = query.text('sort')
  const place = placeOf(query)
  checkSort(sort, query)
  if (place.notInChannel && !place.inTeam) throw invalidParam('team_id')
  await requirePlace(app, session, place)
  const { offset, perPage: limit } = query.paging()
  const filter: UserFilter = {
    ...place,
    groupConstrained: query.flag('group_constrained'),
    active: query.flag('active'),
    inactive: query.flag('inactive'),
    visibleTo: viewRestriction(app, session),
    ...rolesOf(query),
  }
  return { filter, sort: sort as UserSort, offset, limit }
}

/** The page that was asked for. */
export function listUsers(app: App, { filter, sort, offset, limit }: UserListRequest): Promise<User[]> {
  return findUsers(app.db, filter, { sort, offset, limit })
}

/**
 * What changes when the list does: for lists of a team in their own order, else null (errors.md "ETag endpoints").
 * Clients ask for these lists again and again.
 */
export async function userListEtag(app: App, session: Session, request: UserListRequest): Promise<string | null> {
  const { filter, sort } = request
  const first = filter.withoutTeam || filter.notInChannel
  if (first || sort !== '' || !(filter.notInTeam || filter.inTeam)) return null
  const restriction = viewRestriction(app, session) ?? ''
  const { ShowFullName, ShowEmailAddress } = app.config.get().PrivacySettings
  // The number tells that somebody has left who was not changed last.
  const { newest, count } = await findListVersion(app.db, filter)
  return [VERSION, newest, count, ShowFullName, ShowEmailAddress, restriction].join('.')
}

type Place = Pick<
  UserFilter,
  'inTeam' | 'notInTeam' | 'inChannel' | 'notInChannel' | 'inGroup' | 'notInGroup' | 'withoutTeam'
>

function placeOf(query: Query): Place {
  const id = (name: string): string | undefined => idOf(query, name) || undefined
  return compact({
    inTeam: id('in_team'),
    notInTeam: id('not_in_team'),
    inChannel: id('in_channel'),
    notInChannel: id('not_in_channel'),
    inGroup: id('in_group'),
    notInGroup: id('not_in_group'),
    withoutTeam: query.flag('without_team') || undefined,
  })
}

/** An id in a query, '' when it is missing. Throws 400 for what is none. */
export function idOf(query: Query, name: string): string {
  const value = query.text(name)
  if (value !== '' && !isId(value)) throw invalidParam(name)
  return value
}

/** The same without what is undefined. */
export function compact<T extends object>(value: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(value).filter(([, one]) => one !== undefined)) as never
}

function checkSort(sort: string, query: Query): void {
  const fits =
    SORTS.includes(sort) &&
    (sort === '' ||
      (sort === 'status' || sort === 'admin'
        ? query.has('in_channel')
        : query.has('in_team') &&
          !['not_in_team', 'in_channel', 'not_in_channel'].some((name) => query.has(name)) &&
          !query.flag('without_team')))
  if (!fits) throw invalidParam('sort')
}

/** Throws 403 unless the caller may know who is in the teams, channels and groups that a list names. */
export async function requirePlace(app: App, session: Session, place: Place): Promise<void> {
  if (place.withoutTeam) requireSystem(app, session, 'list_users_without_team')
  for (const teamId of [place.inTeam, place.notInTeam]) {
    if (teamId && !(await app.access.canInTeam(session, teamId, 'view_team'))) throw noPermission('view_team')
  }
  for (const channelId of [place.inChannel, place.notInChannel]) {
    if (channelId && !(await app.access.canInChannel(session, channelId, 'read_channel'))) {
      throw noPermission('read_channel')
    }
  }
  for (const groupId of [place.inGroup, place.notInGroup]) if (groupId) await requireGroup(app, session, groupId)
}

function requireSystem(app: App, session: Session, permission: Permission): void {
  if (!app.access.can(session, permission)) throw noPermission(permission)
}

/** The role parameters. Throws 400 for what cannot be a role's name. */
export function rolesOf(query: Query): Pick<UserFilter, 'role' | 'roles' | 'teamRoles' | 'channelRoles'> {
  const list = (name: string): string[] | undefined => {
    const names = query.text(name).split(',').filter(Boolean)
    return names.length > 0 ? checkedRoles(names, name) : undefined
  }
  const role = query.has('role') ? checkedRoles([query.text('role')], 'role')[0] : undefined
  return compact({ role, roles: list('roles'), teamRoles: list('team_roles'), channelRoles: list('channel_roles') })
}

/** The names, if each could be a role's. Throws 400. */
export function checkedRoles(names: readonly string[], parameter: string): string[] {
  const trimmed = names.map((name) => name.trim())
  if (trimmed.length > 20 || !trimmed.every((name) => /^[a-z0-9_]{1,64}$/.test(name))) throw invalidParam(parameter)
  return trimmed
}
