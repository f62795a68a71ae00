import { expect, test } from 'vitest'
import { teamAddress } from './team-address.ts'

test('a name becomes an address that the server takes', () => {
  expect(teamAddress('Garden & Café')).toBe('garden-cafe')
  expect(teamAddress('개발팀')).toMatch(/^[a-z]+$/)
  expect(teamAddress('Admin people')).toBe('team-admin-people')
  expect(teamAddress('a')).toBe('team-a')
  expect(teamAddress('  ')).toBe('')
  expect(teamAddress('x'.repeat(100))).toHaveLength(64)
})
