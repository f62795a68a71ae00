import { lookup } from 'node:dns/promises'
import { networkInterfaces } from 'node:os'
import { type AllowList, isAllowedInternal, isLinkLocalAddress, isPrivateAddress, parseAddress } from './addresses.ts'
import { OutgoingError } from './outgoing-error.ts'

/** One answer of the name service. */
export type ResolvedAddress = { address: string; family: number }

/** Finds the addresses of a host name; rejects when there are none. */
export type Resolver = (host: string) => Promise<ResolvedAddress[]>

/**
 * Who chose the address. `member`: anybody who can post; only the public internet. `admin`: somebody who may configure
 * integrations; private networks too, but never link-local and metadata addresses.
 */
export type Trust = 'member' | 'admin'

/** The system's own resolver: /etc/hosts, then DNS. */
export const systemResolver: Resolver = (host) => lookup(host, { all: true })

/**
 * The addresses a connection to `host` may use. The caller connects to exactly these: an attacker's name server could
 * answer a second question differently. Throws `address` when any of them is out of bounds for this trust, because one
 * bad answer among good ones is what a rebinding attack looks like, and `dns` when the name does not resolve.
 */
export async function pickAddresses(host: string, trust: Trust, allowed: AllowList, resolve: Resolver) {
  const bare = host.replace(/^\[(.*)\]$/, '$1')
  const found = await resolveHost(bare, resolve)
  for (const { address } of found) checkAddress(bare, address, trust, allowed)
  return found
}

async function resolveHost(host: string, resolve: Resolver): Promise<ResolvedAddress[]> {
  if (parseAddress(host) !== undefined) return [{ address: host, family: host.includes(':') ? 6 : 4 }]
  const found = await resolve(host).catch((error: unknown) => {
    throw new OutgoingError('dns', `cannot resolve ${host}`, error)
  })
  if (found.length === 0) throw new OutgoingError('dns', `${host} has no address`)
  return found.slice(0, 8)
}

function checkAddress(host: string, address: string, trust: Trust, allowed: AllowList): void {
  if (isAllowedInternal(allowed, host, address)) return
  const refused = trust === 'admin' ? isLinkLocalAddress(address) : isPrivateAddress(address) || isOwnAddress(address)
  if (refused) throw new OutgoingError('address', `${host} (${address}) is not a public address`)
}

/** A machine's own public address reaches services that its firewall hides from the world. */
function isOwnAddress(address: string): boolean {
  const value = parseAddress(address)
  return Object.values(networkInterfaces()).some((each) => each?.some((own) => parseAddress(own.address) === value))
}
