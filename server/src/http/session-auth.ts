import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Session } from '../sessions/session.ts'
import { readCookieToken, readHeaderToken } from './credentials.ts'
import { generalError } from './errors.ts'
import type { Route } from './route.ts'
import { clearSessionCookie } from './session-cookies.ts'
import type { CookieScope } from './session-cookies.ts'

export interface Authenticator {
  /** the live session of a token (personal access tokens included), or null */
  resolve(token: string): Promise<Session | null>
  /** ExperimentalStrictCSRFEnforcement */
  strictCsrf(): boolean
  /** where the session's cookie is valid */
  cookieScope(): CookieScope
}

/**
 * Finds out who calls and whether the route is open to him. Order of tokens: cookie, header, query (OAuth sessions
 * only); a cookie also needs a CSRF proof on anything but GET, because a browser sends it from any page.
 */
export async function authenticate(
  auth: Authenticator,
  route: Route,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<Session | undefined> {
  const cookie = readCookieToken(request.headers)
  const header = cookie ? '' : readHeaderToken(request.headers)
  const query = cookie || header ? '' : queryToken(request)
  const token = cookie || header || query
  let session = token ? await auth.resolve(token) : null
  if (session && query && !session.isOAuth) throw generalError('api.context.token_provided.app_error')
  if (session && cookie && !route.noCsrf && request.method !== 'GET' && !csrfProven(auth, session, request)) {
    clearSessionCookie(reply, auth.cookieScope())
    session = null
    if (route.access === 'public') throw generalError('api.context.session_expired.app_error')
  }
  if (session || route.access === 'public') return checked(route, session)
  if (cookie) clearSessionCookie(reply, auth.cookieScope())
  throw generalError('api.context.session_expired.app_error')
}

function checked(route: Route, session: Session | null): Session | undefined {
  if (!session) return undefined
  if (session.mfaPending && !route.mfaExempt && route.access !== 'public') {
    throw generalError('api.context.mfa_required.app_error')
  }
  return session
}

function queryToken(request: FastifyRequest): string {
  const value = (request.query as Record<string, unknown> | undefined)?.access_token
  return typeof value === 'string' ? value.slice(0, 50) : ''
}

function csrfProven(auth: Authenticator, session: Session, request: FastifyRequest): boolean {
  const proof = request.headers['x-csrf-token']
  if (typeof proof === 'string' && proof !== '' && proof === session.props.csrf) return true
  return request.headers['x-requested-with'] === 'XMLHttpRequest' && !auth.strictCsrf()
}
