import type { Access } from '../access/access.ts'
import { newId } from '../ids.ts'
import type { Tx } from '../database/unit-of-work.ts'
import type { Session } from './session.ts'
import type { Sessions } from './sessions.ts'
import { deleteSession, findSessionsOfUser, insertSession } from './sessions.store.ts'

/** A user has at most this many sessions; the least recently used go first. */
const MAX_SESSIONS = 500

/**
 * Begins a session for a user whose identity has been proven. `props` are the session's own (isMobile, platform,
 * os, browser, isOAuthUser …); csrf and is_guest are added.
 */
export async function createSession(
  app: { access: Access; sessions: Sessions },
  tx: Tx,
  userId: string,
  kind: { deviceId?: string; props?: Record<string, string> } = {},
): Promise<Session> {
  const user = await app.access.user(userId)
  if (!user) throw new Error(`no user ${userId} to begin a session for`)
  const existing = await findSessionsOfUser(tx.db, userId)
  for (const old of existing.slice(MAX_SESSIONS - 1)) {
    await deleteSession(tx.db, old.id)
    tx.changed({ kind: 'session', token: old.token, userId })
  }
  const now = Date.now()
  const deviceId = kind.deviceId ?? ''
  const props = { ...kind.props, csrf: newId(), ...(user.isGuest && { is_guest: 'true' }) }
  const row = {
    id: newId(),
    token: newId(),
    createAt: now,
    expiresAt: now + app.sessions.lengthOf({ deviceId, props }),
    lastActivityAt: now,
    userId,
    deviceId,
    roles: user.roles.join(' '),
    isOAuth: false,
    expiredNotify: false,
    props,
  }
  await insertSession(tx.db, row)
  return { ...row, roles: user.roles, local: false, isGuest: user.isGuest, mfaPending: false }
}
