import type { App } from '../app.ts'
import { invalidBody } from '../http/errors.ts'
import { selfOrEditor } from '../users/user-access.ts'
import { endSession } from './end-sessions.ts'
import type { Session } from './session.ts'
import { sessionView } from './sessions-view.ts'
import { findSessionById, findSessionsOfUser } from './sessions.store.ts'

/** An account's sessions that have not expired, most recently used first, without tokens. Throws 403, 404. */
export async function listSessions(
  app: Pick<App, 'access' | 'db'>,
  session: Session,
  userId: string,
): Promise<object[]> {
  await selfOrEditor(app, session, userId)
  const now = Date.now()
  const rows = await findSessionsOfUser(app.db, userId)
  return rows.filter((row) => row.expiresAt === 0 || row.expiresAt > now).map((row) => sessionView(row, session.id))
}

/** Ends one session of an account. Throws 403, 404, and 400 for a session that is not that account's. */
export async function revokeSession(
  app: Pick<App, 'access' | 'db' | 'unitOfWork'>,
  session: Session,
  userId: string,
  sessionId: string,
): Promise<void> {
  await selfOrEditor(app, session, userId)
  const row = await findSessionById(app.db, sessionId)
  // Somebody else's session is answered like none: its id must tell nothing.
  if (!row || row.userId !== userId) throw invalidBody('session_id')
  await app.unitOfWork((tx) => endSession(tx, row))
}
