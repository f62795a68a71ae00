import type { App } from '../app.ts'
import { noPermission } from '../http/errors.ts'
import type { Session } from '../sessions/session.ts'
import { userError } from './users.errors.ts'
import { findGroupSource } from './users.store.ts'

/**
 * Throws 403 unless the caller may know who is in a group: everybody who may see all users for groups that people made,
 * administrators of groups for those of a directory. Throws 404 for a missing one.
 */
export async function requireGroup(app: Pick<App, 'access' | 'db'>, session: Session, groupId: string): Promise<void> {
  const reader = app.access.can(session, 'sysconsole_read_user_management_groups')
  const source = await findGroupSource(app.db, groupId)
  if (source === null) {
    throw reader ? userError('app.group.no_rows') : noPermission('sysconsole_read_user_management_groups')
  }
  if (reader || (source === 'custom' && app.access.can(session, 'view_members'))) return
  throw noPermission('sysconsole_read_user_management_groups')
}
