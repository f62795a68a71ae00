import { expect, test } from 'vitest'
import { nineTomorrow } from './reminder-times.ts'

test('tomorrow is nine in the morning of the reader, also when the clocks change in the night', () => {
  expect(nineTomorrow(Date.UTC(2026, 10, 29, 14, 59, 59, 999), 'Asia/Seoul')).toBe(Date.UTC(2026, 10, 30, 0))
  expect(nineTomorrow(Date.UTC(2026, 10, 29, 15, 0), 'Asia/Seoul')).toBe(Date.UTC(2026, 11, 1, 0))
  // Berlin goes back to winter time on 25 October 2026 at three o'clock.
  expect(nineTomorrow(Date.UTC(2026, 9, 24, 10), 'Europe/Berlin')).toBe(Date.UTC(2026, 9, 25, 8))
})
