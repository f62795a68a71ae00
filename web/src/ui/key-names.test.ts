import { expect, test } from 'vitest'
import { keyNames, keysText } from './key-names.ts'

test('keys are named as they stand on the keyboard', () => {
  expect(keyNames('Ctrl+Shift+K', false)).toEqual(['Ctrl', 'Shift', 'K'])
  expect(keyNames('Ctrl+Alt+Shift+K', true)).toEqual(['⌘', '⌥', '⇧', 'K'])
  expect(keyNames('Ctrl++', true)).toEqual(['⌘', '+'])
  expect(keysText('Ctrl+Enter', false)).toBe('Ctrl+Enter')
  expect(keysText('Ctrl+Enter', true)).toBe('⌘↩')
})
