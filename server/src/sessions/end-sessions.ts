import type { App } from '../app.ts'
import type { Tx } from '../database/unit-of-work.ts'
import type { SessionRow } from './sessions.store.ts'
import {
  deleteAllOAuthGrants,
  deleteAllSessions,
  deleteOAuthGrant,
  deleteOAuthGrantsOfUser,
  deleteSession,
  deleteSessionsOfUser,
} from './sessions.store.ts'

/** Ends one session: its token is worthless and its sockets are closed once the transaction is committed. */
export async function endSession(tx: Tx, row: Pick<SessionRow, 'id' | 'token' | 'userId' | 'isOAuth'>): Promise<void> {
  await deleteSession(tx.db, row.id)
  if (row.isOAuth) await deleteOAuthGrant(tx.db, row.token)
  tx.changed({ kind: 'session', token: row.token, userId: row.userId })
}

/**
 * Ends all sessions of a user but `exceptId`, those of OAuth applications included. Personal access tokens stay: the
 * next request with one begins a new session.
 */
export async function endSessions(tx: Tx, userId: string, exceptId = ''): Promise<void> {
  await deleteOAuthGrantsOfUser(tx.db, userId, exceptId)
  await deleteSessionsOfUser(tx.db, userId, exceptId)
  tx.changed({ kind: 'sessions', userId })
}

/** Ends every session of the server, the caller's included. */
export async function endAllSessions(app: Pick<App, 'unitOfWork'>): Promise<void> {
  await app.unitOfWork(async (tx) => {
    await deleteAllOAuthGrants(tx.db)
    await deleteAllSessions(tx.db)
    tx.changed({ kind: 'everything' })
  })
}
