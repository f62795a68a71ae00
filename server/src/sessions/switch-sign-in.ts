import type { App } from '../app.ts'
import { invalidBody } from '../http/errors.ts'
import type { Call } from '../http/route.ts'
import { announceUser } from '../users/announce-user.ts'
import { checkPasswordRules, hashPassword } from '../users/passwords.ts'
import { findAccount, findAccountByEmail, updatePassword } from './accounts.store.ts'
import { endSessions } from './end-sessions.ts'
import { queueMail } from './mails.ts'
import type { Session } from './session.ts'
import { switchError } from './sessions.errors.ts'
import { SSO_SERVICES, ssoSwitchLink } from './sso-switch-link.ts'
import { verifyCredentials } from './verify-credentials.ts'

export interface SwitchRequest {
  readonly currentService: string
  readonly newService: string
  readonly email: string
  readonly password: string
  readonly newPassword: string
  readonly mfaCode: string
  /** whose browser goes on to the service */
  readonly call: Pick<Call, 'request' | 'reply'>
}

/**
 * Begins (password → service) or finishes (service → password) a change of how an account signs in. Answers where the
 * client goes on.
 */
export async function switchSignIn(app: App, session: Session | undefined, request: SwitchRequest): Promise<string> {
  const { currentService, newService } = request
  if (!app.config.get().ServiceSettings.ExperimentalEnableAuthenticationTransfer) {
    throw switchError('api.user.email_to_oauth.not_available.app_error')
  }
  if (currentService === 'email' && SSO_SERVICES.has(newService)) return toService(app, request)
  if (SSO_SERVICES.has(currentService) && newService === 'email') return toPassword(app, session, request)
  if ([currentService, newService].includes('ldap')) {
    throw switchError('api.user.email_to_ldap.not_available.app_error')
  }
  throw invalidBody(SSO_SERVICES.has(currentService) || currentService === 'email' ? 'new_service' : 'current_service')
}

/** Nobody is signed in here: the password and, where it is on, the code prove whose account it is. */
async function toService(app: App, request: SwitchRequest): Promise<string> {
  const found = await findAccountByEmail(app.db, request.email)
  const account = await verifyCredentials(app, found, request)
  return ssoSwitchLink(app, request.call, request.newService, account.email)
}

async function toPassword(app: App, session: Session | undefined, request: SwitchRequest): Promise<string> {
  const account = session ? await findAccount(app.db, session.userId) : null
  if (!account || account.email !== request.email.toLowerCase()) {
    throw switchError('api.user.oauth_to_email.context.app_error')
  }
  if (account.authService !== request.currentService) throw invalidBody('current_service')
  const { EnableSignUpWithEmail, EnableSignInWithEmail, EnableSignInWithUsername } = app.config.get().EmailSettings
  if (!EnableSignUpWithEmail || !(EnableSignInWithEmail || EnableSignInWithUsername)) {
    throw switchError('api.user.oauth_to_email.not_available.app_error')
  }
  checkPasswordRules(app.config, request.newPassword)
  const hash = await hashPassword(request.newPassword)
  await app.unitOfWork(async (tx) => {
    await updatePassword(tx.db, account.id, hash, Date.now())
    await endSessions(tx, account.id)
    await announceUser(app, tx, account.id)
  })
  queueMail(app, { kind: 'sign_in_method_changed', userId: account.id, method: 'email' })
  return '/login?extra=signin_change'
}
