import type { App } from '../app.ts'
import { PERMISSIONS } from '../access/permission-ids.ts'
import type { Tx } from '../database/unit-of-work.ts'
import { noPermission } from '../http/errors.ts'
import { event } from '../realtime/events.ts'
import type { Audience } from '../realtime/events.ts'
import type { Session } from '../sessions/session.ts'
import { roleView } from './read-roles.ts'
import type { Role } from './role.ts'
import { roleError } from './roles.errors.ts'
import { findChannelRoles, findReach, findRole, updatePermissions } from './roles.store.ts'

const KNOWN: ReadonlySet<string> = new Set(PERMISSIONS)

/** Roles that hand out parts of the console; only holders of a permission of their own may change them. */
const SYSTEM_ROLES = new Set([
  'system_user_manager',
  'system_read_only_admin',
  'system_manager',
  'shared_channel_manager',
  'secure_connection_manager',
])

/** With these somebody could change the very roles that limit him. */
const FIXED = new Set([
  'sysconsole_read_user_management_system_roles',
  'sysconsole_write_user_management_system_roles',
  'manage_roles',
])

/**
 * Replaces the permissions of a role (null: leaves them). Everyone with the role has them at once. Throws 404, 403
 * without the right to change this role or to give this permission, 400 for an unknown permission, 501 for one that
 * cannot be given.
 */
export async function patchRole(
  app: App,
  session: Session,
  id: string,
  permissions: readonly string[] | null | undefined,
): Promise<Role> {
  const found = await findRole(app.db, id)
  if (!found) throw roleError('app.role.get.app_error')
  requireRoleWriter(app, session, found)
  if (!permissions) return roleView(app, found)
  const wanted = [...new Set(permissions)]
  const unknown = wanted.find((permission) => !KNOWN.has(permission))
  if (unknown !== undefined) throw invalidRole(unknown)
  const stored = await app.unitOfWork(async (tx) => {
    const role = (await findRole(tx.db, id))!
    requireAllowed(app, session, role, wanted)
    const changed = await updatePermissions(tx.db, id, wanted, Date.now())
    tx.changed({ kind: 'roles' })
    await announceRole(tx, changed)
    return changed
  })
  return roleView(app, stored)
}

function requireRoleWriter(app: Pick<App, 'access'>, session: Session, role: Role): void {
  const permission = SYSTEM_ROLES.has(role.name)
    ? 'sysconsole_write_user_management_system_roles'
    : 'sysconsole_write_user_management_permissions'
  if (!app.access.can(session, permission)) throw noPermission(permission)
  if (role.name === 'system_admin' && !app.access.can(session, 'manage_system')) throw noPermission('manage_system')
}

function requireAllowed(app: Pick<App, 'access'>, session: Session, role: Role, wanted: readonly string[]): void {
  const before = new Set(role.permissions)
  const after = new Set(wanted)
  const delta = [...before, ...after].filter((permission) => before.has(permission) !== after.has(permission))
  const fixed = delta.find((permission) => FIXED.has(permission))
  if (fixed) throw roleError('api.roles.patch_roles.not_allowed_permission.error', { Name: fixed })
  if (role.name === 'system_admin' && !after.has('manage_system')) {
    throw invalidRole('manage_system')
  }
  // A manager of permissions could otherwise make himself an administrator through a role of his own.
  if (!app.access.can(session, 'manage_system') && delta.some(isPowerful)) throw noPermission('manage_system')
}

const isPowerful = (permission: string): boolean =>
  /^sysconsole_|^manage_system$|^assign_system_admin_role$|_user_access_token$|^edit_other_users$/.test(permission)

/** Unknown ones cannot be given, and administrators cannot lose what makes them administrators. */
const invalidRole = (permission: string) =>
  roleError('app.role.save.invalid_role.app_error', { Name: permission.slice(0, 64) })

/** Tells clients of a changed role, and of the roles of channels that depend on it. */
async function announceRole(tx: Tx, role: Role): Promise<void> {
  const say = (to: Audience, changed: Role) => tx.publish(event('role_updated', to, { role: JSON.stringify(changed) }))
  const own = await findChannelRoles(tx.db, { name: role.name })
  const reach = own.length > 0 ? null : await findReach(tx.db, role.name)
  for (const one of own) say({ channelId: one.channelId }, one.role)
  if (reach) {
    for (const teamId of reach.teamIds) say({ teamId }, role)
    for (const channelId of reach.channelIds) say({ channelId }, role)
  } else if (own.length === 0) say({}, role)
  for (const below of await findChannelRoles(tx.db, { higher: role.name })) {
    say({ channelId: below.channelId }, below.role)
  }
}
