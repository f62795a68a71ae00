import { isIP } from 'node:net'

/** A range of IP addresses: `bits` leading bits of the 128-bit `base` are fixed. IPv4 lives under ::ffff:0:0/96. */
export type AddressRange = { readonly base: bigint; readonly bits: number }

/** What an administrator opened in AllowedUntrustedInternalConnections: host names and address ranges. */
export type AllowList = { readonly hosts: ReadonlySet<string>; readonly ranges: readonly AddressRange[] }

const MAPPED_V4 = 0xffff_0000_0000n
const LOW_32 = 0xffff_ffffn

/** IPv4 ranges that are not on the public internet (IANA special-purpose registry). */
const PRIVATE_V4 = [
  '0.0.0.0/8', // "this network": many systems connect 0.0.0.0 to themselves
  '10.0.0.0/8',
  '100.64.0.0/10', // carrier NAT; some clouds keep their metadata service here
  '127.0.0.0/8',
  '169.254.0.0/16', // link-local: cloud metadata services
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.31.196.0/24',
  '192.52.193.0/24',
  '192.88.99.0/24',
  '192.168.0.0/16',
  '192.175.48.0/24',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/4',
  '240.0.0.0/4', // includes the broadcast address
].map(knownRange)

const GLOBAL_V6 = knownRange('2000::/3')
/** Parts of 2000::/3 that are not ordinary addresses: protocol assignments with Teredo, documentation. */
const SPECIAL_V6 = ['2001::/23', '2001:db8::/32', '3fff::/20', '2620:4f:8000::/48'].map(knownRange)

const LINK_LOCAL = [
  '169.254.0.0/16',
  'fe80::/10',
  'fd00:ec2::/32', // the metadata service of AWS over IPv6
  '100.100.100.200/32', // the metadata service of Alibaba Cloud
].map(knownRange)

/** Ways to write an IPv4 address inside an IPv6 one: the range and how far the IPv4 part is from the right end. */
const EMBEDDED_V4: readonly { range: AddressRange; shift: bigint; inverted?: true }[] = [
  { range: knownRange('::ffff:0:0:0/96'), shift: 0n }, // SIIT
  { range: knownRange('64:ff9b::/96'), shift: 0n }, // NAT64
  { range: knownRange('64:ff9b:1::/48'), shift: 0n }, // NAT64, local prefix
  { range: knownRange('2002::/16'), shift: 80n }, // 6to4
  { range: knownRange('2001::/32'), shift: 64n }, // Teredo: the server
  { range: knownRange('2001::/32'), shift: 0n, inverted: true }, // Teredo: the client, all bits flipped
]
const NAT64 = knownRange('64:ff9b::/96')

/**
 * Reads an IPv4 or IPv6 address (zone ids such as `%eth0` and URL brackets are dropped) into 128 bits, IPv4 as
 * ::ffff:a.b.c.d. Undefined when the text is not an address; host spellings like `0x7f.1` are the URL parser's work.
 */
export function parseAddress(text: string): bigint | undefined {
  const bare = text.replace(/^\[(.*)\]$/, '$1').replace(/%.*$/, '')
  const family = isIP(bare)
  if (family === 4) return MAPPED_V4 | parseV4(bare)
  return family === 6 ? parseV6(bare) : undefined
}

/**
 * Whether an address lies outside the public internet, in any spelling: private and reserved ranges, and IPv6 forms
 * that carry such an IPv4 address. Text that is not an address counts as private, so that doubt never opens a door.
 */
export function isPrivateAddress(ip: string): boolean {
  const value = parseAddress(ip)
  if (value === undefined) return true
  return isPrivateV4(value) ?? isPrivateV6(value)
}

/**
 * Whether an address is link-local or a cloud metadata service. An attacker could read the machine's cloud
 * credentials there, and no webhook ever lives there, so not even an administrator's address may point to it.
 */
export function isLinkLocalAddress(ip: string): boolean {
  const value = parseAddress(ip)
  if (value === undefined) return true
  return [value, ...embeddedV4(value)].some((each) => LINK_LOCAL.some((range) => inRange(range, each)))
}

/**
 * Reads AllowedUntrustedInternalConnections: host names, addresses and CIDR ranges, separated by spaces or commas.
 * Entries that are none of these are ignored.
 */
