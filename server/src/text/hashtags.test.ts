import { expect, test } from 'vitest'

import { parseHashtags } from './hashtags.ts'
import { hostileInputs } from './hostile-inputs.ts'

test.each([
  ['no tag', ''],
  ['#one and #two', '#one #two'],
  ['#배포 완료', '#배포'],
  ['#가 나', ''],
  ['#배포완료 했습니다', '#배포완료'],
  ['#한글_태그-1.2', '#한글_태그-1.2'],
  ['##double ###triple', '#double #triple'],
  ['(#tag), "#quoted".', '#tag #quoted'],
  ['#tag... #tag-_- #a.b', '#tag #tag #a.b'],
  ['#1st #2', ''],
  ['#a', ''],
  ['#ab', '#ab'],
  ['a#tag /#tag #tag#more', '#tag'],
  ['# heading', ''],
  ['#été #हिन्दी', '#été #हिन्दी'],
  ['`#code` http://x.com/#frag [t](http://y/ "#no") #yes', '#yes'],
  ['```\n#include\n```\n#out', '#out'],
  ['    #indented', ''],
])('%j → %j', (message, expected) => {
  expect(parseHashtags(message)).toBe(expected)
})

test('the shortest tag is a setting', () => {
  expect(parseHashtags('#abc #abcd', 5)).toBe('#abcd')
  expect(parseHashtags('#a', 2)).toBe('#a')
})

test('tags are cut to 1000 characters at a whole tag', () => {
  const tags = Array.from({ length: 200 }, (_, i) => `#tag${String(i).padStart(4, '0')}`)
  const stored = parseHashtags(tags.join(' '))
  expect(stored).toBe(tags.slice(0, 111).join(' '))
  expect(stored.length).toBeLessThanOrEqual(1000)
  expect(parseHashtags(`#${'x'.repeat(1000)}`)).toBe('')
})

test('hostile messages never give more than fits the column', () => {
  for (const message of hostileInputs(16_383)) expect([...parseHashtags(message)].length).toBeLessThanOrEqual(1000)
})
