import type { App } from '../app.ts'
import { verifyPassword } from '../users/passwords.ts'
import type { Account } from './accounts.store.ts'
import { clearAttempts, giveBackAttempt, takeAttempt } from './accounts.store.ts'
import { checkMfaCode } from './check-mfa-code.ts'
import { loginError, mfaError } from './sessions.errors.ts'
import { isTotpCode } from './totp.ts'

/**
 * Proves that somebody is who he says by password and, where it is on, MFA code. The order of the checks is that of
 * the reference (behaviours.md §6): clients tell people which one failed. A wrong password or code costs one of the
 * account's attempts; a missing code does not, because clients send the password alone first. Throws 401, 400 for an
 * empty password, and 501 when MFA is on for the account but off for the server.
 */
export async function verifyCredentials(
  app: Pick<App, 'unitOfWork' | 'config'>,
  account: Account | null,
  given: { password: string; mfaCode: string },
): Promise<Account> {
  if (given.password === '') throw loginError('api.user.login.blank_pwd.app_error')
  if (!account || account.authService !== '') {
    // The answer for an account that is not there must take as long as one for a wrong password.
    await verifyPassword('', given.password)
    if (!account) throw loginError('api.user.check_user_password.invalid.app_error')
  }
  checkMaySignIn(account)
  if (account.authService !== '') {
    throw loginError('api.user.login.use_auth_service.app_error', { AuthService: account.authService })
  }
  await spendAttempt(app, account, given.password)
  await verifyMfa(app, account, given.mfaCode)
  await app.unitOfWork((tx) => clearAttempts(tx.db, account.id))
  return account
}

/** Throws 401 for accounts that nobody may sign in to. */
export function checkMaySignIn(account: Account): void {
  if (account.deleteAt > 0) throw loginError('api.user.login.inactive.app_error')
  if (account.isBot) throw loginError('api.user.login.bot_login_forbidden.app_error')
  if (account.isRemote) throw loginError('api.user.login.remote_users.login.error')
}

/** Somebody signed in proves once more that the account is his. Throws 401 for a wrong password and a locked account. */
export async function verifyOwnPassword(
  app: Pick<App, 'unitOfWork' | 'config'>,
  account: Pick<Account, 'id' | 'passwordHash'>,
  password: string,
): Promise<void> {
  await spendAttempt(app, account, password)
  await app.unitOfWork((tx) => clearAttempts(tx.db, account.id))
}

/**
 * Checks a password. The attempt is used up before: an attacker who sends a thousand guesses at once has no more of
 * them than one who waits for each answer.
 */
async function spendAttempt(
  app: Pick<App, 'unitOfWork' | 'config'>,
  account: Pick<Account, 'id' | 'passwordHash'>,
  password: string,
): Promise<void> {
  const { MaximumLoginAttempts } = app.config.get().ServiceSettings
  const left = await app.unitOfWork((tx) => takeAttempt(tx.db, account.id, MaximumLoginAttempts))
  if (!left) throw loginError('api.user.check_user_login_attempts.too_many.app_error')
  if (!(await verifyPassword(account.passwordHash, password))) {
    throw loginError('api.user.check_user_password.invalid.app_error')
  }
}

/** Called with one attempt taken: a wrong code keeps it, no code gives it back. */
async function verifyMfa(app: Pick<App, 'unitOfWork' | 'config'>, account: Account, code: string): Promise<void> {
  if (!account.mfaActive) return
  if (!app.config.get().ServiceSettings.EnableMultifactorAuthentication) {
    await app.unitOfWork((tx) => giveBackAttempt(tx.db, account.id))
    throw mfaError('mfa.mfa_disabled.app_error')
  }
  if (!isTotpCode(code)) {
    if (code === '') await app.unitOfWork((tx) => giveBackAttempt(tx.db, account.id))
    throw mfaError('mfa.validate_token.authenticate.app_error')
  }
  const right = await app.unitOfWork((tx) => checkMfaCode(tx, account.id, code, Date.now()))
  if (!right) throw mfaError('api.user.check_user_mfa.bad_code.app_error')
}
