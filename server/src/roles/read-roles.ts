import type { App } from '../app.ts'
import { invalidBody, invalidParam, noPermission } from '../http/errors.ts'
import { uniqueSorted } from '../http/schema.ts'
import type { Session } from '../sessions/session.ts'
import { isRoleName } from './role.ts'
import type { Role } from './role.ts'
import { roleError } from './roles.errors.ts'
import { findRole, findRoles, findRolesByName } from './roles.store.ts'

const MAX_NAMES = 100

type Parts = Pick<App, 'access' | 'db'>

/** Every role there is. Throws 403. */
export async function allRoles(app: Parts, session: Session): Promise<Role[]> {
  if (!app.access.can(session, 'manage_system')) throw noPermission('manage_system')
  return (await findRoles(app.db)).map((role) => roleView(app, role))
}

/** Throws 404. */
export async function roleById(app: Parts, id: string): Promise<Role> {
  const role = await findRole(app.db, id)
  if (!role) throw roleError('app.role.get.app_error')
  return roleView(app, role)
}

/** Throws 400 for what cannot be a name, 404. */
export async function roleByName(app: Parts, name: string): Promise<Role> {
  if (!isRoleName(name)) throw invalidParam('role_name')
  const [role] = await findRolesByName(app.db, [name])
  if (!role) throw roleError('app.role.get_by_name.app_error', { Name: name })
  return roleView(app, role)
}

/** The roles with these names, in no particular order; clients ask for every name they come across. Throws 400. */
export async function rolesByNames(app: Parts, asked: readonly string[]): Promise<Role[]> {
  const names = uniqueSorted(asked).filter((name) => name.trim() !== '')
  if (asked.length === 0) throw invalidBody('rolenames')
  if (names.length > MAX_NAMES) {
    throw roleError('api.roles.get_multiple_by_name_too_many.request_error', { Max: MAX_NAMES })
  }
  if (!names.every(isRoleName)) throw invalidBody('rolename')
  return (await findRolesByName(app.db, names)).map((role) => roleView(app, role))
}

/** A role with what it really grants: a channel's own scheme is limited by the role above it. */
export function roleView(app: Pick<App, 'access'>, role: Role): Role {
  const granted = app.access.permissionsOf(role.name)
  return granted ? { ...role, permissions: [...granted] } : role
}
