import { expect, test } from 'vitest'
import { textBlocks } from './text-blocks.ts'

test('a long text is parted between its lines and loses nothing', () => {
  const text = Array.from({ length: 2_000 }, (_, at) => `line ${at} of the log`).join('\n')
  const blocks = textBlocks(text)
  expect(blocks.length).toBeGreaterThan(3)
  expect(blocks.join('\n')).toBe(text)
})

test('a line that is longer than a block is parted where it must be', () => {
  const blocks = textBlocks('x'.repeat(20_000))
  expect(blocks.map((one) => one.length)).toEqual([8_000, 8_000, 4_000])
  expect(textBlocks('short\n')).toEqual(['short\n'])
})
