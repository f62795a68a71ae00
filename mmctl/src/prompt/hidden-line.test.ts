import { expect, test } from 'vitest'
import { HiddenLine } from './hidden-line.ts'

test.each([
  ['secret\r', 'secret', ''],
  ['secret\nnext\r', 'secret', 'next\r'],
  ['비밀\u007f번호\r', '비번호', ''],
  ['👍👍\b\r', '👍', ''],
  ['wrong\u0015right\r', 'right', ''],
  ['a\u0004b\u001b\tc\r', 'abc', ''],
  ['abc\u0003rest', undefined, 'rest'],
  ['\u0004', undefined, ''],
  ['\u007f\r', '', ''],
])('%j is the line %j', (keys, text, rest) => {
  const line = new HiddenLine()
  expect(line.take(keys)).toBe(rest)
  expect([line.isDone, line.text]).toEqual([true, text])
})

test('a line may come in pieces', () => {
  const line = new HiddenLine()
  for (const keys of ['se', 'cr', 'et']) expect(line.take(keys)).toBe('')
  expect(line.isDone).toBe(false)
  line.take('\r')
  expect([line.isDone, line.text]).toEqual([true, 'secret'])
})
