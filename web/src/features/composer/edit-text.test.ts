import { expect, test } from 'vitest'
import { makeBlock, makeLink, newLine, toggleLines, toggleMark } from './edit-text.ts'
import type { Edit, Selected } from './edit-text.ts'

/** A text whose selection stands between two bars, or whose caret is one. */
function field(text: string): Selected {
  const start = text.indexOf('|')
  const end = text.lastIndexOf('|')
  const value = text.replaceAll('|', '')
  return { value, selectionStart: start, selectionEnd: end > start ? end - 1 : start }
}

function after(text: string, edit: (one: Selected) => Edit): string {
  const before = field(text)
  const { from, to, insert, select } = edit(before)
  const value = before.value.slice(0, from) + insert + before.value.slice(to)
  const [start, end] = select
  const bars = start === end ? '|' : `|${value.slice(start, end)}|`
  return value.slice(0, start) + bars + value.slice(end)
}

test.each([
  ['a|', 'a\n|'],
  ['- one|', '- one\n- |'],
  ['9. one|', '9. one\n10. |'],
  ['  * [x] done|', '  * [x] done\n  * [ ] |'],
  ['> said|', '> said\n> |'],
  ['- one\n- |', '- one\n|'],
  ['> |', '|'],
  ['```ts|', '```ts\n|\n```'],
  ['```\n  code|\n```', '```\n  code\n  |\n```'],
  ['- a|b', '- a\n- |b'],
])('Enter in %j makes %j', (before, expected) => expect(after(before, newLine)).toBe(expected))

test.each([
  ['a |b| c', 'a **|b|** c'],
  ['a **|b|** c', 'a |b| c'],
  ['a |**b**| c', 'a |b| c'],
  ['a |b | c', 'a **|b|**  c'],
  ['a | c', 'a **|** c'],
])('bold turns %j into %j', (before, expected) => expect(after(before, (one) => toggleMark(one, '**'))).toBe(expected))

test('one asterisk beside two is not taken away', () => {
  expect(after('**|b|**', (one) => toggleMark(one, '*'))).toBe('***|b|***')
})

test.each([
  ['one\n|two\nthree|', 'one\n|> two\n> three|'],
  ['|> two\n> three|', '|two\nthree|'],
  ['tw|o', '> tw|o'],
  ['> tw|o', 'tw|o'],
  ['|one\n|two', '|> one|\ntwo'],
])('a quote turns %j into %j', (before, expected) =>
  expect(after(before, (one) => toggleLines(one, /^> ?/, () => '> '))).toBe(expected),
)

test('numbers count the lines', () => {
  expect(after('|a\nb|', (one) => toggleLines(one, /^\d+[.)] /, (line) => `${line + 1}. `))).toBe('|1. a\n2. b|')
})

test.each([
  ['|word|', '[word](|https://|)'],
  ['|', '[|](https://)'],
  ['|https://a.example|', '[|](https://a.example)'],
])('a link of %j is %j', (before, expected) => expect(after(before, makeLink)).toBe(expected))

test('a block of code stands on lines of its own', () => {
  expect(after('see |a\nb| end', (one) => makeBlock(one))).toBe('see \n```|\na\nb\n```\n end')
})
