import { expect, test } from 'vitest'
import { emptyState } from '../../../store/state.ts'
import type { State } from '../../../store/state.ts'
import { contrast, parseTheme, propertiesOf, savedTheme, schemeOf, themeOf } from './mattermost-theme.ts'

const stateWith = (themes: Record<string, object>): State => ({
  ...emptyState,
  preferences: Object.fromEntries(
    Object.entries(themes).map(([team, value]) => [
      `theme--${team}`,
      { category: 'theme', name: team, user_id: 'me', value: JSON.stringify(value) },
    ]),
  ),
})

test('a theme of one team goes before that for all, and no choice follows the system', () => {
  const state = stateWith({ '': themeOf('light'), t1: themeOf('dark') })
  expect(schemeOf(savedTheme(state, 't1'))).toBe('dark')
  expect(schemeOf(savedTheme(state, 't2'))).toBe('light')
  expect(schemeOf(savedTheme(emptyState, 't1'))).toBe('system')
})

test('stock themes of Mattermost become light or dark, own colours stay', () => {
  const colours = { centerChannelBg: '#000', centerChannelColor: '#fff' }
  expect(schemeOf(parseTheme(JSON.stringify({ ...colours, type: 'Onyx' })))).toBe('dark')
  expect(schemeOf(parseTheme(JSON.stringify({ ...colours, type: 'Denim' })))).toBe('light')
  expect(schemeOf(parseTheme(JSON.stringify({ ...colours, type: 'custom' })))).toBe('own')
  expect(schemeOf(parseTheme(JSON.stringify(colours)))).toBe('own')
  expect(schemeOf(undefined, 'onyx')).toBe('dark')
  // The server's own word for "no wish".
  expect(schemeOf(undefined, 'default')).toBe('system')
})

test('only colours are taken over', () => {
  const theme = parseTheme(
    JSON.stringify({
      sidebarBg: 'rgb(20, 93, 191)',
      linkColor: '#ABC',
      buttonBg: 'url(https://evil.example/x)',
      centerChannelBg: 'red; background: url(x)',
      mentionBj: '#00ff00ff',
      sidebarText: 7,
    }),
  )
  expect(theme).toEqual({ sidebarBg: '#145dbf', linkColor: '#aabbcc', mentionBj: '#00ff00', mentionBg: '#00ff00' })
  for (const none of ['', '[]', '"x"', '{', '{"a":1}', 'null']) expect(parseTheme(none)).toBeUndefined()
})

test('a theme with few colours is completed to fit its background', () => {
  const { dark, properties } = propertiesOf({ centerChannelBg: '#101010' })
  expect(dark).toBe(true)
  expect(contrast(properties['--surface']!, properties['--text']!)).toBeGreaterThan(7)
  expect(propertiesOf({ centerChannelBg: '#fafafa' }).dark).toBe(false)
})
