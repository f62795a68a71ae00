import type { App } from '../app.ts'
import { invalidParam, noPermission } from '../http/errors.ts'
import { isId } from '../ids.ts'
import type { Session } from '../sessions/session.ts'
import { existingUser } from '../users/user-access.ts'
import { viewFor } from '../users/user-view.ts'
import { findOutside } from './outside-groups.store.ts'

/** Whom a team would lose if it followed these groups: one page of its people whom none of them names. Throws 403, 400. */
export async function membersOutsideGroups(
  app: App,
  session: Session,
  teamId: string,
  groupIds: string,
  page: { offset: number; limit: number },
): Promise<object> {
  const ids = [...new Set(groupIds.split(',').map((id) => id.trim()))]
  if (!ids.every(isId)) throw invalidParam('group_ids')
  const permission = 'sysconsole_read_user_management_groups'
  if (!app.access.can(session, permission)) throw noPermission(permission)
  const { rows, total } = await findOutside(app.db, teamId, ids, page)
  const users = await Promise.all(
    rows.map(async ({ userId, schemeGuest, schemeUser, schemeAdmin, groups }) => ({
      ...viewFor(app, session, await existingUser(app, userId)),
      groups,
      scheme_guest: schemeGuest,
      scheme_user: schemeUser,
      scheme_admin: schemeAdmin,
    })),
  )
  return { users, total_count: total }
}
