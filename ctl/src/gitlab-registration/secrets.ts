import { createHash, pbkdf2, randomBytes, timingSafeEqual } from 'node:crypto'
import { promisify } from 'node:util'

/**
 * How GitLab keeps an application's secret: in the clear (before 15.10), PBKDF2 (15.10 to 18), SHA-512 (newer). Every
 * version also reads the older forms, except that FIPS 140-3 rules forbid the second.
 */
export type SecretForm = 'plain' | 'pbkdf2' | 'sha512'

const PBKDF2 = /^\$pbkdf2-sha512\$([1-9]\d{0,6})\$([A-Za-z0-9./]*)\$([A-Za-z0-9./]+)$/
const SHA512 = /^[0-9a-f]{128}$/
const derive = promisify(pbkdf2)

/** The form of what stands in the table. */
export function formOf(stored: string): SecretForm {
  if (stored.startsWith('$pbkdf2-')) return 'pbkdf2'
  return SHA512.test(stored) ? 'sha512' : 'plain'
}

/** What GitLab stores for a secret. */
export async function storedSecret(secret: string, form: SecretForm): Promise<string> {
  if (form === 'plain') return secret
  if (form === 'sha512') return createHash('sha512').update(secret).digest('hex')
  return `$pbkdf2-sha512$20000$$${await digest(secret, 20_000, '')}`
}

/** Whether a known secret is the stored one, whatever its form. */
export async function secretMatches(secret: string, stored: string): Promise<boolean> {
  const parts = PBKDF2.exec(stored)
  if (parts) return equal(await digest(secret, Number(parts[1]), parts[2]!), parts[3]!)
  // Somebody who only read the table must not pass for somebody who knows the secret.
  if (formOf(secret) !== 'plain') return false
  const form = formOf(stored)
  return form !== 'pbkdf2' && equal(await storedSecret(secret, form), stored)
}

/** Base64 as passlib writes it: `.` for `+`, no padding. */
async function digest(secret: string, rounds: number, salt: string): Promise<string> {
  const bytes = await derive(secret, Buffer.from(salt.replaceAll('.', '+'), 'base64'), rounds, 64, 'sha512')
  return bytes.toString('base64').replaceAll('+', '.').replaceAll('=', '')
}

function equal(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)]
  return left.length === right.length && timingSafeEqual(left, right)
}

/** A secret as GitLab makes them. */
export const newSecret = (): string => `gloas-${randomBytes(32).toString('hex')}`

/** An application's id as GitLab makes them. */
export const newId = (): string => randomBytes(32).toString('hex')
