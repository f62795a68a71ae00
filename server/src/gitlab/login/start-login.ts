import type { App } from '../../app.ts'
import type { Call } from '../../http/route.ts'
import { readCookie } from '../../http/credentials.ts'
import { cookieScope, overTls } from '../../http/session-cookies.ts'
import { newToken } from '../../ids.ts'
import { switchError } from '../../sessions/sessions.errors.ts'
import { addPending, encodeState, LOGIN_COOKIE, LOGIN_COOKIE_LIFE } from './login-state.ts'
import type { LoginAction, LoginState } from './login-state.ts'
import { insertLoginToken } from './login-tokens.store.ts'
import { redirectUri, siteOf } from './site.ts'

type AnsweredCall = Pick<Call, 'request' | 'reply'>

export interface LoginStart extends Partial<Omit<LoginState, 'action' | 'token'>> {
  readonly action: LoginAction
  /** whom GitLab should suggest */
  readonly loginHint?: string
}

/** Throws 501 unless this is GitLab and it is switched on and set up. */
export function requireGitLab(app: Pick<App, 'config'>, service = 'gitlab'): void {
  const { Enable, AuthEndpoint, TokenEndpoint, UserAPIEndpoint } = app.config.get().GitLabSettings
  const usable = [AuthEndpoint, TokenEndpoint, UserAPIEndpoint].every((url) =>
    /^https?:$/.test(URL.parse(url)?.protocol ?? ''),
  )
  if (service === 'gitlab' && Enable && usable) return
  throw switchError('api.user.authorize_oauth_user.unsupported.app_error', { Service: service })
}

/**
 * Begins a sign-in: remembers it here and in the browser's cookie, and answers the address at GitLab that the browser
 * goes to. Throws 501 where GitLab is switched off.
 */
export async function startLogin(app: App, call: AnsweredCall, start: LoginStart): Promise<string> {
  requireGitLab(app)
  const { GitLabSettings } = app.config.get()
  const { cookie, secret } = addPending(readCookie(call.request.headers, LOGIN_COOKIE))
  const token = newToken(64)
  const email = start.email ?? ''
  const row = { token, createAt: Date.now(), email, action: start.action, secret }
  await app.unitOfWork.single((tx) => insertLoginToken(tx.db, row))
  setLoginCookie(app, call, cookie)
  const state = encodeState({
    action: start.action,
    token,
    email,
    redirectTo: start.redirectTo ?? '',
    isMobile: start.isMobile ?? false,
    desktopToken: start.desktopToken ?? '',
    inviteToken: start.inviteToken ?? '',
    inviteId: start.inviteId ?? '',
  })
  const query = new URLSearchParams({
    response_type: 'code',
    client_id: GitLabSettings.Id,
    redirect_uri: redirectUri(siteOf(app, call.request)),
    state,
    ...(GitLabSettings.Scope && { scope: GitLabSettings.Scope }),
    ...(start.loginHint && { login_hint: start.loginHint }),
  })
  return `${GitLabSettings.AuthEndpoint}?${query.toString()}`
}

/**
 * Sets the cookie that ties sign-ins to this browser; '' takes it away. It has no date of expiry, only an age: with a
 * wrong clock here a browser would drop it at once.
 */
export function setLoginCookie(app: Pick<App, 'config'>, call: AnsweredCall, value: string): void {
  const { path, domain } = cookieScope(app.config.get().ServiceSettings)
  const secure = overTls(call.request)
  const embedded = secure && readCookie(call.request.headers, 'MMEMBED') === '1'
  const flags = [
    `Path=${path}`,
    ...(domain ? [`Domain=${domain}`] : []),
    `Max-Age=${value === '' ? -1 : LOGIN_COOKIE_LIFE}`,
    'HttpOnly',
    ...(secure ? ['Secure'] : []),
    // GitLab sends the browser back from another site; Lax cookies come along, for stricter ones the sign-in would fail.
    embedded ? 'SameSite=None' : 'SameSite=Lax',
  ]
  call.reply.header('Set-Cookie', `${LOGIN_COOKIE}=${value}; ${flags.join('; ')}`)
}
