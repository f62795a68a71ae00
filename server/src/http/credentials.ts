import type { IncomingHttpHeaders } from 'node:http'

/** Longer tokens are cut, as the reference does; every real token is shorter. */
const MAX_TOKEN = 50

/** The value of a cookie, '' when it is missing. */
export function readCookie(headers: IncomingHttpHeaders, name: string): string {
  for (const part of (headers.cookie ?? '').split(';')) {
    const at = part.indexOf('=')
    if (at > 0 && part.slice(0, at).trim() === name)
      return part
        .slice(at + 1)
        .trim()
        .replace(/^"|"$/g, '')
  }
  return ''
}

/** The session token of a cookie or an `Authorization: Bearer|token` header; the cookie wins. */
export function readToken(headers: IncomingHttpHeaders): string {
  return readCookieToken(headers) || readHeaderToken(headers)
}

/** The session token of the cookie that browsers send, '' when there is none. */
export const readCookieToken = (headers: IncomingHttpHeaders): string =>
  readCookie(headers, 'MMAUTHTOKEN').slice(0, MAX_TOKEN)

/** The session token of the `Authorization` header, '' when there is none or it is of another scheme. */
export function readHeaderToken(headers: IncomingHttpHeaders): string {
  const match = /^(?:bearer|token) +(\S+)$/i.exec(headers.authorization ?? '')
  return match ? match[1]!.slice(0, MAX_TOKEN) : ''
}
