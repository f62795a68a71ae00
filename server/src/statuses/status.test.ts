import { expect, test } from 'vitest'
import { customStatusOf, recentOf, withoutRecent, withRecent } from './custom-status.ts'
import { active, disturbAgain, doNotDisturb, maybeAway, NOBODY, offline, outOfOffice } from './status.ts'

const online = active(NOBODY, 1000)

test('activity makes online, idleness away, the last connection offline', () => {
  expect(online).toMatchObject({ status: 'online', manual: false, lastActivityAt: 1000 })
  expect(maybeAway(online, 1000 + 299_999, 300_000)).toBe(online)
  expect(maybeAway(online, 1000 + 300_000, 300_000)).toMatchObject({ status: 'away', manual: false })
  expect(offline(online, 5000)).toMatchObject({ status: 'offline', manual: false, lastActivityAt: 5000 })
})

test('what was chosen by hand sticks', () => {
  const hidden = offline(online, 2000, true)
  expect(hidden).toMatchObject({ status: 'offline', manual: true })
  expect(active(hidden, 3000)).toBe(hidden)
  expect(maybeAway(doNotDisturb(online, 0), 9e12, 1).status).toBe('dnd')
  expect(offline(outOfOffice(online), 3000)).toMatchObject({ status: 'ooo', manual: true })
  expect(active(hidden, 3000, true)).toMatchObject({ status: 'online', manual: false })
})

test('dnd ends at the full minute and gives back what was before, as far as it is still true', () => {
  const busy = doNotDisturb(maybeAway(online, 9e12, 1), 12_345)
  expect(busy).toMatchObject({ status: 'dnd', manual: true, dndEndTime: 12_300, prevStatus: 'away' })
  expect(doNotDisturb(busy, 60).prevStatus).toBe('away')
  expect(disturbAgain(busy, true)).toMatchObject({ status: 'away', manual: false, dndEndTime: 0, prevStatus: 'dnd' })
  expect(disturbAgain(busy, false).status).toBe('offline')
  expect(disturbAgain(doNotDisturb(NOBODY, 60), true).status).toBe('online')
})

test('a custom status is completed, cut and refused when it has ended', () => {
  const now = Date.parse('2026-01-01T00:00:00Z')
  expect(customStatusOf({ text: '점심' }, now)).toEqual({
    emoji: 'speech_balloon',
    text: '점심',
    duration: '',
    expires_at: '0001-01-01T00:00:00Z',
  })
  expect([...customStatusOf({ text: '😀'.repeat(150) }, now)!.text]).toHaveLength(100)
  expect(customStatusOf({ text: 'x', expires_at: '2026-01-01T01:00:00Z' }, now)?.duration).toBe('date_and_time')
  expect(customStatusOf({ text: 'x', duration: 'one_hour', expires_at: '2026-01-01T01:00:00Z' }, now)).not.toBeNull()
  for (const wrong of [
    {},
    { text: '', emoji: '' },
    { text: 'x', duration: 'a_year' },
    { text: 'x', duration: 'one_hour' },
    { text: 'x', expires_at: '2025-12-31T00:00:00Z' },
    { text: 'x', expires_at: 'tomorrow' },
    { text: 'x', emoji: 'e'.repeat(65) },
  ])
    expect(customStatusOf(wrong, now)).toBeNull()
})

test('recent statuses: newest first, each text once, five at most', () => {
  const one = (text: string) => ({ emoji: 'e', text, duration: '', expires_at: '' })
  let recent = recentOf('not json')
  for (const text of ['a', 'b', 'c', 'd', 'e', 'a', 'f']) recent = withRecent(recent, one(text))
  expect(recent.map((status) => status.text)).toEqual(['f', 'a', 'e', 'd', 'c'])
  expect(withoutRecent(recent, one('e'))?.map((status) => status.text)).toEqual(['f', 'a', 'd', 'c'])
  expect(withoutRecent(recent, one('b'))).toBeNull()
  expect(recentOf('{"a":1}')).toEqual([])
  expect(recentOf('[1,null,{"text":"x","emoji":"y"}]')).toEqual([{ text: 'x', emoji: 'y' }])
})
