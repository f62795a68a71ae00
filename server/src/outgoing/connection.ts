import http from 'node:http'
import https from 'node:https'
import net from 'node:net'
import type { Socket } from 'node:net'
import tls from 'node:tls'
import { OutgoingError } from './outgoing-error.ts'
import type { ResolvedAddress } from './pick-addresses.ts'

/** How to open one connection: the target, its checked addresses, and the proxy in front of it if any. */
export type ConnectionPlan = {
  target: URL
  /** Empty only when a proxy resolves the name. */
  addresses: ResolvedAddress[]
  proxy: URL | undefined
  insecureTls: boolean
  signal: AbortSignal
}

/**
 * Opens the socket for one request, with TLS where the target wants it. A direct connection uses the given addresses and
 * asks no name service again. Rejects with `connect` or whatever ended `signal`.
 */
export async function openConnection(plan: ConnectionPlan): Promise<Socket> {
  const { target, proxy } = plan
  const secure = target.protocol === 'https:'
  if (!proxy) {
    const raw = await connected(
      net.connect({ host: hostOf(target), port: portOf(target), lookup: pinned(plan.addresses) }),
      'connect',
      plan.signal,
    )
    return secure ? startTls(raw, target, plan) : raw
  }
  if (!secure) return openToProxy(proxy, plan.signal)
  return startTls(await openTunnel(target, proxy, plan.signal), target, plan)
}

/** The host without the brackets of an IPv6 literal. */
export function hostOf(url: URL): string {
  return url.hostname.replace(/^\[(.*)\]$/, '$1')
}

/** The value of a Proxy-Authorization header for a proxy address with a user name; undefined without one. */
export function proxyAuthorization(proxy: URL): string | undefined {
  if (!proxy.username) return undefined
  const user = `${decodeURIComponent(proxy.username)}:${decodeURIComponent(proxy.password)}`
  return `Basic ${Buffer.from(user).toString('base64')}`
}

function portOf(url: URL): number {
  return Number(url.port || (url.protocol === 'https:' ? 443 : 80))
}

/** Answers every look-up of this connection with the addresses that were checked. */
function pinned(addresses: ResolvedAddress[]): net.LookupFunction {
  return (_host, options, callback) => {
    const first = addresses[0]
    if (!first) callback(new Error('no address'), '')
    else if (options.all) callback(null, addresses)
    else callback(null, first.address, first.family)
  }
}

function startTls(raw: Socket, target: URL, plan: ConnectionPlan): Promise<Socket> {
  const host = hostOf(target)
  const socket = tls.connect({
    socket: raw,
    host,
    ...(net.isIP(host) ? {} : { servername: host }),
    ALPNProtocols: ['http/1.1'],
    rejectUnauthorized: !plan.insecureTls,
  })
  return connected(socket, 'secureConnect', plan.signal)
}

function openToProxy(proxy: URL, signal: AbortSignal): Promise<Socket> {
  const host = hostOf(proxy)
  if (proxy.protocol === 'http:') return connected(net.connect({ host, port: portOf(proxy) }), 'connect', signal)
  const servername = net.isIP(host) ? {} : { servername: host }
  return connected(tls.connect({ host, port: portOf(proxy), ...servername }), 'secureConnect', signal)
}

/** A CONNECT tunnel. The proxy gets the name, not our address: proxies decide by name, and often only they can resolve it. */
function openTunnel(target: URL, proxy: URL, signal: AbortSignal): Promise<Socket> {
  const authority = `${target.hostname}:${portOf(target)}`
  const authorization = proxyAuthorization(proxy)
  const request = (proxy.protocol === 'https:' ? https : http).request({
    method: 'CONNECT',
    host: hostOf(proxy),
    port: portOf(proxy),
    path: authority,
    agent: false,
    signal,
    headers: { host: authority, ...(authorization ? { 'proxy-authorization': authorization } : {}) },
  })
  const { promise, resolve, reject } = Promise.withResolvers<Socket>()
  request.once('connect', (response, socket) => {
    if (response.statusCode === 200) return resolve(socket as Socket)
    socket.destroy()
    reject(new OutgoingError('connect', `the proxy answered ${response.statusCode}`))
  })
  request.once('response', (response) => {
    response.destroy()
    reject(new OutgoingError('connect', `the proxy answered ${response.statusCode}`))
  })
  request.once('error', (error) => reject(new OutgoingError('connect', `no tunnel to ${authority}`, error)))
  request.end()
  return promise
}

function connected<T extends Socket>(socket: T, event: 'connect' | 'secureConnect', signal: AbortSignal): Promise<T> {
  const { promise, resolve, reject } = Promise.withResolvers<T>()
  const abort = () => {
    socket.destroy()
    reject(signal.reason)
  }
  if (signal.aborted) abort()
  signal.addEventListener('abort', abort, { once: true })
  socket.once(event, () => resolve(socket))
  // Stays for the life of the socket: an error after the hand-over must not become an uncaught one.
  socket.on('error', (error) => reject(new OutgoingError('connect', 'cannot connect', error)))
  socket.once('close', () => {
    signal.removeEventListener('abort', abort)
    reject(new OutgoingError('connect', 'the connection closed'))
  })
  return promise
}
