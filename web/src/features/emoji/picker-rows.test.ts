import { expect, test } from 'vitest'
import { layOut, moveInGrid, rowOf } from './picker-rows.ts'

const emoji = (count: number) => Array.from({ length: count }, (_, index) => ({ name: `e${index}`, character: null }))
const rows = layOut(
  [
    { group: 'recent', emoji: emoji(2) },
    { group: 'flags', emoji: [] },
    { group: 'smileys', emoji: emoji(7) },
  ],
  3,
)

test('groups begin with a title and a line of their own', () => {
  expect(rows.map((row) => (row.kind === 'title' ? row.group : [row.from, row.emoji.length]))).toEqual([
    'recent',
    [0, 2],
    'smileys',
    [2, 3],
    [5, 3],
    [8, 1],
  ])
  expect([0, 1, 2, 8, 9].map((at) => rowOf(rows, at))).toEqual([1, 1, 3, 5, -1])
})

test.each([
  [0, 'ArrowRight', 1],
  [1, 'ArrowRight', 2],
  [8, 'ArrowRight', 8],
  [0, 'ArrowLeft', 0],
  [2, 'ArrowLeft', 1],
  [1, 'ArrowDown', 3],
  [7, 'ArrowDown', 8],
  [8, 'ArrowDown', 8],
  [4, 'ArrowUp', 1],
  [0, 'ArrowUp', 0],
  [0, 'PageDown', 8],
  [8, 'PageUp', 0],
  [6, 'Home', 5],
  [6, 'End', 7],
  [6, 'a', null],
])('from %i by %s to %j', (at, key, to) => expect(moveInGrid(rows, at, key)).toBe(to))

test('an empty picker has nowhere to go', () => expect(moveInGrid([], 0, 'ArrowDown')).toBeNull())
