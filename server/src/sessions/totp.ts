import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'

/** Time-based one-time passwords as authenticator apps make them: RFC 6238 with SHA-1, six digits, 30 seconds. */
const STEP = 30_000
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'

/** A new shared secret: 20 random bytes as 32 characters of base32. */
export function newTotpSecret(): string {
  let bits = ''
  for (const byte of randomBytes(20)) bits += byte.toString(2).padStart(8, '0')
  return bits.replace(/.{5}/g, (five) => ALPHABET[Number.parseInt(five, 2)]!)
}

/** The code of a time step. */
export function totpCode(secret: string, step: number): string {
  const counter = Buffer.alloc(8)
  counter.writeBigUInt64BE(BigInt(step))
  const digest = createHmac('sha1', decodeBase32(secret)).update(counter).digest()
  const offset = digest[digest.length - 1]! & 15
  return String((digest.readUInt32BE(offset) & 0x7fffffff) % 1_000_000).padStart(6, '0')
}

/** The number of the 30-second step that `now` (ms) lies in. */
export const totpStep = (now: number): number => Math.floor(now / STEP)

/** The time step that `code` belongs to, one step around `now` (ms) allowed for slow fingers and clocks; null if none. */
export function matchTotp(secret: string, code: string, now: number): number | null {
  if (secret === '' || !isTotpCode(code)) return null
  const current = totpStep(now)
  const given = Buffer.from(code)
  const steps = [current, current - 1, current + 1]
  return steps.find((step) => timingSafeEqual(Buffer.from(totpCode(secret, step)), given)) ?? null
}

/** Whether a text looks like a code: six ASCII digits. */
export const isTotpCode = (code: string): boolean => /^\d{6}$/.test(code)

/** What authenticator apps read from the QR code. */
export function totpAddress(issuer: string, account: string, secret: string): string {
  const label = `${encodeURIComponent(issuer)}:${encodeURIComponent(account)}`
  return `otpauth://totp/${label}?secret=${secret}&issuer=${encodeURIComponent(issuer)}`
}

function decodeBase32(text: string): Buffer {
  let bits = ''
  for (const character of text.toUpperCase()) {
    const value = ALPHABET.indexOf(character)
    if (value >= 0) bits += value.toString(2).padStart(5, '0')
  }
  const bytes = bits.match(/.{8}/g) ?? []
  return Buffer.from(bytes.map((byte) => Number.parseInt(byte, 2)))
}
