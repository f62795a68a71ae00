import type { FastifyReply, FastifyRequest } from 'fastify'
import type { TLSSocket } from 'node:tls'
import { readCookie } from './credentials.ts'

/** Where the cookies of sessions are valid: the path of SiteURL, and its subdomains when they were allowed. */
export interface CookieScope {
  readonly path: string
  /** '' = only the host that set them */
  readonly domain: string
}

/** The scope that the configuration asks for. */
export function cookieScope(settings: { SiteURL: string; AllowCookiesForSubdomains: boolean }): CookieScope {
  const site = URL.canParse(settings.SiteURL) ? new URL(settings.SiteURL) : undefined
  return {
    path: site?.pathname.replace(/(?<=.)\/+$/, '') || '/',
    domain: settings.AllowCookiesForSubdomains ? (site?.hostname ?? '') : '',
  }
}

/** Whether the client came over TLS, to this server or to the proxy in front of it. */
export function overTls(request: FastifyRequest): boolean {
  const forwarded = String(request.headers['x-forwarded-proto'] ?? '').split(',')[0]!
  return forwarded.trim().toLowerCase() === 'https' || (request.raw.socket as TLSSocket).encrypted === true
}

/**
 * Sets the three cookies of a signed-in browser (errors.md, "Cookies"). Scripts may read the last two: the web client
 * takes MMUSERID for "signed in" and sends MMCSRF back in a header. `maxAge` in seconds.
 */
export function setSessionCookies(
  request: FastifyRequest,
  reply: FastifyReply,
  scope: CookieScope,
  session: { readonly token: string; readonly userId: string; readonly props: Readonly<Record<string, string>> },
  maxAge: number,
): void {
  const flags = cookieFlags(request, scope, maxAge)
  reply.header('Set-Cookie', [
    `MMAUTHTOKEN=${session.token}; ${flags}; HttpOnly`,
    `MMUSERID=${session.userId}; ${flags}`,
    `MMCSRF=${session.props.csrf ?? ''}; ${flags}`,
  ])
}

/** Sets only the token again, as clients expect after a device was attached to their session. */
export function setTokenCookie(
  request: FastifyRequest,
  reply: FastifyReply,
  scope: CookieScope,
  token: string,
  maxAge: number,
): void {
  reply.header('Set-Cookie', `MMAUTHTOKEN=${token}; ${cookieFlags(request, scope, maxAge)}; HttpOnly`)
}

function cookieFlags(request: FastifyRequest, scope: CookieScope, maxAge: number): string {
  const secure = overTls(request)
  // A page that embeds the client says so with a cookie of its own: only then may other sites' frames send ours.
  const embedded = secure && readCookie(request.headers, 'MMEMBED') === '1'
  return [
    `Path=${scope.path}`,
    ...(scope.domain ? [`Domain=${scope.domain}`] : []),
    `Expires=${new Date(Date.now() + maxAge * 1000).toUTCString()}`,
    `Max-Age=${maxAge}`,
    ...(secure ? ['Secure'] : []),
    ...(embedded ? ['SameSite=None'] : []),
  ].join('; ')
}

/** Takes the session's token away from the browser; path and domain must be those it was set with. */
export function clearSessionCookie(reply: FastifyReply, scope: CookieScope): void {
  const domain = scope.domain ? `; Domain=${scope.domain}` : ''
  reply.header('Set-Cookie', `MMAUTHTOKEN=; Path=${scope.path}${domain}; Expires=${EPOCH}; Max-Age=0; HttpOnly`)
}

const EPOCH = new Date(0).toUTCString()
