import { isIP } from 'node:net'
import { inRange, normalHost, parseAddress, parseRange } from './addresses.ts'

/** The environment variables that name a proxy. */
export type ProxyEnvironment = Record<string, string | undefined>

/**
 * The proxy the operator set for this address through HTTPS_PROXY or HTTP_PROXY (lower case too), or undefined for a
 * direct connection: none set, the host is in NO_PROXY, or the proxy's own address is not http(s).
 */
export function proxyFor(target: URL, environment: ProxyEnvironment): URL | undefined {
  const read = (name: string) => environment[name.toLowerCase()] || environment[name]
  // A CGI-style server hands the request header `Proxy:` over as HTTP_PROXY; whoever sends it must not choose our proxy.
  const httpProxy = environment['REQUEST_METHOD'] ? environment['http_proxy'] : read('HTTP_PROXY')
  const address = target.protocol === 'https:' ? read('HTTPS_PROXY') : httpProxy
  if (!address || bypasses(target, read('NO_PROXY') ?? '')) return undefined
  const proxy = URL.parse(address.includes('://') ? address : `http://${address}`)
  return proxy && /^https?:$/.test(proxy.protocol) ? proxy : undefined
}

/** NO_PROXY: `*`, names (with their subdomains), `.suffix`, addresses, CIDR ranges, each optionally with a port. */
function bypasses(target: URL, list: string): boolean {
  const host = normalHost(target.hostname)
  if (isLoopback(host)) return true
  const port = target.port || (target.protocol === 'https:' ? '443' : '80')
  return list.split(/[\s,]+/).some((entry) => entry !== '' && entryMatches(entry, host, port))
}

function entryMatches(entry: string, host: string, port: string): boolean {
  if (entry === '*') return true
  const range = parseRange(entry)
  if (range) {
    const address = parseAddress(host)
    return address !== undefined && inRange(range, address)
  }
  const [, name = '', wantedPort] = /^(.*?)(?::(\d+))?$/.exec(entry) ?? []
  if (wantedPort && wantedPort !== port) return false
  const suffix = normalHost(name.replace(/^\*?\./, ''))
  return host === suffix || (!isIP(host) && host.endsWith(`.${suffix}`))
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '[::1]' || host.startsWith('127.')
}