export function parseAllowList(text: string): AllowList {
  const hosts = new Set<string>()
  const ranges: AddressRange[] = []
  for (const entry of text.split(/[\s,]+/).filter(Boolean)) {
    const range = parseRange(entry)
    if (range) ranges.push(range)
    else if (!entry.includes('/')) hosts.add(normalHost(entry))
  }
  return { hosts, ranges }
}

/** Whether the administrator opened this host by name, or this address (any IPv6 spelling of an IPv4 one included). */
export function isAllowedInternal(list: AllowList, host: string, ip: string): boolean {
  if (list.hosts.has(normalHost(host))) return true
  const value = parseAddress(ip)
  return value !== undefined && list.ranges.some((range) => inRange(range, value))
}

/** A host name as the URL parser writes it (lower case, punycode), without the dot of a fully qualified name. */
export function normalHost(host: string): string {
  const parsed = URL.parse(`http://${host}/`)
  return (parsed?.hostname ?? host.toLowerCase()).replace(/\.$/, '')
}

/** Reads `10.0.0.0/8`, `fd00::/8` or a single address; undefined when it is none. */
export function parseRange(text: string): AddressRange | undefined {
  const [address = '', bits, more] = text.split('/')
  const base = parseAddress(address)
  if (base === undefined || more !== undefined) return undefined
  if (bits === undefined) return { base, bits: 128 }
  const v4 = isIP(address) === 4
  if (!/^\d{1,3}$/.test(bits) || Number(bits) > (v4 ? 32 : 128)) return undefined
  return { base, bits: Number(bits) + (v4 ? 96 : 0) }
}

function knownRange(text: string): AddressRange {
  const range = parseRange(text)
  if (!range) throw new Error(`not an address range: ${text}`)
  return range
}

/** Whether an address (see `parseAddress`) lies in the range. */
export function inRange(range: AddressRange, value: bigint): boolean {
  const shift = BigInt(128 - range.bits)
  return value >> shift === range.base >> shift
}

/** Undefined when the value is not an IPv4 address. */
function isPrivateV4(value: bigint): boolean | undefined {
  if (value >> 32n !== MAPPED_V4 >> 32n) return undefined
  return PRIVATE_V4.some((range) => inRange(range, value))
}

function isPrivateV6(value: bigint): boolean {
  if (embeddedV4(value).some((v4) => isPrivateV4(v4))) return true
  if (inRange(NAT64, value)) return false
  return !inRange(GLOBAL_V6, value) || SPECIAL_V6.some((range) => inRange(range, value))
}

/** Every IPv4 address that a gateway on the way could read out of this IPv6 address. */
function embeddedV4(value: bigint): bigint[] {
  const found = EMBEDDED_V4.filter(({ range }) => inRange(range, value)).map(({ shift, inverted }) => {
    const bits = (value >> shift) & LOW_32
    return MAPPED_V4 | (inverted ? bits ^ LOW_32 : bits)
  })
  // ISATAP marks its interface ids with 0000:5efe (or 0200:5efe for public addresses) under any prefix.
  const marker = (value >> 32n) & LOW_32
  if (marker === 0x5efen || marker === 0x0200_5efen) found.push(MAPPED_V4 | (value & LOW_32))
  return found
}

function parseV4(text: string): bigint {
  return text.split('.').reduce((value, part) => (value << 8n) | BigInt(part), 0n)
}

/** `text` passed isIP, so only its parts need to be placed. */
function parseV6(text: string): bigint {
  const tail = /[\d.]+$/.exec(text)?.[0] ?? ''
  let hex = text
  if (tail.includes('.')) {
    const v4 = parseV4(tail)
    hex = `${text.slice(0, -tail.length)}${(v4 >> 16n).toString(16)}:${(v4 & 0xffffn).toString(16)}`
  }
  const [left = '', right] = hex.split('::')
  const head = left.split(':').filter(Boolean)
  const rest = (right ?? '').split(':').filter(Boolean)
  const groups = [...head, ...Array<string>(8 - head.length - rest.length).fill('0'), ...rest]
  return groups.reduce((value, group) => (value << 16n) | BigInt(`0x${group}`), 0n)
}
