import { pbkdf2Sync } from 'node:crypto'
import { expect, test } from 'vitest'
import type { AppError } from '../http/errors.ts'
import { errorText } from '../http/errors.ts'
import { checkPasswordRules, hashPassword, isForeignHash, verifyPassword } from './passwords.ts'

const base64 = (bytes: Buffer): string => bytes.toString('base64').replace(/=+$/, '')

test('a hash is bcrypt as 10.11 writes it, and verifies only its password', async () => {
  const hash = await hashPassword('비밀번호 8자')
  expect(hash).toMatch(/^\$2a\$10\$/)
  expect(hash).toHaveLength(60)
  expect(await verifyPassword(hash, '비밀번호 8자')).toBe(true)
  expect(await verifyPassword(hash, '비밀번호 8')).toBe(false)
})

test('the PBKDF2 form of 11.x verifies', async () => {
  const salt = Buffer.from('0123456789abcdef')
  const derived = pbkdf2Sync('secret-1', salt, 1000, 32, 'sha256')
  const hash = `$pbkdf2$f=SHA256,w=1000,l=32$${base64(salt)}$${base64(derived)}`
  expect(isForeignHash(hash)).toBe(true)
  expect(await verifyPassword(hash, 'secret-1')).toBe(true)
  expect(await verifyPassword(hash, 'secret-2')).toBe(false)
  expect(await verifyPassword(hash.replace('l=32', 'l=16'), 'secret-1')).toBe(false)
  expect(await verifyPassword(hash.replace('w=1000', 'w=0'), 'secret-1')).toBe(false)
})

test('no hash, a broken hash and no password are never right', async () => {
  for (const hash of ['', 'x', '$2a$10$short', '$pbkdf2$f=MD5,w=1,l=1$a$b']) {
    expect(await verifyPassword(hash, 'anything')).toBe(false)
  }
  expect(await verifyPassword(await hashPassword('a'), '')).toBe(false)
})

test('what is longer than 72 bytes is refused without hashing', async () => {
  const hash = await hashPassword('a'.repeat(72))
  expect(await verifyPassword(hash, 'a'.repeat(72))).toBe(true)
  expect(await verifyPassword(hash, 'a'.repeat(73))).toBe(false)
  await expect(hashPassword('가'.repeat(25))).rejects.toThrow(RangeError)
})

const rules = (settings: object, password: string): string => {
  const base = { MinimumLength: 8, Lowercase: false, Uppercase: false, Number: false, Symbol: false }
  const config = { get: () => ({ PasswordSettings: { ...base, ...settings } }) }
  try {
    checkPasswordRules(config as never, password)
    return ''
  } catch (error) {
    const { id, status, params } = error as AppError
    expect(status).toBe(400)
    expect(errorText(id, params, 'ko')).toMatch(/^비밀번호는 .*합니다\.$/)
    expect(errorText(id, params, 'en')).not.toContain('{')
    return id
  }
}

test.each([
  ['12345678', {}, ''],
  ['1234567', {}, 'model.user.is_valid.pwd_min_length.app_error'],
  ['가나다', {}, ''],
  ['가'.repeat(25), {}, 'model.user.is_valid.pwd_max_length.app_error'],
  ['        ', { Symbol: true }, ''],
  ['longenough', { Uppercase: true, Symbol: true }, 'model.user.is_valid.pwd_uppercase_symbol.app_error'],
  [
    '',
    { Lowercase: true, Uppercase: true, Number: true, Symbol: true },
    'model.user.is_valid.pwd_min_length_lowercase_uppercase_number_symbol.app_error',
  ],
])('rules: %j under %j', (password, settings, id) => expect(rules(settings, password)).toBe(id))
