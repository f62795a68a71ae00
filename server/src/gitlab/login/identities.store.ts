import { sql } from 'kysely'
import type { Queries } from '../../database/pool.ts'

interface IdentitiesTable {
  user_id: string
  issuer: string
  gitlab_id: number
  auth_data: string
  username: string
  client_id: string
  tokens: string
  created_at: number
  verified_at: number
  checked_at: number
  refused_at: number
}

declare module '../../database/tables.ts' {
  interface DB {
    'outpost.gitlab_identities': IdentitiesTable
  }
}

/** Who an account is at GitLab; times in ms. `tokens` are sealed (token-cipher.ts). */
export type Identity = Readonly<IdentitiesTable>

/** Identities that still count: the account signs in with GitLab and as the one it was tied to. */
function live(db: Queries) {
  return db
    .selectFrom('outpost.gitlab_identities as identity')
    .innerJoin('users', 'users.id', 'identity.user_id')
    .selectAll('identity')
    .where('users.authservice', '=', 'gitlab')
    .whereRef('users.authdata', '=', 'identity.auth_data')
}

/** Whom a GitLab user is tied to, or null. */
export async function findIdentity(db: Queries, issuer: string, gitlabId: number): Promise<Identity | null> {
  const query = live(db).where('identity.issuer', '=', issuer).where('identity.gitlab_id', '=', gitlabId)
  return (await query.executeTakeFirst()) ?? null
}

/** Who an account is at GitLab, or null. */
export async function findIdentityOfUser(db: Queries, userId: string): Promise<Identity | null> {
  return (await live(db).where('identity.user_id', '=', userId).executeTakeFirst()) ?? null
}

/** An account that an older server tied to this number, when nobody knows of which GitLab server; null if none. */
export async function findUnadopted(db: Queries, gitlabId: number): Promise<{ id: string; email: string } | null> {
  const row = await db
    .selectFrom('users')
    .select(['users.id', 'users.email'])
    .where('users.authservice', '=', 'gitlab')
    .where('users.authdata', '=', String(gitlabId))
    .where((is) =>
      is.not(
        is.exists(
          is
            .selectFrom('outpost.gitlab_identities as identity')
            .select('identity.user_id')
            .whereRef('identity.user_id', '=', 'users.id')
            .whereRef('identity.auth_data', '=', 'users.authdata'),
        ),
      ),
    )
    .executeTakeFirst()
  return row ? { id: row.id, email: row.email ?? '' } : null
}

/** Ties an account to a GitLab user; what either was tied to before ends. */
export async function saveIdentity(db: Queries, identity: Identity): Promise<void> {
  await db
    .deleteFrom('outpost.gitlab_identities')
    .where((is) =>
      is.or([
        is('user_id', '=', identity.user_id),
        is.and([is('issuer', '=', identity.issuer), is('gitlab_id', '=', identity.gitlab_id)]),
      ]),
    )
    .execute()
  await db.insertInto('outpost.gitlab_identities').values(identity).execute()
}

/** Notes that GitLab has vouched for somebody now; `change` holds new tokens or a new name. */
export async function updateIdentity(db: Queries, userId: string, change: Partial<IdentitiesTable>): Promise<void> {
  await db.updateTable('outpost.gitlab_identities').set(change).where('user_id', '=', userId).execute()
}

/**
 * Takes identities that were last checked before `before` and whose owners have live sessions, for this process alone:
 * others skip them, and their refresh tokens are not used twice.
 */
export async function claimIdentities(
  db: Queries,
  of: { issuer: string; clientId: string },
  times: { now: number; before: number },
  limit: number,
): Promise<Identity[]> {
  const result = await sql<Identity>`
    UPDATE outpost.gitlab_identities AS identity SET checked_at = ${times.now}
    WHERE identity.user_id IN (
      SELECT due.user_id FROM outpost.gitlab_identities AS due
      JOIN users ON users.id = due.user_id AND users.authservice = 'gitlab' AND users.authdata = due.auth_data
      WHERE due.tokens <> '' AND due.issuer = ${of.issuer} AND due.client_id = ${of.clientId}
        AND due.checked_at < ${times.before}
        AND EXISTS (SELECT FROM sessions WHERE sessions.userid = due.user_id
          AND (sessions.expiresat = 0 OR sessions.expiresat > ${times.now}))
      ORDER BY due.checked_at LIMIT ${limit} FOR UPDATE OF due SKIP LOCKED)
    RETURNING identity.*`.execute(db)
  return result.rows
}

/** Forgets identities of accounts that are gone or sign in otherwise now, with their tokens. */
export async function deleteStaleIdentities(db: Queries): Promise<void> {
  await sql`
    DELETE FROM outpost.gitlab_identities AS identity WHERE NOT EXISTS (
      SELECT FROM users WHERE users.id = identity.user_id AND users.authservice = 'gitlab'
        AND users.authdata = identity.auth_data)`.execute(db)
}

/** Declares that every account of an older server belongs to users of `issuer`. Returns how many there were. */
export async function adoptAll(db: Queries, issuer: string, now: number): Promise<number> {
  const result = await sql`
    INSERT INTO outpost.gitlab_identities
      (user_id, issuer, gitlab_id, auth_data, created_at, verified_at, checked_at)
    SELECT users.id, ${issuer}, users.authdata::bigint, users.authdata, ${now}, 0, 0 FROM users
    WHERE users.authservice = 'gitlab' AND users.authdata ~ '^[1-9][0-9]{0,14}$' AND NOT EXISTS (
      SELECT FROM outpost.gitlab_identities AS identity
      WHERE identity.user_id = users.id AND identity.auth_data = users.authdata)
    ON CONFLICT DO NOTHING`.execute(db)
  return Number(result.numAffectedRows ?? 0)
}

/** The GitLab server `from` is called `to` now. Returns how many identities moved. */
export async function renameIssuer(db: Queries, from: string, to: string): Promise<number> {
  const result = await sql`
    UPDATE outpost.gitlab_identities AS identity SET issuer = ${to}, tokens = ''
    WHERE identity.issuer = ${from} AND NOT EXISTS (
      SELECT FROM outpost.gitlab_identities AS other
      WHERE other.issuer = ${to} AND other.gitlab_id = identity.gitlab_id)`.execute(db)
  return Number(result.numAffectedRows ?? 0)
}
