import { expect, test } from 'vitest'
import type { User } from '../../store/entities.ts'
import { customStatusOf, endOf } from './custom-status.ts'

const withStatus = (customStatus: string): User => ({ props: { customStatus } }) as unknown as User

test('a status is shown until its end', () => {
  const status = { emoji: 'palm_tree', text: 'away', duration: 'today', expires_at: '2026-01-02T10:00:00Z' }
  const end = Date.parse(status.expires_at)
  expect(customStatusOf(withStatus(JSON.stringify(status)), end - 1)).toEqual(status)
  expect(customStatusOf(withStatus(JSON.stringify(status)), end)).toBeUndefined()
  const forever = { ...status, duration: '', expires_at: '0001-01-01T00:00:00Z' }
  expect(customStatusOf(withStatus(JSON.stringify(forever)), end)).toEqual(forever)
})

test('whatever stands in the profile, nothing breaks', () => {
  for (const text of ['', 'null', '{', '[]', '{"emoji":""}', '7'])
    expect(customStatusOf(withStatus(text))).toBeUndefined()
  expect(customStatusOf(undefined)).toBeUndefined()
})

test('durations end by minutes, by the day and by the week', () => {
  const wednesday = new Date(2026, 0, 7, 15, 0).getTime()
  expect(endOf('one_hour', wednesday) - wednesday).toBe(3_600_000)
  expect(new Date(endOf('today', wednesday)).getDate()).toBe(7)
  expect(new Date(endOf('this_week', wednesday)).getDay()).toBe(0)
  expect(endOf('', wednesday)).toBe(0)
})
