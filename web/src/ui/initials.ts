const HANGUL = /\p{Script=Hangul}/u

const segments = (text: string): string[] =>
  [...new Intl.Segmenter(undefined, { granularity: 'grapheme' }).segment(text)].map(({ segment }) => segment)

/**
 * The letters that stand for a name: two of a Latin one (first and last word), the last two syllables of a Korean one
 * (김민수 → 민수), as Koreans call each other, but the first two of a group (디자인팀 → 디자). `short`: a single one.
 */
export function initialsOf(name: string, short = false, isGroup = false): string {
  const words = name.split(/[\s._-]+/).filter((word) => /[\p{L}\p{N}]/u.test(word))
  const [first, last] = [words[0], words.at(-1)]
  if (!first || !last) return segments(name.trim())[0]?.toUpperCase() ?? '?'
  const letters = segments(first.replace(/[^\p{L}\p{N}\p{M}]/gu, ''))
  if (HANGUL.test(first)) return short ? letters[0]! : (isGroup ? letters.slice(0, 2) : letters.slice(-2)).join('')
  const second = words.length > 1 && !short ? segments(last)[0]! : ''
  return (letters[0]! + second).toUpperCase()
}

/** A hue in degrees, always the same for the same name (FNV-1a over its code points). */
export function hueOf(name: string): number {
  let hash = 0x811c9dc5
  for (const char of name) hash = Math.imul(hash ^ char.codePointAt(0)!, 0x01000193) >>> 0
  return ((hash ^ (hash >>> 15)) >>> 0) % 360
}
