import type { IncomingHttpHeaders } from 'node:http'
import { isIP } from 'node:net'

/**
 * The address of who asks. Behind a proxy that is in a header, and only the administrator knows in which one
 * (ServiceSettings.TrustedProxyIPHeader): any other header is what the client chose to write.
 */
export function clientAddress(headers: IncomingHttpHeaders, peer: string, trusted: readonly string[]): string {
  for (const name of trusted) {
    const value = headers[name.toLowerCase()]
    const first = String(Array.isArray(value) ? value[0] : (value ?? ''))
      .split(',')[0]!
      .trim()
    if (isIP(first) !== 0) return first
  }
  return peer
}
