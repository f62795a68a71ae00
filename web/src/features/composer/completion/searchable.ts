/**
 * What of a query the server can search for: it compares whole syllables. The last one of Hangul may still be growing, initial
 * consonants are no syllables at all.
 */
export function searchable(query: string): string {
  const letters = [...query.normalize('NFC')]
  const jamo = letters.findIndex((letter) => /[ㄱ-ㅣ]/.test(letter))
  if (jamo >= 0) return letters.slice(0, jamo).join('')
  return /[가-힣]$/.test(query) ? letters.slice(0, -1).join('') : query
}
