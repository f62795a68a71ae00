import type { App } from '../app.ts'
import { invalidBody, noPermission } from '../http/errors.ts'
import { event } from '../realtime/events.ts'
import type { Session } from '../sessions/session.ts'
import { announceUser } from './announce-user.ts'
import { existingUser, sparesAdministrators } from './user-access.ts'
import { userError } from './users.errors.ts'
import { findRoleNames, lockUser, updateUserRow } from './users.store.ts'

/**
 * Gives a user exactly these system roles, at once also in his open sessions. Throws 403, 404, 400 for a list that
 * makes no sense or names a role that is not there. Only holders of manage_system make or unmake system administrators.
 */
export async function setUserRoles(app: App, session: Session, userId: string, roles: string): Promise<void> {
  if (!app.access.can(session, 'manage_roles')) throw noPermission('manage_roles')
  const names = [...new Set(roles.split(/\s+/).filter(Boolean))]
  // An administrator who is no user could not use the product; clients never send it.
  const senseless = names.length === 0 || roles.length > 256 || (names.length === 1 && names[0] === 'system_admin')
  if (senseless || !names.every((name) => /^[a-z0-9_]{1,64}$/.test(name))) throw invalidBody('roles')
  await existingUser(app, userId)
  await sparesAdministrators(app, session, userId)
  const known = await findRoleNames(app.db, names)
  if (known.length < names.length) throw userError('app.role.check_roles_exist.role_not_found')
  if (app.access.grants(names, 'manage_system') && !app.access.can(session, 'manage_system')) {
    throw noPermission('manage_system')
  }
  const joined = names.join(' ')
  await app.unitOfWork(async (tx) => {
    const before = await lockUser(tx.db, userId)
    if (before?.roles === joined) return
    await updateUserRow(tx.db, userId, { roles: joined, updateat: Date.now() })
    await announceUser(app, tx, userId)
    tx.publish(event('user_role_updated', { userId }, { user_id: userId, roles: joined }))
  })
}
