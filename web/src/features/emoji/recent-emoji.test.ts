import { expect, test } from 'vitest'
import { frequentEmoji, parseRecentEmoji, withEmojiUse } from './recent-emoji.ts'

test('the most used come first, of equals the last', () => {
  let list = parseRecentEmoji('[{"name":"smile","usageCount":2},{"name":"tada","usageCount":1}]')
  list = withEmojiUse(list, 'eyes')
  expect(frequentEmoji(list)).toEqual(['smile', 'eyes', 'tada'])
  list = withEmojiUse(withEmojiUse(list, 'tada'), 'tada')
  expect(list.at(-1)).toEqual({ name: 'tada', usageCount: 3 })
  expect(frequentEmoji(list)).toEqual(['tada', 'smile', 'eyes'])
})

test('the least used falls out of a full list', () => {
  let list = withEmojiUse(withEmojiUse([], 'first'), 'first')
  for (let index = 0; index < 40; index++) list = withEmojiUse(list, `e${index}`)
  expect(list).toHaveLength(27)
  expect(list[0]?.name).toBe('first')
  expect(list.at(-1)?.name).toBe('e39')
})

test.each(['', 'x', '{}', 'null', '[1,null,{"name":1,"usageCount":1},{"name":"","usageCount":1},{"name":"a"}]'])(
  '%j is no list',
  (value) => expect(parseRecentEmoji(value)).toEqual([]),
)
