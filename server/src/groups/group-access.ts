import type { App } from '../app.ts'
import type { Permission } from '../access/permission-ids.ts'
import { noPermission } from '../http/errors.ts'
import { isId } from '../ids.ts'
import type { Session } from '../sessions/session.ts'
import { isLiveMember } from './group-members.store.ts'
import { CUSTOM } from './group.ts'
import type { Group } from './group.ts'
import { groupError } from './groups.errors.ts'
import { findGroup } from './groups.store.ts'

type Parts = Pick<App, 'access' | 'config' | 'db'>

const READ = 'sysconsole_read_user_management_groups'

/** Group scope: system roles, and what the role of group members adds. */
export async function canInGroup(
  app: Pick<App, 'access' | 'db'>,
  session: Session,
  groupId: string,
  permission: Permission,
): Promise<boolean> {
  if (app.access.can(session, permission)) return true
  return app.access.grants(['custom_group_user'], permission) && isLiveMember(app.db, groupId, session.userId)
}

/** Throws 501 while people may not make groups. */
export function requireCustomGroups(app: Pick<App, 'config'>): void {
  if (!app.config.get().ServiceSettings.EnableCustomGroups) throw groupError('api.custom_groups.feature_disabled')
}

/** A group, archived or not. Throws 404, 501 for one that people made while such groups are off. */
export async function existingGroup(
  app: Parts,
  groupId: string,
  more: { count?: boolean; ids?: boolean } = {},
): Promise<Group> {
  const group = isId(groupId) ? await findGroup(app.db, groupId, more) : null
  if (!group) throw groupError('app.group.no_rows')
  if (group.source === CUSTOM) requireCustomGroups(app)
  return group
}

/** A group that the caller may know of: everybody may know those that people made. Throws 404, 403. */
export async function visibleGroup(
  app: Parts,
  session: Session,
  groupId: string,
  more: { count?: boolean; ids?: boolean } = {},
): Promise<Group> {
  const group = await existingGroup(app, groupId, more)
  if (group.source !== CUSTOM && !(await canInGroup(app, session, groupId, READ))) throw noPermission(READ)
  return group
}

/** A group whose members the caller may know. Throws 404, 403: a guest learns of nobody through groups. */
export async function openGroup(
  app: Parts,
  session: Session,
  groupId: string,
  more: { count?: boolean; ids?: boolean } = {},
): Promise<Group> {
  const group = await visibleGroup(app, session, groupId, more)
  if (!seesMembers(app, session)) throw noPermission('view_members')
  return group
}

/** Whether the caller may know who is in groups. */
export const seesMembers = (app: Pick<App, 'access'>, session: Session): boolean =>
  app.access.can(session, 'view_members') || app.access.can(session, READ)

/** A group that people made and that the caller may change. Throws 404, 403, 400 for a directory's group. */
export async function editableGroup(
  app: Parts,
  session: Session,
  groupId: string,
  permission: Permission,
): Promise<Group> {
  const group = await existingGroup(app, groupId)
  if (group.source !== CUSTOM) throw groupError('app.group.crud_permission')
  if (!(await canInGroup(app, session, groupId, permission))) throw noPermission(permission)
  return group
}
