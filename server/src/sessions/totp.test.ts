import { expect, test } from 'vitest'
import { isTotpCode, matchTotp, newTotpSecret, totpAddress, totpCode } from './totp.ts'

/** The shared secret of RFC 6238, appendix B ("12345678901234567890"). */
const SECRET = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ'

test.each([
  [59, '287082'],
  [1111111109, '081804'],
  [1111111111, '050471'],
  [1234567890, '005924'],
  [2000000000, '279037'],
  [20000000000, '353130'],
])('the code at second %i is that of RFC 6238', (seconds, code) => {
  expect(totpCode(SECRET, Math.floor(seconds / 30))).toBe(code)
})

test('a code is good one step early and late, not two', () => {
  const now = 1111111111_000
  const step = Math.floor(now / 30_000)
  for (const near of [step - 1, step, step + 1]) expect(matchTotp(SECRET, totpCode(SECRET, near), now)).toBe(near)
  for (const far of [step - 2, step + 2]) expect(matchTotp(SECRET, totpCode(SECRET, far), now)).toBeNull()
})

test('nothing but six digits is a code, and no secret has none', () => {
  for (const bad of ['', '12345', '1234567', '12 456', '١٢٣٤٥٦', 'abcdef']) expect(isTotpCode(bad)).toBe(false)
  expect(matchTotp('', totpCode('', 1), 30_000)).toBeNull()
})

test('a new secret has 160 bits and is never the same', () => {
  const [one, two] = [newTotpSecret(), newTotpSecret()]
  expect(one).toMatch(/^[A-Z2-7]{32}$/)
  expect(one).not.toBe(two)
})

test('the address escapes what people call themselves', () => {
  expect(totpAddress('우리 팀', 'a&b@x.io', 'ABC')).toBe(
    'otpauth://totp/%EC%9A%B0%EB%A6%AC%20%ED%8C%80:a%26b%40x.io?secret=ABC&issuer=%EC%9A%B0%EB%A6%AC%20%ED%8C%80',
  )
})
