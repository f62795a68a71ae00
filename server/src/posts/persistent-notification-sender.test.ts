import { afterEach, expect, test, vi } from 'vitest'
import type { App } from '../app.ts'
import { PersistentNotificationSender } from './persistent-notification-sender.ts'

afterEach(() => void vi.useRealTimers())

test('checks twice in each interval of the clock, and no more once it is stopped', async () => {
  vi.useFakeTimers({ now: Date.UTC(2026, 0, 1, 12, 1) })
  const ServiceSettings = { PersistentNotificationIntervalMinutes: 5, AllowPersistentNotifications: false }
  const app = { config: { get: () => ({ ServiceSettings }) } } as unknown as App
  const sender = new PersistentNotificationSender(app)
  const times: string[] = []
  vi.spyOn(sender, 'run').mockImplementation(async () => void times.push(new Date().toISOString().slice(11, 19)))
  sender.start()
  await vi.advanceTimersByTimeAsync(7 * 60_000)
  expect(times).toEqual(['12:02:30', '12:05:00', '12:07:30'])
  await sender.stop()
  await vi.advanceTimersByTimeAsync(10 * 60_000)
  expect(times).toHaveLength(3)
})
