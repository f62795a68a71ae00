import type { App } from '../app.ts'
import { startLogin } from '../gitlab/login/start-login.ts'
import type { Call } from '../http/route.ts'
import { switchError } from './sessions.errors.ts'

/** Sign-in services that an account can be switched to and from. */
export const SSO_SERVICES: ReadonlySet<string> = new Set(['gitlab', 'google', 'office365', 'openid'])

/**
 * The address at which `service` lets the owner of `email` confirm that his account shall sign in there from now on; the
 * browser that calls gets the cookie it needs for coming back. Throws 501 for a service that is switched off or not here.
 */
export async function ssoSwitchLink(
  app: App,
  call: Pick<Call, 'request' | 'reply'>,
  service: string,
  email: string,
): Promise<string> {
  if (service === 'gitlab') return startLogin(app, call, { action: 'email_to_sso', email })
  throw switchError('api.user.authorize_oauth_user.unsupported.app_error', { Service: service })
}
