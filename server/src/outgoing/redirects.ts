import { OutgoingError } from './outgoing-error.ts'

/** One request on the way: the first, or one that a redirect asks for. */
export type Hop = { url: URL; method: string; headers: Record<string, string>; body: string | Uint8Array | undefined }

const MAX_URL = 8192
const METHODS = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'])
/** Headers about the connection: a caller's value could smuggle a second request past the other side. */
const OURS =
  /^(host|connection|content-length|transfer-encoding|accept-encoding|te|trailer|upgrade|expect|keep-alive|proxy-.*)$/
/** All that another host gets to see after a redirect: custom headers carry tokens as often as `authorization` does. */
const SAFE_ACROSS_HOSTS = new Set(['accept', 'accept-language', 'content-type', 'user-agent'])

/** The request as the caller asked for it. Throws `bad_url` or `bad_request`. */
export function firstHop(
  text: string,
  options: { method?: string; headers?: Record<string, string>; body?: string | Uint8Array },
): Hop {
  const url = text.length > MAX_URL ? null : URL.parse(text)
  if (!url) throw new OutgoingError('bad_url', 'not a URL, or longer than 8192 characters')
  const method = (options.method ?? 'GET').toUpperCase()
  if (!METHODS.has(method)) throw new OutgoingError('bad_request', 'unknown method')
  const headers: Record<string, string> = { 'user-agent': 'Outpost' }
  for (const [name, value] of Object.entries(options.headers ?? {})) {
    if (!OURS.test(name.toLowerCase())) headers[name.toLowerCase()] = value
  }
  return { url, method, headers, body: options.body }
}

/** Throws `bad_url` unless the scheme is http or https, and `credentials` when a user name or password stands in the URL. */
export function checkTarget(url: URL): void {
  if (url.protocol !== 'http:' && url.protocol !== 'https:')
    throw new OutgoingError('bad_url', `scheme ${url.protocol}`)
  if (url.hostname === '') throw new OutgoingError('bad_url', 'no host')
  if (url.username || url.password) throw new OutgoingError('credentials', `credentials in a URL of ${url.host}`)
}

/**
 * The request that an answer redirects to; undefined when it is not a redirect. Methods change as in browsers. Another
 * host gets no secrets: only harmless headers go along, and a redirect that would repeat the body there is refused
 * (`bad_redirect`), because outgoing webhooks carry their token in the body.
 */
export function nextHop(hop: Hop, status: number, location: string | undefined): Hop | undefined {
  if (![301, 302, 303, 307, 308].includes(status) || !location) return undefined
  // Node hands headers over as Latin-1, and Korean sites write UTF-8 there.
  const text = Buffer.from(location, 'latin1').toString('utf8')
  const url = text.length > MAX_URL ? null : URL.parse(text, hop.url.href)
  if (!url) throw new OutgoingError('bad_redirect', 'the redirect names no usable address')
  const toGet = status === 303 ? hop.method !== 'HEAD' : status < 303 && hop.method === 'POST'
  const body = toGet ? undefined : hop.body
  const trusted = sameSite(hop.url, url)
  if (!trusted && body !== undefined)
    throw new OutgoingError('bad_redirect', `refusing to repeat the body to ${url.host}`)
  const kept = Object.entries(hop.headers).filter(
    ([name]) => (trusted || SAFE_ACROSS_HOSTS.has(name)) && !(toGet && name.startsWith('content-')),
  )
  return { url, method: toGet ? 'GET' : hop.method, headers: Object.fromEntries(kept), body }
}

/** The same origin, or the same host moving from http to https on the usual ports. */
function sameSite(from: URL, to: URL): boolean {
  if (from.origin === to.origin) return true
  return (
    from.hostname === to.hostname && from.protocol === 'http:' && to.protocol === 'https:' && !from.port && !to.port
  )
}
