import type { Queries } from '../database/pool.ts'

/** What signing in needs to know of an account, its secrets included: never send one to a client. */
export interface Account {
  readonly id: string
  readonly username: string
  readonly email: string
  readonly emailVerified: boolean
  readonly passwordHash: string
  /** '' = signs in with a password */
  readonly authService: string
  readonly deleteAt: number
  readonly isBot: boolean
  readonly isGuest: boolean
  readonly isRemote: boolean
  readonly mfaActive: boolean
}

function accounts(db: Queries) {
  return db
    .selectFrom('users')
    .leftJoin('bots', 'bots.userid', 'users.id')
    .select([
      'users.id',
      'users.username',
      'users.email',
      'users.emailverified',
      'users.password',
      'users.authservice',
      'users.deleteat',
      'users.roles',
      'users.remoteid',
      'users.mfaactive',
      'bots.userid as botid',
    ])
}

type Row = Awaited<ReturnType<ReturnType<typeof accounts>['execute']>>[number]

const fromRow = (row: Row): Account => ({
  id: row.id,
  username: row.username ?? '',
  email: row.email ?? '',
  emailVerified: row.emailverified ?? false,
  passwordHash: row.password ?? '',
  authService: row.authservice ?? '',
  deleteAt: row.deleteat ?? 0,
  isBot: row.botid !== null,
  isGuest: (row.roles ?? '').split(' ').includes('system_guest'),
  isRemote: (row.remoteid ?? '') !== '',
  mfaActive: row.mfaactive ?? false,
})

/** The account with this id, deactivated or not, or null. */
export async function findAccount(db: Queries, id: string): Promise<Account | null> {
  const row = await accounts(db).where('users.id', '=', id).executeTakeFirst()
  return row ? fromRow(row) : null
}

/** The account of an e-mail address, which is compared without case. */
export async function findAccountByEmail(db: Queries, email: string): Promise<Account | null> {
  const row = await accounts(db).where('users.email', '=', email.toLowerCase()).executeTakeFirst()
  return row ? fromRow(row) : null
}

/** The account that somebody means by what he typed as his name; usernames cannot hold an @. */
export async function findAccountByLogin(
  db: Queries,
  login: string,
  by: { username: boolean; email: boolean },
): Promise<Account | null> {
  const column = login.includes('@') ? 'users.email' : 'users.username'
  if (column === 'users.email' ? !by.email : !by.username) return null
  const row = await accounts(db).where(column, '=', login.toLowerCase()).executeTakeFirst()
  return row ? fromRow(row) : null
}

/** Uses up one of the attempts that an account has; false when there is none left. Counts are exact under any load. */
export async function takeAttempt(db: Queries, id: string, max: number): Promise<boolean> {
  const row = await db
    .updateTable('users')
    .set((is) => ({ failedattempts: is(is.fn.coalesce('users.failedattempts', is.lit(0)), '+', 1) }))
    .where('users.id', '=', id)
    .where((is) => is(is.fn.coalesce('users.failedattempts', is.lit(0)), '<', max))
    .returning('users.id')
    .executeTakeFirst()
  return row !== undefined
}

/** Gives back the attempt that was taken for a password that proved right. */
export async function giveBackAttempt(db: Queries, id: string): Promise<void> {
  await db
    .updateTable('users')
    .set((is) => ({ failedattempts: is('users.failedattempts', '-', 1) }))
    .where('users.id', '=', id)
    .where('users.failedattempts', '>', 0)
    .execute()
}

/** Forgets all failed attempts: the account is not locked any more. */
export async function clearAttempts(db: Queries, id: string): Promise<void> {
  await db
    .updateTable('users')
    .set({ failedattempts: 0 })
    .where('users.id', '=', id)
    .where('users.failedattempts', '!=', 0)
    .execute()
}

/** Notes a login. False when the password is no longer `passwordHash`: it was changed while it was being checked. */
export async function recordLogin(db: Queries, id: string, now: number, passwordHash: string): Promise<boolean> {
  const row = await db
    .updateTable('users')
    .set({ lastlogin: now })
    .where('users.id', '=', id)
    .where('users.deleteat', '=', 0)
    .where((is) => is(is.fn.coalesce('users.password', is.val('')), '=', passwordHash))
    .returning('users.id')
    .executeTakeFirst()
  return row !== undefined
}

/** Gives an account a password, which makes it one that signs in with a password, and unlocks it. */
export async function updatePassword(db: Queries, id: string, hash: string, now: number): Promise<void> {
  const set = { password: hash, authdata: null, authservice: '', failedattempts: 0 }
  await db
    .updateTable('users')
    .set({ ...set, lastpasswordupdate: now, updateat: now })
    .where('users.id', '=', id)
    .execute()
}

/** Marks an address as the account's own, verified one. False when there is no such account. */
export async function updateVerifiedEmail(db: Queries, id: string, email: string, now: number): Promise<boolean> {
  const row = await db
    .updateTable('users')
    .set({ email, emailverified: true, updateat: now })
    .where('users.id', '=', id)
    .returning('users.id')
    .executeTakeFirst()
  return row !== undefined
}

/** The account that has `email`, '' if none. */
export async function ownerOfEmail(db: Queries, email: string): Promise<string> {
  const row = await db.selectFrom('users').select('users.id').where('users.email', '=', email).executeTakeFirst()
  return row?.id ?? ''
}
