import type { App } from '../app.ts'
import { hashPassword, isForeignHash } from '../users/passwords.ts'
import type { Account } from './accounts.store.ts'
import { findAccount, findAccountByLogin, recordLogin, updatePassword } from './accounts.store.ts'
import { beginSession } from './begin-session.ts'
import type { Client } from './begin-session.ts'
import { maskedLoginError } from './login-errors.ts'
import type { Session } from './session.ts'
import { loginError } from './sessions.errors.ts'
import { verifyCredentials } from './verify-credentials.ts'

export interface LoginAttempt {
  /** the account's id, or '' when `loginId` (username or e-mail address) says who it is */
  readonly userId: string
  readonly loginId: string
  readonly password: string
  readonly mfaCode: string
  /** the client wants to sign in with LDAP and nothing else */
  readonly ldapOnly: boolean
  readonly client: Client
}

type Parts = Pick<App, 'access' | 'config' | 'db' | 'sessions' | 'unitOfWork'>

/** Signs in with a password and begins a session. Throws only errors that a stranger may see (login-errors.ts). */
export async function login(app: Parts, attempt: LoginAttempt): Promise<Session> {
  try {
    const found = await findWho(app, attempt)
    const account = await verifyCredentials(app, found, attempt)
    checkAfterwards(app, account)
    return await begin(app, account, attempt)
  } catch (error) {
    throw maskedLoginError(app, error)
  }
}

function findWho(app: Parts, { userId, loginId, ldapOnly }: LoginAttempt): Promise<Account | null> | null {
  if (ldapOnly) return null
  if (userId) return findAccount(app.db, userId)
  const { EnableSignInWithEmail, EnableSignInWithUsername } = app.config.get().EmailSettings
  return findAccountByLogin(app.db, loginId, { email: EnableSignInWithEmail, username: EnableSignInWithUsername })
}

/** What is said only to somebody who knows the password. */
function checkAfterwards(app: Parts, account: Account): void {
  const { EmailSettings, GuestAccountsSettings } = app.config.get()
  if (EmailSettings.RequireEmailVerification && !account.emailVerified) {
    throw loginError('api.user.login.not_verified.app_error')
  }
  if (account.isGuest && !GuestAccountsSettings.Enable) throw loginError('api.user.login.guest_accounts.disabled.error')
}

async function begin(app: Parts, account: Account, { password, client }: LoginAttempt): Promise<Session> {
  // Hashes of newer servers are replaced: 10.11, to which one may have to go back, cannot verify them.
  const rewritten = isForeignHash(account.passwordHash) ? await hashPassword(password) : ''
  // Kept in memory from here on: looked up inside the transaction it would need a second connection, and many logins at
  // once could wait for each other's.
  await app.access.user(account.id)
  return app.unitOfWork(async (tx) => {
    const now = Date.now()
    // Whoever changed the password meanwhile has ended all sessions, and this one must not be the exception.
    const unchanged = await recordLogin(tx.db, account.id, now, account.passwordHash)
    if (!unchanged) throw loginError('api.user.check_user_password.invalid.app_error')
    if (rewritten) {
      await updatePassword(tx.db, account.id, rewritten, now)
      tx.changed({ kind: 'user', userId: account.id })
    }
    return beginSession(app, tx, account.id, client)
  })
}
