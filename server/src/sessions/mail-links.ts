import type { App } from '../app.ts'
import { newToken } from '../ids.ts'
import { findAccountByEmail } from './accounts.store.ts'
import { queueMail } from './mails.ts'
import { replaceMailToken } from './tokens.store.ts'
import type { MailToken, MailTokenType } from './tokens.store.ts'

/** Mailed links work for a day. */
const LIFE = 24 * 60 * 60_000
const TOKEN_LENGTH = 64

/** Whether a text can be a token of a mailed link at all; anything else needs no look into the database. */
export const isMailToken = (token: string): boolean => token.length === TOKEN_LENGTH

/** Whether a link was mailed more than a day before `now` (ms). */
export const isTooOld = (token: MailToken, now: number): boolean => now - token.createAt > LIFE

/**
 * Mails the owner of an address a link for choosing a new password. Does nothing, without a word, for an address that
 * no account has or whose account has no password: strangers call this, and must not learn who has an account.
 */
export async function sendPasswordReset(app: Pick<App, 'db' | 'log' | 'unitOfWork'>, email: string): Promise<void> {
  const account = await findAccountByEmail(app.db, email)
  if (!account || account.authService !== '' || account.isBot || account.deleteAt > 0) return
  const token = await makeToken(app, 'password_recovery', account.id, account.email)
  queueMail(app, { kind: 'password_reset', email: account.email, token })
}

/** Mails the link for confirming an address once more; says nothing either. */
export async function resendVerification(
  app: Pick<App, 'db' | 'log' | 'unitOfWork'>,
  email: string,
  redirectTo: string,
): Promise<void> {
  const account = await findAccountByEmail(app.db, email)
  if (!account || account.emailVerified || account.isBot || account.deleteAt > 0) return
  await sendVerification(app, account.id, account.email, redirectTo)
}

/**
 * Mails a link with which the owner of `email` confirms that it is the address of account `userId`. A new address of an
 * account takes effect by it.
 */
export async function sendVerification(
  app: Pick<App, 'log' | 'unitOfWork'>,
  userId: string,
  email: string,
  redirectTo = '',
): Promise<void> {
  const token = await makeToken(app, 'verify_email', userId, email)
  queueMail(app, { kind: 'verify_email', email, token, redirectTo })
}

async function makeToken(
  app: Pick<App, 'unitOfWork'>,
  type: MailTokenType,
  userId: string,
  email: string,
): Promise<string> {
  const token = newToken(TOKEN_LENGTH)
  await app.unitOfWork((tx) => replaceMailToken(tx.db, type, token, { createAt: Date.now(), userId, email }))
  return token
}
