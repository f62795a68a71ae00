import { describe, expect, test } from 'vitest'
import { loadEmojiWords, searchEmoji } from './search-emoji.ts'

const names = async (query: string, locale: string, custom: string[] = []): Promise<string[]> =>
  (await searchEmoji(query, locale, custom)).map(({ name }) => name)

describe('the best find', () => {
  test.each([
    ['smile', 'en', 'smile'],
    ['+1', 'en', '+1'],
    [':thumbsup', 'en', '+1'],
    ['PARTY', 'en', 'partying_face'],
    ['rocket', 'ko', 'rocket'],
    ['kr', 'en', 'kr'],
    ['로켓', 'ko', 'rocket'],
    ['고양이', 'ko', 'cat2'],
    ['고야', 'ko', 'cat2'],
    ['ㄱㅇㅇ', 'ko', 'cat2'],
    ['하트', 'ko', 'heart'],
    ['thumbs up', 'en', '+1'],
  ])('of %j in %s is %s', async (query, locale, name) =>
    expect((await names(query, locale)).slice(0, 6)).toContain(name),
  )
})

describe('a search', () => {
  test('finds half a syllable while it is typed', async () => {
    const found = await names('박ㅅ', 'ko')
    expect(found).toContain('clap')
  })

  test('wants every word', async () => {
    expect(await names('빨간 하트', 'ko')).toContain('heart')
    expect(await names('heart nosuchword', 'en')).toEqual([])
  })

  test('finds custom emoji too, an exact name first', async () => {
    expect((await names('party', 'en', ['party', 'party_parrot'])).slice(0, 2)).toEqual(['party', 'party_parrot'])
    expect(
      (await searchEmoji('parrot', 'ko', ['party_parrot'])).some(
        ({ name, character }) => name === 'party_parrot' && !character,
      ),
    ).toBe(true)
  })

  test.each(['', ' ', ':', '없는말입니다', 'zzzz', '\0', '(['])('for %j finds nothing', async (query) =>
    expect(await names(query, 'ko')).toEqual([]),
  )

  test('answers no more than anybody would look at', async () => {
    expect((await names('a', 'en')).length).toBeLessThanOrEqual(120)
  })
})

test('the groups hold every emoji of the picker once, with a label in the language', async () => {
  const korean = await loadEmojiWords('ko-KR')
  const all = korean.groups.flatMap(({ emoji }) => emoji)
  expect(new Set(all.map(({ name }) => name)).size).toBe(all.length)
  expect(korean.groups.map(({ group }) => group)).toEqual([
    'smileys',
    'people',
    'nature',
    'food',
    'travel',
    'activities',
    'objects',
    'symbols',
    'flags',
  ])
  expect(korean.labelOf('wave')).toBe('흔드는 손')
  expect((await loadEmojiWords('en')).labelOf('wave')).toBe('waving hand')
  const untranslated = all.filter(({ name }) => !/\p{Script=Hangul}/u.test(korean.labelOf(name) ?? ''))
  expect(untranslated.map(({ name }) => name)).toEqual(['dna', 'atm'])
})
