import { expect, test } from 'vitest'
import { combine } from './combine.ts'

const join = (username: string) => ({ type: 'system_join_channel', props: { username } })
const leave = (username: string) => ({ type: 'system_leave_channel', props: { username } })
const add = (username: string, addedUsername: string) => ({
  type: 'system_add_to_channel',
  props: { username, addedUsername },
})

test('each kind is one sentence, in the order it began', () => {
  expect(combine([join('a'), leave('b'), join('c')])).toEqual([
    { what: 'joined', by: '', who: ['a', 'c'] },
    { what: 'left', by: '', who: ['b'] },
  ])
})

test('who joined and left came and went; who left and joined again did both', () => {
  expect(combine([join('a'), leave('a')])).toEqual([{ what: 'came_and_went', by: '', who: ['a'] }])
  expect(combine([leave('a'), join('a')]).map((one) => one.what)).toEqual(['left', 'joined'])
})

test('people are told apart by who added them, and nobody is named twice', () => {
  expect(combine([add('x', 'a'), add('y', 'b'), add('x', 'c'), add('x', 'a')])).toEqual([
    { what: 'added', by: 'x', who: ['a', 'c'] },
    { what: 'added', by: 'y', who: ['b'] },
  ])
})

test('a message without the names that it should have is left out', () => {
  expect(combine([{ type: 'system_join_channel', props: { username: 7 } }])).toEqual([])
})
