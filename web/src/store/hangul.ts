const INITIALS = 'ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ'
const VOWELS = 'ㅏ ㅐ ㅑ ㅒ ㅓ ㅔ ㅕ ㅖ ㅗ ㅗㅏ ㅗㅐ ㅗㅣ ㅛ ㅜ ㅜㅓ ㅜㅔ ㅜㅣ ㅠ ㅡ ㅡㅣ ㅣ'.split(' ')
const FINALS =
  '- ㄱ ㄲ ㄱㅅ ㄴ ㄴㅈ ㄴㅎ ㄷ ㄹ ㄹㄱ ㄹㅁ ㄹㅂ ㄹㅅ ㄹㅌ ㄹㅍ ㄹㅎ ㅁ ㅂ ㅂㅅ ㅅ ㅆ ㅇ ㅈ ㅊ ㅋ ㅌ ㅍ ㅎ'.split(' ')

const FIRST = 0xac00
const LAST = 0xd7a3

/**
 * Hangul as the letters it is typed with: `고양` → `ㄱㅗㅇㅑㅇ`; everything else stays. Thousands of words are taken apart when the
 * emoji picker opens, which es-hangul takes half a second for.
 */
export function hangulLetters(text: string): string {
  let letters = ''
  for (const char of text) {
    const code = char.charCodeAt(0)
    if (code < FIRST || code > LAST) {
      letters += char
      continue
    }
    const at = code - FIRST
    letters += INITIALS[Math.floor(at / 588)]! + VOWELS[Math.floor((at % 588) / 28)]!
    if (at % 28 > 0) letters += FINALS[at % 28]!
  }
  return letters
}

/** The initial consonants of the Hangul in a text, nothing else: `빨간 하트` → `ㅃㄱㅎㅌ`. */
export function hangulInitials(text: string): string {
  let initials = ''
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code >= FIRST && code <= LAST) initials += INITIALS[Math.floor((code - FIRST) / 588)]!
  }
  return initials
}

/** Whether a text is nothing but initial consonants. */
export const isInitials = (text: string): boolean => text !== '' && [...text].every((char) => INITIALS.includes(char))
