import { pbkdf2, timingSafeEqual } from 'node:crypto'
import { promisify } from 'node:util'
import bcrypt from 'bcrypt'
import type { ConfigStore } from '../config/config-store.ts'
import { passwordRuleError } from './passwords.errors.ts'

/** Longest password in bytes of UTF-8: bcrypt does not look at what comes after. */
export const MAX_PASSWORD_BYTES = 72
const COST = 10
/** Hashes of nobody's password, compared with where there is no hash, so that the time tells nothing. */
const NOBODY = '$2a$10$xjt83AJQbMB26nhwVSCAkOr651YL2Syfq7YBNevt1Ku/abTq2mvSy'
const derive = promisify(pbkdf2)

/** A hash that Mattermost 10.11 can verify too: bcrypt of cost 10, `$2a$`. The rules must have been checked before. */
export async function hashPassword(password: string): Promise<string> {
  if (tooLong(password)) throw new RangeError('a password longer than 72 bytes cannot be hashed')
  return bcrypt.hash(password, await bcrypt.genSalt(COST, 'a'))
}

/**
 * Whether `password` is the one behind `hash`: bcrypt, or the PBKDF2 form that 11.x writes. An empty hash (no
 * account, or one without a password) takes as long as a wrong password; an empty or too long password is never right.
 */
export async function verifyPassword(hash: string, password: string): Promise<boolean> {
  // An attacker could send megabytes: nothing longer than a real password is ever hashed.
  if (password === '' || tooLong(password) || password.includes('\0')) return false
  const parts = PBKDF2.exec(hash)
  if (parts) return verifyPbkdf2(parts, password)
  const known = /^\$2[aby]\$\d\d\$[./A-Za-z0-9]{53}$/.test(hash)
  const right = await bcrypt.compare(password, known ? hash.replace('$2y$', '$2b$') : NOBODY)
  return right && known
}

/** Whether a hash is of the form that servers before 11.0 cannot verify; a login should replace it. */
export const isForeignHash = (hash: string): boolean => PBKDF2.test(hash)

const PBKDF2 = /^\$pbkdf2\$f=SHA256,w=(\d{1,8}),l=(\d{1,3})\$([A-Za-z0-9+/]+)\$([A-Za-z0-9+/]+)$/

async function verifyPbkdf2([, work, length, salt, stored]: string[], password: string): Promise<boolean> {
  const iterations = Number(work)
  const expected = Buffer.from(stored!, 'base64')
  if (iterations === 0 || expected.length === 0 || expected.length !== Number(length)) return false
  const derived = await derive(password, Buffer.from(salt!, 'base64'), iterations, expected.length, 'sha256')
  return timingSafeEqual(derived, expected)
}

const SYMBOLS = /[ !"\\#$%&'()*+,\-./:;<=>?@[\]^_`|~]/

/**
 * Throws 400 when a new password breaks the rules of the configuration. The id names every broken rule in this
 * order: `model.user.is_valid.pwd` + `_min_length`|`_max_length` + `_lowercase` + `_uppercase` + `_number` +
 * `_symbol` + `.app_error`. Lengths are in bytes.
 */
export function checkPasswordRules(config: Pick<ConfigStore, 'get'>, password: string): void {
  const { MinimumLength, Lowercase, Uppercase, Number: Digit, Symbol: Sign } = config.get().PasswordSettings
  const broken = [
    !tooLong(password) && Buffer.byteLength(password) < MinimumLength && '_min_length',
    tooLong(password) && '_max_length',
    Lowercase && !/[a-z]/.test(password) && '_lowercase',
    Uppercase && !/[A-Z]/.test(password) && '_uppercase',
    Digit && !/[0-9]/.test(password) && '_number',
    Sign && !SYMBOLS.test(password) && '_symbol',
  ].filter((part) => part !== false)
  if (broken.length > 0) throw passwordRuleError(broken.join(''), MinimumLength)
}

/** Cheap for any length: characters are counted before bytes. */
function tooLong(password: string): boolean {
  return password.length > MAX_PASSWORD_BYTES || Buffer.byteLength(password) > MAX_PASSWORD_BYTES
}
