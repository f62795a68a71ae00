import { expect, test } from 'vitest'
import { typed } from './match-name.ts'

const fits = (query: string, name: string): boolean => typed(query).score(name) > 0

test('a name fits by any part of it, its beginning best', () => {
  const { score } = typed('gar')
  expect(score('gar')).toBeGreaterThan(score('garden'))
  expect(score('garden')).toBeGreaterThan(score('my-garden'))
  expect(score('my-garden')).toBeGreaterThan(score('hangar'))
  expect(score('town')).toBe(0)
  expect(fits('GÄRTEN', 'gärten')).toBe(true)
})

test('Hangul fits by initial consonants and while a syllable is being composed', () => {
  expect(fits('ㅎㄱㄷ', '홍길동')).toBe(true)
  expect(fits('ㄱㅂㅌ', '개발 팀')).toBe(true)
  expect(fits('홍기', '홍길동')).toBe(true)
  expect(fits('홍긷', '홍길동')).toBe(false)
  expect(fits('길동', '홍길동')).toBe(true)
  expect(fits('ㅂㅅ', '홍길동')).toBe(false)
  expect(fits('홍길동'.normalize('NFD'), '홍길동')).toBe(true)
})
