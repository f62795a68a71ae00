import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { Text } from '../../shell/i18n.tsx'
import { readable, shortcutGroups } from './shortcuts.ts'

const SOURCE = join(import.meta.dirname, '../..')
const TAKEN = /\b(?:useShortcut|addShortcut)\(\s*'([^']+)'|^\s*'((?:mod|alt|shift)\+[^']+)':/gm

/** Other spellings of keys that are listed: keyboards differ in where a bar stands. */
const SPELLINGS = new Set(['mod+shift+|'])

const english = ((_: string, text: string) => text) as unknown as Text
const listed = new Set(shortcutGroups(english).flatMap(({ lines }) => lines.flatMap(({ keys }) => keys.split(' '))))

function takenKeys(): Set<string> {
  const paths = globSync('**/*.{ts,tsx}', { cwd: SOURCE }).filter((path) => !path.includes('.test.'))
  const found = paths.flatMap((path) => [...readFileSync(join(SOURCE, path), 'utf8').matchAll(TAKEN)])
  return new Set(found.map(([, call, entry]) => (call ?? entry)!.replaceAll('\\\\', '\\')))
}

test('every shortcut that the code takes stands in the list', () => {
  expect([...takenKeys()].filter((keys) => !listed.has(keys) && !SPELLINGS.has(keys))).toEqual([])
})

test('no shortcut is listed twice', () => {
  const all = shortcutGroups(english).flatMap(({ lines }) => lines.flatMap(({ keys }) => keys.split(' ')))
  expect(all.filter((keys, at) => all.indexOf(keys) !== at)).toEqual([])
})

test('keys are written as they stand on a keyboard', () => {
  expect(readable('mod+shift+k alt+ArrowUp')).toBe('Ctrl+Shift+K Alt+↑')
  expect(readable('mod+shift+.')).toBe('Ctrl+Shift+.')
})
