import { expect, test } from 'vitest'
import { charactersLeft, countCharacters, isLong } from './limits.ts'
import { mentionedNames } from './mentioned.ts'

test('characters are counted as the server counts them, and only near the end', () => {
  expect(countCharacters('a한👍')).toBe(3)
  expect(charactersLeft('x'.repeat(100), 1_000)).toBeNull()
  expect(charactersLeft('x'.repeat(950), 1_000)).toBe(50)
  expect(charactersLeft('👍'.repeat(1_001), 1_000)).toBe(-1)
})

test('a wall of text is long, by lines too', () => {
  expect(isLong('x'.repeat(9_000))).toBe(true)
  expect(isLong('\n'.repeat(200))).toBe(true)
  expect(isLong('a few words')).toBe(false)
})

test('names behind @ are found, not those in code or addresses', () => {
  const names = mentionedNames('@All, hi @anna. see a@b.example and `@code` or\n```\n@block\n```\n안녕@jiho')
  expect([...names].filter((name) => !name.endsWith('.'))).toEqual(['all', 'anna', 'jiho'])
})
