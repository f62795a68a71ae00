import type { App } from '../app.ts'
import type { Tx } from '../database/unit-of-work.ts'
import { AppError, invalidBody, noPermission } from '../http/errors.ts'
import { announceUser } from '../users/announce-user.ts'
import { checkPasswordRules, hashPassword, isForeignHash } from '../users/passwords.ts'
import { sparesAdministrators } from '../users/user-access.ts'
import { userError } from '../users/users.errors.ts'
import type { Account } from './accounts.store.ts'
import { findAccount, updatePassword } from './accounts.store.ts'
import { endSessions } from './end-sessions.ts'
import { isMailToken, isTooOld } from './mail-links.ts'
import { queueMail } from './mails.ts'
import type { Session } from './session.ts'
import { passwordError } from './sessions.errors.ts'
import { deleteMailTokens, takeMailToken } from './tokens.store.ts'
import { verifyOwnPassword } from './verify-credentials.ts'

/** A hash of a cost that a login can afford: each step doubles its time, and 31 would take hours. */
const BCRYPT = /^\$2[aby]\$(?:0[4-9]|1[0-4])\$[./A-Za-z0-9]{53}$/

export interface PasswordChange {
  readonly currentPassword: string
  readonly newPassword: string
  /** `newPassword` is a hash, as administrators carry it over from elsewhere */
  readonly hashed: boolean
}

/**
 * A person changes his own password, for which he must know the current one, or somebody who manages accounts sets
 * another's. Other sessions end when TerminateSessionsOnPasswordChange says so. Throws 400 for a wrong current password
 * or one that breaks the rules, 403 without the right.
 */
export async function setPassword(app: App, session: Session, userId: string, change: PasswordChange): Promise<void> {
  const own = session.userId === userId
  if (!own) await mayManagePasswords(app, session, userId)
  if (change.hashed && !app.access.can(session, 'manage_system')) throw noPermission('manage_system')
  const account = await findAccount(app.db, userId)
  if (!account) throw userError('app.user.missing_account.const')
  if (own) await checkOwnChange(app, account, change.currentPassword)
  const hash = await hashOf(app, change)
  await app.unitOfWork((tx) => writePassword(app, tx, userId, hash, own ? session.id : ''))
  queueMail(app, { kind: 'password_changed', userId, how: own ? 'by the user' : 'by an administrator' })
}

async function mayManagePasswords(app: App, session: Session, userId: string): Promise<void> {
  if (!app.access.can(session, 'sysconsole_write_user_management_users')) {
    throw noPermission('sysconsole_write_user_management_users')
  }
  await sparesAdministrators(app, session, userId)
}

async function checkOwnChange(app: App, account: Account, current: string): Promise<void> {
  if (account.authService !== '') throw passwordError('api.user.update_password.oauth.app_error')
  if (current === '') throw invalidBody('current_password')
  try {
    await verifyOwnPassword(app, account, current)
  } catch (error) {
    // A 401 would make the web client sign out somebody who only mistyped.
    if (!(error instanceof AppError) || error.id !== 'api.user.check_user_password.invalid.app_error') throw error
    throw passwordError('api.user.update_password.incorrect.app_error')
  }
}

async function hashOf(app: App, { newPassword, hashed }: PasswordChange): Promise<string> {
  if (hashed) {
    if (!isForeignHash(newPassword) && !BCRYPT.test(newPassword)) throw invalidBody('new_password')
    return newPassword
  }
  checkPasswordRules(app.config, newPassword)
  return hashPassword(newPassword)
}

/** Somebody who can read the account's mail chooses a new password. The link works once; throws 400 otherwise. */
export async function resetPassword(app: App, token: string, newPassword: string): Promise<void> {
  if (!isMailToken(token)) throw invalidBody('token')
  checkPasswordRules(app.config, newPassword)
  const userId = await app.unitOfWork(async (tx) => {
    const sent = await takeMailToken(tx.db, 'password_recovery', token)
    if (!sent) throw passwordError('api.user.reset_password.invalid_link.app_error')
    const account = await findAccount(tx.db, sent.userId)
    if (isTooOld(sent, Date.now()) || account?.email !== sent.email) {
      throw passwordError('api.user.reset_password.link_expired.app_error')
    }
    if (account.authService !== '') throw passwordError('api.user.reset_password.sso.app_error')
    await writePassword(app, tx, account.id, await hashPassword(newPassword), '')
    return account.id
  })
  queueMail(app, { kind: 'password_changed', userId, how: 'by a reset link' })
}

async function writePassword(app: App, tx: Tx, userId: string, hash: string, exceptSession: string): Promise<void> {
  await updatePassword(tx.db, userId, hash, Date.now())
  // A link that an attacker asked for before must not undo the change.
  await deleteMailTokens(tx.db, 'password_recovery', userId)
  if (app.config.get().ServiceSettings.TerminateSessionsOnPasswordChange) await endSessions(tx, userId, exceptSession)
  await announceUser(app, tx, userId)
}
