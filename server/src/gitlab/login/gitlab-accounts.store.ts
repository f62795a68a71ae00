import type { Queries } from '../../database/pool.ts'
import type { RowChanges } from '../../database/tables.ts'

/** What signing in with GitLab needs to know of an account. */
export interface GitLabAccount {
  readonly id: string
  readonly username: string
  readonly email: string
  readonly firstName: string
  readonly lastName: string
  /** '' = signs in with a password */
  readonly authService: string
  readonly deleteAt: number
  readonly createAt: number
  /** ms of the last change of the password or of the way to sign in */
  readonly lastPasswordUpdate: number
  readonly isBot: boolean
  readonly isRemote: boolean
  readonly isGuest: boolean
  readonly notifyProps: Readonly<Record<string, string>>
}

function accounts(db: Queries) {
  return db
    .selectFrom('users')
    .leftJoin('bots', 'bots.userid', 'users.id')
    .select([
      ...(['users.id', 'users.username', 'users.email', 'users.firstname', 'users.lastname'] as const),
      ...(['users.authservice', 'users.deleteat', 'users.createat', 'users.lastpasswordupdate'] as const),
      ...(['users.roles', 'users.remoteid', 'users.notifyprops', 'bots.userid as botid'] as const),
    ])
}

type AccountRow = Awaited<ReturnType<ReturnType<typeof accounts>['execute']>>[number]

const fromRow = (row: AccountRow): GitLabAccount => ({
  id: row.id,
  username: row.username ?? '',
  email: row.email ?? '',
  firstName: row.firstname ?? '',
  lastName: row.lastname ?? '',
  authService: row.authservice ?? '',
  deleteAt: row.deleteat ?? 0,
  createAt: row.createat ?? 0,
  lastPasswordUpdate: row.lastpasswordupdate ?? 0,
  isBot: row.botid !== null,
  isRemote: (row.remoteid ?? '') !== '',
  isGuest: (row.roles ?? '').split(' ').includes('system_guest'),
  notifyProps: (row.notifyprops ?? {}) as Record<string, string>,
})

/** Nobody else may change the row until the transaction ends. */
export async function lockAccount(db: Queries, userId: string): Promise<GitLabAccount | null> {
  const row = await accounts(db).where('users.id', '=', userId).forUpdate('users').executeTakeFirst()
  return row ? fromRow(row) : null
}

/** By address, in lower case, as they are kept. */
export async function lockAccountByEmail(db: Queries, email: string): Promise<GitLabAccount | null> {
  const row = await accounts(db).where('users.email', '=', email).forUpdate('users').executeTakeFirst()
  return row ? fromRow(row) : null
}

/** How the account with an address signs in ('' = password); null when there is none. */
export async function signInOfEmail(db: Queries, email: string): Promise<{ id: string; authService: string } | null> {
  const row = await db
    .selectFrom('users')
    .select(['users.id', 'users.authservice'])
    .where('users.email', '=', email)
    .executeTakeFirst()
  return row ? { id: row.id, authService: row.authservice ?? '' } : null
}

/** The id at the sign-in service, '' without one. */
export async function findAuthData(db: Queries, userId: string): Promise<string> {
  const row = await db.selectFrom('users').select('users.authdata').where('users.id', '=', userId).executeTakeFirst()
  return row?.authdata ?? ''
}

/** Whether an account is deactivated. */
export async function isClosed(db: Queries, userId: string): Promise<boolean> {
  const query = db.selectFrom('users').select('users.deleteat').where('users.id', '=', userId)
  return ((await query.executeTakeFirst())?.deleteat ?? 0) > 0
}

/** Whether an account has this id at a sign-in service, whichever it is: the column is unique over all of them. */
export async function authDataTaken(db: Queries, authData: string, exceptId = ''): Promise<boolean> {
  const row = await db
    .selectFrom('users')
    .select('users.id')
    .where('users.authdata', '=', authData)
    .where('users.id', '!=', exceptId)
    .executeTakeFirst()
  return row !== undefined
}

/** Whether an account or a group that can be mentioned has this name. */
export async function nameTaken(db: Queries, name: string): Promise<boolean> {
  const user = await db.selectFrom('users').select('users.id').where('users.username', '=', name).executeTakeFirst()
  if (user) return true
  const group = await db
    .selectFrom('usergroups')
    .select('usergroups.id')
    .where('usergroups.name', '=', name)
    .where('usergroups.deleteat', '=', 0)
    .executeTakeFirst()
  return group !== undefined
}

/** Changes columns of an account; a broken unique key is thrown as the database says it. */
export async function updateAccount(db: Queries, userId: string, changes: RowChanges<'users'>): Promise<void> {
  await db.updateTable('users').set(changes).where('users.id', '=', userId).execute()
}

/** Notes a sign-in. False: the account was closed in this moment. */
export async function noteLogin(db: Queries, userId: string, now: number): Promise<boolean> {
  const row = await db
    .updateTable('users')
    .set({ lastlogin: now, failedattempts: 0 })
    .where('users.id', '=', userId)
    .where('users.deleteat', '=', 0)
    .returning('users.id')
    .executeTakeFirst()
  return row !== undefined
}

/** Personal access tokens stop working; their owner can switch them on again. */
export async function disableAccessTokens(db: Queries, userId: string): Promise<void> {
  await db
    .updateTable('useraccesstokens')
    .set({ isactive: false })
    .where('useraccesstokens.userid', '=', userId)
    .execute()
}

/** Ends links for choosing a new password that were sent to somebody who has none any more. */
export async function deleteRecoveryTokens(db: Queries, userId: string): Promise<void> {
  await db
    .deleteFrom('tokens')
    .where('tokens.type', '=', 'password_recovery')
    .where('tokens.extra', 'like', `%"UserId":"${userId}"%`)
    .execute()
}
