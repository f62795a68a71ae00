import type { App } from '../app.ts'
import { noPermission } from '../http/errors.ts'
import type { Session } from '../sessions/session.ts'
import { activateUser, deactivateUser } from './deactivate-user.ts'
import { existingUser, selfOrEditorOrBotOwner, sparesAdministrators } from './user-access.ts'
import { userError } from './users.errors.ts'

/** Opens or closes an account. Throws 403, 404, and 401 where people may not close their own or guests are off. */
export async function setUserActive(app: App, session: Session, userId: string, active: boolean): Promise<void> {
  const own = !active && session.userId === userId
  if (own) requireSelfDeactivation(app, session)
  else if (!app.access.can(session, 'sysconsole_write_user_management_users')) {
    throw userError('api.user.update_active.permissions.app_error')
  }
  const user = await existingUser(app, userId)
  if (!own) await sparesAdministrators(app, session, userId)
  if (!active) return deactivateUser(app, userId)
  if (user.roles.split(' ').includes('system_guest') && !app.config.get().GuestAccountsSettings.Enable) {
    throw userError('api.user.update_active.cannot_enable_guest_when_guest_feature_is_disabled.app_error')
  }
  await activateUser(app, userId)
}

/** DELETE of an account: closes it like `setUserActive`, by its owner or whoever may edit it. */
export async function closeAccount(app: App, session: Session, userId: string): Promise<void> {
  await selfOrEditorOrBotOwner(app, session, userId)
  if (session.userId === userId) requireSelfDeactivation(app, session)
  await existingUser(app, userId)
  await deactivateUser(app, userId)
}

function requireSelfDeactivation(app: App, session: Session): void {
  if (app.config.get().TeamSettings.EnableUserDeactivation || app.access.can(session, 'manage_system')) return
  throw userError('api.user.update_active.not_enable.app_error')
}

/** Deletes for good; see `erase-user.ts`. Throws 401 while the configuration forbids it, which the local socket ignores. */
export function requireErasure(app: App, session: Session): void {
  if (session.local) return
  const admin = app.access.can(session, 'manage_system')
  if (!app.config.get().ServiceSettings.EnableAPIUserDeletion) {
    throw userError(`api.user.delete_user.not_enabled.${admin ? 'for_admin.' : ''}app_error`)
  }
  if (!admin) throw noPermission('manage_system')
}
