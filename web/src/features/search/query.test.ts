import { expect, test } from 'vitest'
import { parseQuery } from '../../../../server/src/search/parse-query.ts'
import { dayOf, fillFilter, kindFilter, openFilter, withFilter, zoneOffset } from './query.ts'

test('the filter at the caret is completed, words are not', () => {
  expect(openFilter('from:an', 7)).toMatchObject({ kind: 'person', typed: 'an' })
  expect(openFilter('deploy -in:', 11)).toMatchObject({ kind: 'channel', typed: '' })
  expect(openFilter('ON:2026', 7)).toMatchObject({ kind: 'date', typed: '2026' })
  expect(openFilter('from:anna deploy', 16)).toBeUndefined()
  expect(openFilter('from:anna ', 10)).toBeUndefined()
  expect(openFilter('platform:an', 11)).toBeUndefined()
})

test('what is chosen takes the place of what was typed, wherever the caret is in it', () => {
  const text = 'from:ann deploy'
  const filter = openFilter(text, 6)!
  expect(fillFilter(text, filter, 'anna')).toEqual({ text: 'from:anna deploy', caret: 10 })
  expect(fillFilter('배포 in:', openFilter('배포 in:', 6)!, 'town-square').text).toBe('배포 in:town-square ')
  expect(withFilter('deploy ', 'from:')).toBe('deploy from:')
  expect(withFilter('', 'from:')).toBe('from:')
})

test('a kind of file is what the server understands', () => {
  expect(parseQuery(kindFilter('images')).extensions).toContain('png')
  expect(kindFilter('')).toBe('')
})

test('days and offsets are those of the zone', () => {
  const at = new Date('2026-11-24T20:30:00Z')
  expect(zoneOffset('Asia/Seoul', at)).toBe(32_400)
  expect(zoneOffset('America/New_York', at)).toBe(-18_000)
  expect(zoneOffset('Asia/Kolkata', at)).toBe(19_800)
  expect(dayOf(at.getTime(), 'Asia/Seoul')).toBe('2026-11-25')
})
