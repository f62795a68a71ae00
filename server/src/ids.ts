import { randomFillSync } from 'node:crypto'

const ALPHABET = 'ybndrfg8ejkmcpqxot1uwisza345h769'
const pool = Buffer.allocUnsafe(16 * 256)
let used = pool.length

/** A new id: 26 characters of base32 over 16 random bytes, as Mattermost's clients expect. */
export function newId(): string {
  if (used === pool.length) {
    randomFillSync(pool)
    used = 0
  }
  let id = ''
  let bits = 0
  let value = 0
  for (let i = 0; i < 16; i++) {
    value = ((value << 8) | pool[used++]!) & 0xffff
    bits += 8
    while (bits >= 5) {
      bits -= 5
      id += ALPHABET[(value >>> bits) & 31]
    }
  }
  return id + ALPHABET[(value << (5 - bits)) & 31]
}

/** A random secret of `length` characters of the id alphabet (invitation and reset tokens use 64). */
export function newToken(length: number): string {
  let token = ''
  while (token.length < length) token += newId()
  return token.slice(0, length)
}

/** Whether `value` has the form of an id: any 26 letters or digits. */
export function isId(value: unknown): value is string {
  return typeof value === 'string' && /^[A-Za-z0-9]{26}$/.test(value)
}
