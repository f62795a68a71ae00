import { describe, expect, test } from 'vitest'
import { documentGrams, normalise, queryGrams } from './grams.ts'

const TEXT = normalise(
  '오늘 회의록을 Kubernetes 팀에 공유했습니다. 10.20.30.41 ops-team@example.co.kr v1.2-rc3 🚀漢字 naïve',
)

describe('normalise', () => {
  test('makes NFD and NFC, cases and white space alike', () => {
    expect(normalise('회의'.normalize('NFD'))).toBe(normalise('회의'))
    expect(normalise('ÉCOLE\t\n \u00a0X\u0000')).toBe('école x')
    expect(normalise('ΟΔΟΣ')).toBe(normalise('οδοσ'))
    expect(normalise('❤️')).toBe(normalise('❤'))
  })

  test('changes nothing the second time, also for odd input', () => {
    for (const text of ['İstanbul', '\ud800lone', 'a\u200b\u0301', '\u1112\u200b\u1161', '  x  ', 'ﬃ', 'ẞ']) {
      expect(normalise(normalise(text))).toBe(normalise(text))
    }
  })
})

describe('grams', () => {
  test('every substring of a text has only grams of that text', () => {
    const grams = documentGrams(TEXT)
    const chars = [...TEXT]
    for (let from = 0; from < chars.length; from++) {
      for (let to = from + 1; to <= Math.min(chars.length, from + 25); to++) {
        const part = chars.slice(from, to).join('').trim()
        expect(
          queryGrams(part).every((gram) => grams.has(gram)),
          part,
        ).toBe(true)
      }
    }
  })

  test('tell texts apart', () => {
    const grams = documentGrams(TEXT)
    for (const other of ['의회', '록회', 'docker', '10.20.31', '字漢', '🎉', '팀을']) {
      expect(
        queryGrams(other).every((gram) => grams.has(gram)),
        other,
      ).toBe(false)
    }
  })

  test('are few for a long query and none for one ASCII letter', () => {
    expect(queryGrams('가나다라마바사아자차카타파하거너더러머버서어저처'.repeat(9)).length).toBe(12)
    expect(queryGrams('a')).toEqual([])
    expect(queryGrams('팀')).toHaveLength(1)
    expect(queryGrams('')).toEqual([])
  })

  test('fit into smallint', () => {
    for (const gram of documentGrams(TEXT)) expect(gram === (gram << 16) >> 16).toBe(true)
  })
})
