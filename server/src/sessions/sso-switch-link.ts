import type { App } from '../app.ts'
import { switchError } from './sessions.errors.ts'

/** Sign-in services that an account can be switched to and from. */
export const SSO_SERVICES: ReadonlySet<string> = new Set(['gitlab', 'google', 'office365', 'openid'])

/**
 * The address at which `service` lets the owner of `email` confirm that his account shall sign in there from now on.
 * No service can do that yet: throws 501.
 */
export async function ssoSwitchLink(_app: App, service: string, _email: string): Promise<string> {
  throw switchError('api.user.authorize_oauth_user.unsupported.app_error', { Service: service })
}
