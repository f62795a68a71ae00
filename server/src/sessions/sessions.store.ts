import type { Queries } from '../database/pool.ts'

/** A session row in the server's own terms; times in ms. */
export interface SessionRow {
  readonly id: string
  readonly token: string
  readonly createAt: number
  readonly expiresAt: number
  readonly lastActivityAt: number
  readonly userId: string
  readonly deviceId: string
  readonly roles: string
  readonly isOAuth: boolean
  readonly expiredNotify: boolean
  readonly props: Readonly<Record<string, string>>
}

const fromRow = (row: {
  id: string
  token: string | null
  createat: number | null
  expiresat: number | null
  lastactivityat: number | null
  userid: string | null
  deviceid: string | null
  roles: string | null
  isoauth: boolean | null
  props: Record<string, unknown> | null
  expirednotify: boolean | null
}): SessionRow => ({
  id: row.id,
  token: row.token ?? '',
  createAt: row.createat ?? 0,
  expiresAt: row.expiresat ?? 0,
  lastActivityAt: row.lastactivityat ?? 0,
  userId: row.userid ?? '',
  deviceId: row.deviceid ?? '',
  roles: row.roles ?? '',
  isOAuth: row.isoauth ?? false,
  expiredNotify: row.expirednotify ?? false,
  props: (row.props ?? {}) as Record<string, string>,
})

/** Writes a new session. Rejects for an id that is taken. */
export async function insertSession(db: Queries, session: SessionRow): Promise<void> {
  await db
    .insertInto('sessions')
    .values({
      id: session.id,
      token: session.token,
      createat: session.createAt,
      expiresat: session.expiresAt,
      lastactivityat: session.lastActivityAt,
      userid: session.userId,
      deviceid: session.deviceId,
      roles: session.roles,
      isoauth: session.isOAuth,
      expirednotify: session.expiredNotify,
      props: JSON.stringify(session.props),
    })
    .execute()
}

/** The session of a token, expired or not, or null. */
export async function findSessionByToken(db: Queries, token: string): Promise<SessionRow | null> {
  const row = await db
    .selectFrom('sessions')
    .selectAll('sessions')
    .where('sessions.token', '=', token)
    .limit(1)
    .executeTakeFirst()
  return row ? fromRow(row) : null
}

/** The session with this id, expired or not and whoever has it, or null. */
export async function findSessionById(db: Queries, id: string): Promise<SessionRow | null> {
  const row = await db.selectFrom('sessions').selectAll('sessions').where('sessions.id', '=', id).executeTakeFirst()
  return row ? fromRow(row) : null
}

/** All sessions of a user, most recently used first. */
export async function findSessionsOfUser(db: Queries, userId: string): Promise<SessionRow[]> {
  const rows = await db
    .selectFrom('sessions')
    .selectAll('sessions')
    .where('sessions.userid', '=', userId)
    .orderBy('sessions.lastactivityat', 'desc')
    .execute()
  return rows.map(fromRow)
}

/** Ends one session; the OAuth grant behind it, if any, stays. */
export async function deleteSession(db: Queries, id: string): Promise<void> {
  await db.deleteFrom('sessions').where('sessions.id', '=', id).execute()
}

/** Ends all sessions of a user but `exceptId`. */
export async function deleteSessionsOfUser(db: Queries, userId: string, exceptId = ''): Promise<void> {
  await db.deleteFrom('sessions').where('sessions.userid', '=', userId).where('sessions.id', '!=', exceptId).execute()
}

/** Ends the sessions of everybody. */
export async function deleteAllSessions(db: Queries): Promise<void> {
  await db.deleteFrom('sessions').execute()
}

/** All sessions of one token: a personal access token that was first used by two processes at once has two. */
export async function deleteSessionsOfToken(db: Queries, token: string): Promise<void> {
  await db.deleteFrom('sessions').where('sessions.token', '=', token).execute()
}

/** Other sessions of the same device: a device has one, that of its last login. Returns what was deleted. */
export async function deleteSessionsOfDevice(
  db: Queries,
  userId: string,
  deviceId: string,
  exceptId: string,
): Promise<string[]> {
  const rows = await db
    .deleteFrom('sessions')
    .where('sessions.userid', '=', userId)
    .where('sessions.deviceid', '=', deviceId)
    .where('sessions.id', '!=', exceptId)
    .returning('sessions.token')
    .execute()
  return rows.map((row) => row.token ?? '')
}

/** Withdraws what an OAuth application was given: without this its refresh token would bring the session back. */
export async function deleteOAuthGrant(db: Queries, token: string): Promise<void> {
  await db.deleteFrom('oauthaccessdata').where('oauthaccessdata.token', '=', token).execute()
}

/** Withdraws the OAuth grants behind the sessions of a user, except that of session `exceptId`. */
export async function deleteOAuthGrantsOfUser(db: Queries, userId: string, exceptId: string): Promise<void> {
  await db
    .deleteFrom('oauthaccessdata')
    .where('oauthaccessdata.token', 'in', (is) =>
      is
        .selectFrom('sessions')
        .select('sessions.token')
        .where('sessions.userid', '=', userId)
        .where('sessions.isoauth', '=', true)
        .where('sessions.id', '!=', exceptId),
    )
    .execute()
}

/** Withdraws every OAuth grant of the server. */
export async function deleteAllOAuthGrants(db: Queries): Promise<void> {
  await db.deleteFrom('oauthaccessdata').execute()
}

/** Moves the end of a session (ms, 0 = never); its owner may be told again when it comes. */
export async function updateSessionExpiry(db: Queries, id: string, expiresAt: number): Promise<void> {
  const set = { expiresat: expiresAt, expirednotify: false }
  await db.updateTable('sessions').set(set).where('sessions.id', '=', id).execute()
}

/** Notes when a session was last used (ms). */
export async function updateSessionActivity(db: Queries, id: string, lastActivityAt: number): Promise<void> {
  await db.updateTable('sessions').set({ lastactivityat: lastActivityAt }).where('sessions.id', '=', id).execute()
}

/** Stores the device of a mobile session and its new props. */
export async function updateSessionDevice(
  db: Queries,
  id: string,
  change: { deviceId: string; expiresAt: number; props: Record<string, string> },
): Promise<void> {
  const set = { deviceid: change.deviceId, expiresat: change.expiresAt, props: JSON.stringify(change.props) }
  await db.updateTable('sessions').set(set).where('sessions.id', '=', id).execute()
}

/** A personal access token that may be used, or null. */
export async function findActiveAccessToken(
  db: Queries,
  token: string,
): Promise<{ id: string; userId: string } | null> {
  const row = await activeAccessToken(db, token).executeTakeFirst()
  return row ? { id: row.id, userId: row.userid ?? '' } : null
}

/**
 * Whether a personal access token may still be used. It is locked until the transaction ends: one that is just being
 * disabled must not get a session that nobody would end.
 */
export async function lockActiveAccessToken(db: Queries, token: string): Promise<boolean> {
  return (await activeAccessToken(db, token).forShare().executeTakeFirst()) !== undefined
}

function activeAccessToken(db: Queries, token: string) {
  return db
    .selectFrom('useraccesstokens')
    .select(['useraccesstokens.id', 'useraccesstokens.userid'])
    .where('useraccesstokens.token', '=', token)
    .where('useraccesstokens.isactive', '=', true)
}
