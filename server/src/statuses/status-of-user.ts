import type { App } from '../app.ts'
import type { Status } from './status.ts'
import { statusError } from './statuses.errors.ts'

/** One person's status; someone who has never been there is offline. Throws 404 while statuses are switched off. */
export async function statusOfUser(app: Pick<App, 'statuses'>, userId: string): Promise<Status> {
  const [status] = await app.statuses.find([userId])
  if (!status) throw statusError('api.status.user_not_found.app_error')
  return status
}
