import { describe, expect, test } from 'vitest'
import { isEmptyQuery, parseQuery } from './parse-query.ts'

const terms = (text: string) => parseQuery(text).terms.map((term) => `${term.kind} ${term.text}`)
const excluded = (text: string) => parseQuery(text).excluded.map((term) => `${term.kind} ${term.text}`)

describe('words', () => {
  test.each([
    ['Deploy  SERVER', ['text deploy', 'text server']],
    ['회의 회의', ['text 회의']],
    ['회의'.normalize('NFD'), ['text 회의']],
    ['"회의  자료" 오늘', ['text 회의 자료', 'text 오늘']],
    ['"open end', ['text open end']],
    ['dep* 회*', ['prefix dep', 'prefix 회']],
    [
      '10.20.30.41 ops-team@example.co.kr v1.2-rc3',
      ['text 10.20.30.41', 'text ops-team@example.co.kr', 'text v1.2-rc3'],
    ],
    ['#Release-1 ##dev', ['hashtag #release-1', 'hashtag #dev']],
    ['#회의록', ['hashtag #회의록']],
    ['#1234 #a', ['text #1234', 'text #a']],
    [':tada: 🚀 c++ .env @ann', ['text :tada:', 'text 🚀', 'text c++', 'text .env', 'text @ann']],
    ['(왜 안돼요?)', ['text 왜', 'text 안돼요']],
    ['http://example.com/a?b=c', ['text http://example.com/a?b=c']],
    ['- -- "" * " " -""', []],
  ])('%s', (text, wanted) => expect(terms(text)).toEqual(wanted))

  test('minus excludes words, phrases and hashtags', () => {
    const text = 'a -서버 -"quick brown" -#tag -dep*'
    expect(terms(text)).toEqual(['text a'])
    expect(excluded(text)).toEqual(['text 서버', 'text quick brown', 'hashtag #tag', 'prefix dep'])
  })
})

describe('filters', () => {
  test('names, negations and values behind a blank', () => {
    const query = parseQuery(
      'from:@Ann -from:bob in:~town-square channel: dev -in:off-topic in:@cy,dan ext:.PDF -ext:png x',
    )
    expect(query).toMatchObject({
      from: ['ann'],
      notFrom: ['bob'],
      in: ['town-square', 'dev', '@cy,dan'],
      notIn: ['off-topic'],
      extensions: ['pdf'],
      notExtensions: ['png'],
    })
    expect(query.terms).toEqual([{ kind: 'text', text: 'x' }])
  })

  test('days are those of the client', () => {
    const seoul = { timeZoneOffset: 9 * 3600 }
    const start = Date.UTC(2026, 0, 31, -9)
    const day = 86_400_000
    expect(parseQuery('on:2026-01-31', seoul).created).toEqual({ from: start, before: start + day })
    expect(parseQuery('before:2026-1-31', seoul).created).toEqual({ from: 0, before: start })
    expect(parseQuery('after:2026-01-31', seoul).created.from).toBe(start + day)
    expect(parseQuery('-on:2026-01-31', seoul).notCreated).toEqual([{ from: start, before: start + day }])
    expect(parseQuery('after:2026-01-01 before:2026-01-31').created).toEqual({
      from: Date.UTC(2026, 0, 2),
      before: Date.UTC(2026, 0, 31),
    })
  })

  test('what is no date or no filter is not taken for one', () => {
    for (const text of ['on:2026-02-31', 'before:yesterday', 'after:2026-13-01', 'in:', 'from:@', 'ext:.'])
      expect(isEmptyQuery(parseQuery(text)), text).toBe(true)
    expect(terms('note:x "from:ann"')).toEqual(['text note:x', 'text from:ann'])
  })
})

describe('hostile input', () => {
  test.each([undefined, null, {}, [], 7, true, '', '   '])('%j is an empty query', (input) =>
    expect(isEmptyQuery(parseQuery(input))).toBe(true),
  )

  test('is capped and never throws', () => {
    const words = Array.from({ length: 5000 }, (_, i) => `w${i}`).join(' ')
    expect(parseQuery(words).terms).toHaveLength(24)
    expect(parseQuery('가'.repeat(100_000)).terms[0]!.text).toHaveLength(256)
    expect(parseQuery('from:x'.repeat(9000)).from[0]!.length).toBeLessThanOrEqual(256)
    for (const text of [
      '\ud800',
      '"'.repeat(999),
      '-'.repeat(999),
      '*'.repeat(999),
      '\0%_\\',
      ':::',
      '-"',
      '#'.repeat(50),
    ])
      expect(() => parseQuery(text)).not.toThrow()
    for (const timeZoneOffset of [NaN, Infinity, -1e300]) {
      const { created } = parseQuery('on:2026-01-31', { timeZoneOffset })
      expect(Math.abs(created.from - Date.UTC(2026, 0, 31))).toBeLessThanOrEqual(18 * 3_600_000)
    }
  })
})
