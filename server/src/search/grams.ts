/** Seeds keep the hash spaces of text, hashtags and channels apart as far as 16 bits allow. */
const TEXT_SEED = 0x811c9dc5
const TAG_SEED = 0x2545f491
const CHANNEL_SEED = 0x1b873593

/** More grams than this do not narrow a candidate set any further; they only cost index reads. */
const MAX_QUERY_GRAMS = 12

/**
 * The one form in which documents and queries are compared: well-formed, NFC, lower-cased, invisible characters
 * dropped, white space collapsed to single blanks. Applying it twice changes nothing.
 */
export function normalise(text: string): string {
  return text
    .toWellFormed()
    .normalize('NFC')
    .toLowerCase()
    .normalize('NFC')
    .replaceAll('ς', 'σ')
    .replace(/[\u00ad\u200b\u2060]|\ufe0e|\ufe0f/gu, '')
    .replace(/[\s\0]+/gu, ' ')
    .normalize('NFC')
    .trim()
}

function mix(hash: number, value: number): number {
  const h = Math.imul(hash ^ value, 0x9e3779b1)
  return h ^ (h >>> 15)
}

/** Final 16 bits, signed: PostgreSQL keeps them as smallint, two bytes each. */
function fold(hash: number): number {
  const h = Math.imul(hash ^ (hash >>> 13), 0x85ebca6b)
  return ((h ^ (h >>> 16)) << 16) >> 16
}

function hashString(seed: number, text: string): number {
  let hash = seed
  for (let i = 0; i < text.length; i++) hash = mix(hash, text.charCodeAt(i))
  return fold(hash)
}

/** The gram of a whole hashtag (normalised, with its `#`). */
export function tagGram(tag: string): number {
  return hashString(TAG_SEED, tag)
}

/** The gram every document of a channel carries, so that the index itself can narrow a search to some channels. */
export function channelGram(channelId: string): number {
  return hashString(CHANNEL_SEED, channelId)
}

const SPACE = 0x20
const isAscii = (point: number): boolean => point < 0x80
const isAsciiWord = (point: number): boolean => (point >= 0x61 && point <= 0x7a) || (point >= 0x30 && point <= 0x39)

function points(text: string): number[] {
  const result: number[] = []
  for (const char of text) result.push(char.codePointAt(0)!)
  return result
}

/** One character. ASCII letters and digits are in nearly every text and get no gram of their own. */
const single = (a: number): number => fold(mix(mix(TEXT_SEED, 1), a))
const pair = (a: number, b: number): number => fold(mix(mix(mix(TEXT_SEED, 2), a), b))
/** Three ASCII characters: pairs alone say too little about a text in a small alphabet. */
const triple = (a: number, b: number, c: number): number => fold(mix(mix(mix(mix(TEXT_SEED, 3), a), b), c))

/** Distinct grams of a normalised text: every substring without blanks can be found through them (see `queryGrams`). */
export function documentGrams(text: string): Set<number> {
  const grams = new Set<number>()
  let a = SPACE
  let b = SPACE
  for (const char of text) {
    const c = char.codePointAt(0)!
    if (c !== SPACE) {
      if (!isAsciiWord(c)) grams.add(single(c))
      if (b !== SPACE) {
        grams.add(pair(b, c))
        if (a !== SPACE && isAscii(a) && isAscii(b) && isAscii(c)) grams.add(triple(a, b, c))
      }
    }
    a = b
    b = c
  }
  return grams
}

function wordGrams(word: number[], into: Set<number>): void {
  const [first] = word
  if (word.length === 1) {
    if (!isAsciiWord(first!)) into.add(single(first!))
    return
  }
  for (let i = 0; i + 1 < word.length; i++) {
    const [a, b, c] = [word[i]!, word[i + 1]!, word[i + 2]]
    if (c !== undefined && isAscii(a) && isAscii(b) && isAscii(c)) {
      into.add(triple(a, b, c))
      continue
    }
    const coveredByPrevious = i > 0 && isAscii(word[i - 1]!) && isAscii(a) && isAscii(b)
    if (!coveredByPrevious) into.add(pair(a, b))
  }
}

/**
 * Grams that every document containing the normalised `text` (a word or a phrase) has. A document with all of them is
 * only a candidate: the text must still be looked for. Empty for a single ASCII letter or digit, which no index narrows.
 */
export function queryGrams(text: string): number[] {
  const grams = new Set<number>()
  for (const word of text.split(' ')) if (word) wordGrams(points(word), grams)
  const all = [...grams]
  if (all.length <= MAX_QUERY_GRAMS) return all
  const step = all.length / MAX_QUERY_GRAMS
  return Array.from({ length: MAX_QUERY_GRAMS }, (_, i) => all[Math.floor(i * step)]!)
}
