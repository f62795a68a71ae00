import type { App } from '../app.ts'
import { invalidBody } from '../http/errors.ts'
import type { Session } from '../sessions/session.ts'
import { existingUser, selfOrEditor } from '../users/user-access.ts'
import { switchAutoResponderOff } from './auto-responder.ts'
import type { Status } from './status.ts'
import { statusOfUser } from './status-of-user.ts'

export interface StatusChoice {
  readonly user_id: string
  readonly status: string
  /** seconds; 0 or missing = without an end */
  readonly dnd_end_time?: number | null
}

const CHOICES = ['online', 'away', 'dnd', 'offline'] as const

/**
 * Somebody chooses a status by hand: it sticks until the next choice (`online` ends it). Ends the automatic reply of
 * someone who was out of office. Throws 403 for other people, 400 for a status that cannot be chosen.
 */
export async function updateStatus(app: App, session: Session, userId: string, choice: StatusChoice): Promise<Status> {
  if (choice.user_id !== userId) throw invalidBody('user_id')
  await selfOrEditor(app, session, userId)
  if (session.userId !== userId) await existingUser(app, userId)
  const status = CHOICES.find((one) => one === choice.status)
  const endTime = choice.dnd_end_time ?? 0
  if (!status) throw invalidBody('status')
  // Later than the year 9999 is no time but an attempt to overflow something.
  if (endTime < 0 || endTime > 253_402_300_799) throw invalidBody('dnd_end_time')
  if (app.statuses.statusOf(userId).status === 'ooo') await switchAutoResponderOff(app, userId)
  await app.statuses.choose(userId, status, endTime)
  return statusOfUser(app, session, userId)
}
