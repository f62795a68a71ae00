import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { errorText } from '../http/errors.ts'
import { socketError } from './actions.ts'

export interface OriginSettings {
  readonly siteUrl: string
  /** space-separated origins, or * */
  readonly allowCorsFrom: string
}

/** Which pages may open a socket: websocket.md, "Origin check". Programs send no Origin and are let in. */
export function originAllowed(request: IncomingMessage, { siteUrl, allowCorsFrom }: OriginSettings): boolean {
  const origin = request.headers.origin
  if (origin === undefined) return true
  const listed = allowCorsFrom.split(' ').filter(Boolean)
  if (listed.length > 0) return listed.includes('*') || [...listed, siteUrl].some((one) => sameOrigin(one, origin))
  return siteUrl ? sameOrigin(siteUrl, origin) : hostOf(origin) === request.headers.host
}

/** Refuses an upgrade the way clients know it: a 403 whose body is a line and the error. */
export function refuse(duplex: Duplex): void {
  const error = socketError('api.web_socket.connect.upgrade.app_error')
  const fields = { id: error.id, message: errorText(error.id, {}, 'en'), detailed_error: '', status_code: 403 }
  const body = `Forbidden\n${JSON.stringify(fields)}`
  const head = `HTTP/1.1 403 Forbidden\r\nContent-Type: text/plain; charset=utf-8\r\nConnection: close\r\n`
  duplex.end(`${head}Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`)
}

function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : ''
}

function sameOrigin(a: string, b: string): boolean {
  return URL.canParse(a) && URL.canParse(b) && new URL(a).origin !== 'null' && new URL(a).origin === new URL(b).origin
}
