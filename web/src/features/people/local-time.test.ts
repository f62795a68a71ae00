import { expect, test } from 'vitest'
import type { User } from '../../store/entities.ts'
import { isNight, zoneOf } from './local-time.ts'

const withZone = (timezone: object | undefined) => ({ timezone }) as unknown as User

test('the zone is what somebody chose, or that of his device', () => {
  const both = { automaticTimezone: 'Asia/Seoul', manualTimezone: 'Europe/Berlin' }
  expect(zoneOf(withZone({ ...both, useAutomaticTimezone: 'true' }))).toBe('Asia/Seoul')
  expect(zoneOf(withZone({ ...both, useAutomaticTimezone: 'false' }))).toBe('Europe/Berlin')
  expect(zoneOf(withZone({ ...both, useAutomaticTimezone: true }))).toBe('Asia/Seoul')
  for (const zone of ['', 'Nowhere/Land']) {
    expect(zoneOf(withZone({ automaticTimezone: zone, useAutomaticTimezone: 'true' }))).toBe('')
  }
  expect(zoneOf(withZone(undefined))).toBe('')
  expect(zoneOf(undefined)).toBe('')
})

test('night lasts from ten to six, by the clock of the zone', () => {
  const utc = (hour: number, minute = 0) => Date.UTC(2026, 0, 7, hour, minute)
  expect(isNight('UTC', utc(21, 59))).toBe(false)
  expect(isNight('UTC', utc(22))).toBe(true)
  expect(isNight('UTC', utc(0))).toBe(true)
  expect(isNight('UTC', utc(5, 59))).toBe(true)
  expect(isNight('UTC', utc(6))).toBe(false)
  expect(isNight('Asia/Seoul', utc(15))).toBe(true)
  expect(isNight('Asia/Seoul', utc(3))).toBe(false)
})
