import { expect, test } from 'vitest'
import { InvitationLimit } from './invitation-limit.ts'

test('what was taken comes back over the hour', () => {
  const limit = new InvitationLimit()
  expect(limit.take('a', 20, 0)).toBe(0)
  expect(limit.take('a', 1, 0)).toBe(180_000)
  expect(limit.take('b', 20, 0)).toBe(0)
  expect(limit.take('a', 1, 180_000)).toBe(0)
  expect(limit.take('a', 20, 10 * 3_600_000)).toBe(0)
})

test('more than the whole hour at once is never taken', () => {
  expect(new InvitationLimit().take('a', 21, 0)).toBeGreaterThan(0)
})
