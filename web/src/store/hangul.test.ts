import { disassemble, getChoseong } from 'es-hangul'
import { expect, test } from 'vitest'
import { hangulInitials, hangulLetters, isInitials } from './hangul.ts'

test('Hangul is taken apart as es-hangul does it', () => {
  for (const word of ['고양이', '값싼 왜', '뷁', 'abc 한', '괜찮아', '']) {
    expect(hangulLetters(word)).toBe(disassemble(word))
    expect(hangulLetters(`${word}ㅅ`)).toBe(`${hangulLetters(word)}ㅅ`)
    expect(hangulInitials(word)).toBe(getChoseong(word).replaceAll(/[^ㄱ-ㅎ]/g, ''))
  }
  expect(['ㄱㅇ', 'ㄲ', '', '가', 'ㅏ', 'ㄱa'].map(isInitials)).toEqual([true, true, false, false, false, false])
})
