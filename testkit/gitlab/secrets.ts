import { createHash, pbkdf2Sync, randomBytes, timingSafeEqual } from 'node:crypto'

/**
 * How an instance stores the secrets of applications: in the clear (up to 15.3), PBKDF2 (15.10 to 18.x), SHA-512
 * (newer), SHA-512 under FIPS rules (which also forbid reading the PBKDF2 form).
 */
export type SecretForm = 'plain' | 'pbkdf2' | 'sha512' | 'sha512-fips'

/** What stands in `oauth_applications.secret` for a secret. The PBKDF2 form is slow on purpose (20,000 rounds). */
export function storedSecret(secret: string, form: SecretForm): string {
  if (form === 'plain') return secret
  if (form !== 'pbkdf2') return createHash('sha512').update(secret).digest('hex')
  const digest = pbkdf2Sync(secret, '', 20_000, 64, 'sha512').toString('base64')
  return `$pbkdf2-sha512$20000$$${digest.replaceAll('+', '.').replaceAll('=', '')}`
}

/** Whether an application that presents `given` is the one with `stored`, on an instance of this form. */
export function secretMatches(given: string, stored: string, form: SecretForm): boolean {
  const forms: Record<SecretForm, SecretForm[]> = {
    plain: ['plain'],
    pbkdf2: ['pbkdf2', 'plain'],
    sha512: ['sha512', 'pbkdf2', 'plain'],
    'sha512-fips': ['sha512', 'plain'],
  }
  return forms[form].some((one) => matches(given, stored, one))
}

function matches(given: string, stored: string, form: SecretForm): boolean {
  // Whoever read the table must not be able to present what he read.
  const looksHashed = given.startsWith('$pbkdf2-') || /^[0-9a-f]{128}$/.test(given)
  if (form === 'plain' && looksHashed) return false
  if (form === 'pbkdf2' && !stored.startsWith('$pbkdf2-')) return false
  const [a, b] = [Buffer.from(storedSecret(given, form)), Buffer.from(stored)]
  return a.length === b.length && timingSafeEqual(a, b)
}

/** An application's secret as GitLab makes them today: 70 characters. */
export const newSecret = (): string => `gloas-${randomBytes(32).toString('hex')}`

/** An application's id as GitLab makes them. */
export const newUid = (): string => randomBytes(32).toString('hex')
