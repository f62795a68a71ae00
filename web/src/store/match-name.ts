import { hangulInitials, hangulLetters } from './hangul.ts'

/** A word that is typed, prepared once for many names. */
export interface Typed {
  /** how well a name fits: 0 not at all, more is better */
  readonly score: (name: string) => number
}

const JAMO_ONLY = /^[ㄱ-ㅎ\s]+$/
const HANGUL = /[ㄱ-ㅎㅏ-ㅣ가-힣]/

const plain = (text: string): string => text.normalize('NFC').toLocaleLowerCase()

/**
 * Prepares what somebody types. A name fits that contains it; best at its beginning, then at the beginning of a word. Hangul fits by
 * initial consonants too (ㅎㄱㄷ), and while its last syllable is still being composed (홍기 finds 홍길동).
 */
export function typed(text: string): Typed {
  const query = plain(text.trim())
  if (query === '') return { score: () => 1 }
  if (JAMO_ONLY.test(query)) {
    const initials = query.replace(/\s/g, '')
    return {
      score: (name) => place(hangulInitials(plain(name)), initials) || place(plain(name), query),
    }
  }
  if (HANGUL.test(query)) {
    const letters = hangulLetters(query)
    return { score: (name) => place(hangulLetters(plain(name)), letters) }
  }
  return { score: (name) => place(plain(name), query) }
}

function place(name: string, query: string): number {
  const at = name.indexOf(query)
  if (at < 0) return 0
  if (at === 0) return name.length === query.length ? 4 : 3
  return /[\s._\-@,(]/.test(name[at - 1]!) ? 2 : 1
}
