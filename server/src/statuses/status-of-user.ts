import type { App } from '../app.ts'
import { noPermission } from '../http/errors.ts'
import type { Session } from '../sessions/session.ts'
import type { Status } from './status.ts'
import { statusError } from './statuses.errors.ts'

/**
 * One person's status; someone who has never been there is offline. Throws 404 while statuses are switched off, and 403
 * to guests for people outside their channels and for ids of nobody alike.
 */
export async function statusOfUser(
  app: Pick<App, 'access' | 'statuses'>,
  session: Session,
  userId: string,
): Promise<Status> {
  if (!(await app.access.canSeeUser(session, userId))) throw noPermission('view_members')
  const [status] = await app.statuses.find([userId])
  if (!status) throw statusError('api.status.user_not_found.app_error')
  return status
}

/** The statuses of people; a guest gets those of people in his channels, without being told of the others. */
export async function statusesOf(
  app: Pick<App, 'access' | 'statuses'>,
  session: Session,
  userIds: readonly string[],
): Promise<Status[]> {
  const visible = await app.access.visibleUsers(session, userIds)
  return visible.length > 0 ? app.statuses.find(visible) : []
}
