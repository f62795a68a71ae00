import { expect, test } from 'vitest'

import { hostileInputs } from './hostile-inputs.ts'
import { plainText } from './plain-text.ts'

test.each([
  ['**굵게** 와 *기울임* ~~취소~~', '굵게 와 기울임 취소'],
  ['***both*** __u__ _i_', 'both u i'],
  ['**a *b* c**', 'a b c'],
  ['snake_case_name 2 * 3 * 4', 'snake_case_name 2 * 3 * 4'],
  ['# Title\n> quoted\n- item', 'Title\nquoted\nitem'],
  ['[text](http://x) ![alt](http://y)', 'text alt'],
  ['http://x.com/a_b_c', 'http://x.com/a_b_c'],
  ['`**code**` **a `b` c**', '**code** a b c'],
  ['```js\n**code**\n```', '**code**'],
  ['\\*not emphasis\\*', '*not emphasis*'],
  ['\0hidden\0', 'hidden'],
  ['', ''],
])('%j → %j', (message, expected) => {
  expect(plainText(message)).toBe(expected)
})

test('never grows a hostile message', () => {
  for (const message of hostileInputs(16_383)) expect(plainText(message).length).toBeLessThanOrEqual(message.length)
})
