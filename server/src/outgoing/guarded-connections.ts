import http from 'node:http'
import type { ClientRequest } from 'node:http'
import type { Socket } from 'node:net'
import { callbackify } from 'node:util'
import { parseAllowList } from './addresses.ts'
import { hostOf, openConnection, proxyAuthorization } from './connection.ts'
import { OutgoingError } from './outgoing-error.ts'
import { pickAddresses, systemResolver } from './pick-addresses.ts'
import { type ProxyEnvironment, proxyFor } from './proxy-environment.ts'

/** What a service that the administrator configured may be reached through. */
export type ConnectionRules = {
  secure: boolean
  /** ServiceSettings.AllowedUntrustedInternalConnections. */
  allowedInternal: string
  /** ServiceSettings.EnableInsecureOutgoingConnections: accept any TLS certificate. */
  insecureTls: boolean
  /** Milliseconds to open a connection, and then without a byte going either way until the answer begins. */
  timeoutMs: number
  /** Where HTTPS_PROXY, HTTP_PROXY and NO_PROXY are read from. */
  environment: ProxyEnvironment
}

const MAX_IDLE = 16

/**
 * Connections to one service that the administrator chose (trust `admin` of `guardedFetch`) and that is asked often:
 * they stay open between requests, and bodies are streams. Addresses are checked for every new connection, and proxies
 * of the environment are used, as for every other outgoing request.
 */
export class GuardedConnections {
  readonly #rules: ConnectionRules
  readonly #agent: http.Agent

  constructor(rules: ConnectionRules) {
    this.#rules = rules
    this.#agent = new http.Agent({ keepAlive: true, maxFreeSockets: MAX_IDLE })
    this.#agent.createConnection = (options, done) => {
      const { host, port } = options as { host?: string | null; port?: number | string | null }
      const name = (host ?? '').includes(':') ? `[${host}]` : host
      const target = new URL(`${rules.secure ? 'https' : 'http'}://${name}:${port}`)
      callbackify(() => this.#open(target))((error, socket) => done?.(error, socket))
      return undefined
    }
  }

  /**
   * Begins a request; the caller writes the body, ends it, and handles `response`, `timeout` and `error`. Errors of
   * opening the connection are `OutgoingError`. Redirects are not followed.
   */
  request(url: URL, method: string, headers: Record<string, string>): ClientRequest {
    const { secure, timeoutMs, environment } = this.#rules
    const plainProxy = secure ? undefined : proxyFor(url, environment)
    const authorization = plainProxy && proxyAuthorization(plainProxy)
    const target = url.pathname + url.search
    return http.request({
      agent: this.#agent,
      host: hostOf(url),
      port: url.port || (secure ? 443 : 80),
      method,
      path: plainProxy ? url.origin + target : target,
      headers: { ...headers, host: url.host, ...(authorization && { 'proxy-authorization': authorization }) },
      timeout: timeoutMs,
    })
  }

  /** Closes the connections that nobody uses; those in use end with their request. */
  close(): void {
    this.#agent.maxFreeSockets = 0
    for (const socket of Object.values(this.#agent.freeSockets).flat()) socket?.destroy()
  }

  async #open(target: URL): Promise<Socket> {
    const { allowedInternal, insecureTls, timeoutMs, environment } = this.#rules
    const deadline = new AbortController()
    const late = () =>
      deadline.abort(new OutgoingError('timeout', `no connection to ${target.host} in ${timeoutMs} ms`))
    const timer = setTimeout(late, timeoutMs)
    try {
      const proxy = proxyFor(target, environment)
      const addresses = await pickAddresses(
        target.hostname,
        'admin',
        parseAllowList(allowedInternal),
        systemResolver,
      ).catch((error: unknown) => {
        if (proxy && error instanceof OutgoingError && error.reason === 'dns') return []
        throw error
      })
      return await openConnection({ target, addresses, proxy, insecureTls, signal: deadline.signal })
    } finally {
      clearTimeout(timer)
    }
  }
}
