import type { App } from '../app.ts'
import type { Tx } from '../database/unit-of-work.ts'
import { newToken } from '../ids.ts'
import { findAccount } from './accounts.store.ts'
import { beginSession } from './begin-session.ts'
import type { Client } from './begin-session.ts'
import { insertDesktopToken, takeDesktopToken } from './desktop-tokens.store.ts'
import type { Session } from './session.ts'
import { loginError } from './sessions.errors.ts'
import { checkMaySignIn } from './verify-credentials.ts'

/** A browser hands the finished sign-in over to the desktop app within this time, ms. */
const LIFE = 3 * 60_000

/** The token with which the desktop app takes over a sign-in that was finished in the browser. */
export async function makeDesktopToken(tx: Tx, userId: string): Promise<string> {
  const token = newToken(64)
  await insertDesktopToken(tx.db, token, userId, Date.now())
  return token
}

/**
 * Signs the desktop app in. Only accounts of a sign-in service come this way, and each token works once. Throws 401
 * for an unknown, used or old token.
 */
export async function loginFromDesktop(
  app: Pick<App, 'access' | 'sessions' | 'unitOfWork'>,
  token: string,
  client: Client,
): Promise<Session> {
  return app.unitOfWork(async (tx) => {
    const userId = await takeDesktopToken(tx.db, token, Date.now() - LIFE)
    const account = userId ? await findAccount(tx.db, userId) : null
    if (!account || account.authService === '') throw loginError('app.desktop_token.validate.invalid')
    checkMaySignIn(account)
    return beginSession(app, tx, account.id, client, account.authService === 'saml' ? 'saml' : 'oauth')
  })
}
