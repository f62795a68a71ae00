import http from 'node:http'
import type { IncomingHttpHeaders, IncomingMessage } from 'node:http'
import type { Socket } from 'node:net'
import { type AllowList, parseAllowList } from './addresses.ts'
import { type Overflow, readBody } from './body.ts'
import { hostOf, openConnection, proxyAuthorization } from './connection.ts'
import { OutgoingError } from './outgoing-error.ts'
import { type ResolvedAddress, type Resolver, type Trust, pickAddresses, systemResolver } from './pick-addresses.ts'
import { type ProxyEnvironment, proxyFor } from './proxy-environment.ts'
import { type Hop, checkTarget, firstHop, nextHop } from './redirects.ts'

/** What the other side said before its body. */
export type ResponseHead = { status: number; headers: IncomingHttpHeaders; url: string }

/** A whole answer. `url` is the address after redirects; `truncated` tells that `overflow: 'cut'` cut the body. */
export type GuardedResponse = ResponseHead & { body: Buffer; truncated: boolean }

/** How far one outgoing request may go. */
export type GuardedFetchOptions = {
  method?: string
  headers?: Record<string, string>
  body?: string | Uint8Array
  /** Milliseconds for everything together: names, connections, redirects, the last byte of the body. */
  timeoutMs: number
  /** Bytes of the body after decompression, or a function that decides when it has seen the head. */
  maxBytes: number | ((head: ResponseHead) => number)
  /** What to do with a longer body: fail with `too_large` (default) or keep the beginning. */
  overflow?: Overflow
  trust: Trust
  /** ServiceSettings.AllowedUntrustedInternalConnections. */
  allowedInternal: string
  /** Redirects to follow; default 5. */
  maxRedirects?: number
  /** A redirect is the result, as it came, instead of something to follow. */
  manualRedirects?: boolean
  /** ServiceSettings.EnableInsecureOutgoingConnections: accept any TLS certificate. */
  insecureTls?: boolean
  /** Ends the request early with reason `aborted`. */
  signal?: AbortSignal
  /** Finds addresses; default the system's resolver. */
  resolve?: Resolver
  /** Where HTTPS_PROXY, HTTP_PROXY and NO_PROXY are read from; default the process environment. */
  environment?: ProxyEnvironment
}

type Limits = Omit<GuardedFetchOptions, 'signal'> & {
  allowed: AllowList
  resolver: Resolver
  environment: ProxyEnvironment
}

/**
 * Sends one HTTP(S) request to an address that somebody else chose. Every outgoing request of the server passes here.
 * Names are resolved once and the connection uses exactly the addresses that were checked, for every redirect anew; see
 * `pickAddresses` for which are refused. Any answer with a status is a result, errors are always `OutgoingError`.
 * Behind a proxy the proxy resolves names: one that this machine cannot resolve is left to the proxy's own rules.
 */
export async function guardedFetch(url: string, options: GuardedFetchOptions): Promise<GuardedResponse> {
  const deadline = new AbortController()
  const timer = setTimeout(() => {
    deadline.abort(new OutgoingError('timeout', `no complete answer in ${options.timeoutMs} ms`))
  }, options.timeoutMs)
  const abort = () => deadline.abort(new OutgoingError('aborted', 'no longer wanted'))
  if (options.signal?.aborted) abort()
  options.signal?.addEventListener('abort', abort, { once: true })
  try {
    const limits = {
      ...options,
      allowed: parseAllowList(options.allowedInternal),
      resolver: options.resolve ?? systemResolver,
      environment: options.environment ?? process.env,
    }
    return await follow(firstHop(url, options), limits, deadline.signal)
  } catch (error) {
    if (deadline.signal.aborted) throw deadline.signal.reason
    throw error instanceof OutgoingError ? error : new OutgoingError('network', 'the exchange failed', error)
  } finally {
    clearTimeout(timer)
    options.signal?.removeEventListener('abort', abort)
  }
}

async function follow(first: Hop, limits: Limits, signal: AbortSignal): Promise<GuardedResponse> {
  let hop = first
  for (let left = limits.maxRedirects ?? 5; ; left--) {
    checkTarget(hop.url)
    // The administrator vouched for the host they typed, not for where that host sends us.
    const trust = hop.url.hostname === first.url.hostname ? limits.trust : 'member'
    const proxy = proxyFor(hop.url, limits.environment)
    const addresses = await unlessAborted(pick(hop.url, trust, limits, proxy), signal)
    const plan = { target: hop.url, addresses, proxy, insecureTls: limits.insecureTls ?? false, signal }
    const socket = await unlessAborted(openConnection(plan), signal)
    try {
      const response = await send(hop, socket, proxy, signal)
      const location = limits.manualRedirects ? undefined : response.headers.location
      const next = nextHop(hop, response.statusCode ?? 0, location)
      if (!next) return await finish(hop, response, limits)
      if (left <= 0) throw new OutgoingError('too_many_redirects', hop.url.href)
      hop = next
    } finally {
      socket.destroy()
    }
  }
}

async function pick(url: URL, trust: Trust, limits: Limits, proxy: URL | undefined): Promise<ResolvedAddress[]> {
  try {
    return await pickAddresses(url.hostname, trust, limits.allowed, limits.resolver)
  } catch (error) {
    if (proxy && error instanceof OutgoingError && error.reason === 'dns') return []
    throw error
  }
}

/** Sends the request of one hop over an open socket and resolves with the head of the answer. */
function send(hop: Hop, socket: Socket, proxy: URL | undefined, signal: AbortSignal): Promise<IncomingMessage> {
  const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>()
  const { url, body } = hop
  const plainProxy = url.protocol === 'http:' ? proxy : undefined
  const authorization = plainProxy && proxyAuthorization(plainProxy)
  const headers: Record<string, string> = { ...hop.headers, host: url.host, 'accept-encoding': 'gzip, br' }
  if (authorization) headers['proxy-authorization'] = authorization
  if (body !== undefined) headers['content-length'] = String(Buffer.byteLength(body))
  const target = url.pathname + url.search
  try {
    const request = http.request({
      createConnection: () => socket,
      host: hostOf(url),
      method: hop.method,
      path: plainProxy ? url.origin + target : target,
      headers,
      maxHeaderSize: 32 * 1024,
      signal,
    })
    request.once('response', resolve)
    request.on('error', (error) => reject(new OutgoingError('network', `no answer from ${url.host}`, error)))
    request.end(body)
  } catch (error) {
    reject(new OutgoingError('bad_request', 'a header or the path cannot be sent', error))
  }
  return promise
}

async function finish(hop: Hop, response: IncomingMessage, limits: Limits): Promise<GuardedResponse> {
  const head = { status: response.statusCode ?? 0, headers: response.headers, url: hop.url.href }
  const maxBytes = typeof limits.maxBytes === 'function' ? limits.maxBytes(head) : limits.maxBytes
  const empty = hop.method === 'HEAD' || head.status === 204 || head.status === 304
  if (empty) return { ...head, body: Buffer.alloc(0), truncated: false }
  return { ...head, ...(await readBody(response, maxBytes, limits.overflow ?? 'fail')) }
}

/** Gives up waiting when the signal fires; name look-ups cannot be cancelled. */
function unlessAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  const { promise, reject } = Promise.withResolvers<never>()
  const abort = () => reject(signal.reason)
  if (signal.aborted) abort()
  signal.addEventListener('abort', abort, { once: true })
  return Promise.race([work, promise]).finally(() => signal.removeEventListener('abort', abort))
}
