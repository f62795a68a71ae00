import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { describe, expect, test } from 'vitest'
import { isSystemEmoji } from '../../../../server/src/emoji/system-emoji.ts'
import serverList from '../../../../server/src/emoji/system-emoji.json' with { type: 'json' }
import { buildEmoji } from '../../../scripts/build-emoji.ts'
import { emojiCharacter, emojiName, SKIN_TONES, systemEmoji, withSkinTone } from './names.ts'

type Variation = { unified: string }
type Source = { unified: string; short_names: string[]; skin_variations?: Record<string, Variation> }

const source = JSON.parse(readFileSync(createRequire(import.meta.url).resolve('emoji-datasource'), 'utf8')) as Source[]
const character = (code: string): string =>
  String.fromCodePoint(...code.split('-').map((part) => Number.parseInt(part, 16)))
const toneNames = (codes: string): string =>
  codes
    .split('-')
    .map((code) => `_${SKIN_TONES.find((one) => one.character === character(code))!.tone}_skin_tone`)
    .join('')

test('the data is what its script makes', () => {
  for (const [name, data] of Object.entries(buildEmoji())) {
    const stored: unknown = JSON.parse(readFileSync(new URL(`./data/${name}`, import.meta.url), 'utf8'))
    expect(stored, `${name} is old: node web/scripts/build-emoji.ts`).toEqual(data)
  }
})

describe('names', () => {
  test('are exactly those the server lets people react with', () => {
    const names = [serverList.plain, serverList.oneTone, serverList.twoTones].flatMap((part) => part.split(' '))
    expect(names.filter((name) => emojiCharacter(name) === null)).toEqual(['mattermost'])
    expect(
      systemEmoji()
        .flatMap((emoji) => emoji.names)
        .filter((name) => !isSystemEmoji(name)),
    ).toEqual([])
    const tones = ['_dark_skin_tone', '_dark_skin_tone_light_skin_tone', '_dark_skin_tone'.repeat(3)]
    const toned = names.filter((name) => name !== 'mattermost').flatMap((name) => tones.map((tone) => name + tone))
    expect(toned.filter((name) => (emojiCharacter(name) !== null) !== isSystemEmoji(name))).toEqual([])
  })

  test('stand for the characters of the source, in every skin tone', () => {
    for (const { unified, short_names, skin_variations = {} } of source) {
      for (const name of short_names) {
        expect(emojiCharacter(name)).toBe(character(unified))
        for (const [codes, variation] of Object.entries(skin_variations)) {
          expect(emojiCharacter(name + toneNames(codes)), name + codes).toBe(character(variation.unified))
        }
      }
    }
  })

  test.each(['', 'nosuch', 'constructor', '__proto__', 'smile_dark_skin_tone', '_dark_skin_tone', 'SMILE'])(
    '%j is none',
    (name) => expect(emojiCharacter(name)).toBeNull(),
  )
})

test('a character has its usual name', () => {
  expect(emojiName('👍')).toBe('+1')
  expect(emojiName('👍🏿')).toBe('+1_dark_skin_tone')
  expect(emojiName('❤️')).toBe('heart')
  expect(emojiName('❤')).toBe('heart')
  expect(emojiName('👩🏽‍💻')).toBe('female-technologist_medium_skin_tone')
  expect(emojiName('x')).toBeNull()
  for (const { character: one } of systemEmoji()) expect(emojiCharacter(emojiName(one)!)).toBe(one)
})

test('a tone goes where there is skin', () => {
  expect(withSkinTone('wave', 'dark')).toBe('wave_dark_skin_tone')
  expect(withSkinTone('wave', null)).toBe('wave')
  expect(withSkinTone('smile', 'dark')).toBe('smile')
  expect(withSkinTone('party_parrot', 'dark')).toBe('party_parrot')
})
