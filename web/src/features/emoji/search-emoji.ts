import { hangulInitials, hangulLetters, isInitials } from '../../store/hangul.ts'
import { systemEmoji } from './names.ts'

export type EmojiGroup =
  | 'smileys'
  | 'people'
  | 'nature'
  | 'food'
  | 'travel'
  | 'activities'
  | 'objects'
  | 'symbols'
  | 'flags'

/** A find: a system emoji by its usual name, or a custom one. */
export type EmojiFind = { name: string; character: string | null }

/** Names and words of the emoji of one language, loaded when somebody looks for one. */
export type EmojiWords = {
  groups: { group: EmojiGroup; emoji: EmojiFind[] }[]
  /** What the emoji of a name is called in the reader's language. */
  labelOf: (name: string) => string | undefined
  search: (query: string, customNames?: readonly string[]) => EmojiFind[]
}

type Entry = EmojiFind & { names: string[]; words: string[]; spelling: Spelling | null }

/** The Hangul words taken apart, when somebody first searches in Korean. */
type Spelling = { letters: string[]; initials: string[] }

/** Of two emoji found alike, people mean one of these. */
const COMMON = new Set(
  '+1 -1 heart smile joy tada eyes pray fire clap white_check_mark rocket thinking_face wave sob 100 ok_hand muscle'.split(
    ' ',
  ),
)

/** Finds shown at most: more is no answer. */
const MOST = 120

const loading = new Map<string, Promise<EmojiWords>>()

/** Loads what the picker and completion need: always the English words, the Korean ones for readers of Korean. */
export function loadEmojiWords(locale: string): Promise<EmojiWords> {
  const language = locale.startsWith('ko') ? 'ko' : 'en'
  let words = loading.get(language)
  if (!words) {
    words = load(language)
    loading.set(language, words)
    words.catch(() => loading.delete(language))
  }
  return words
}

async function load(language: 'ko' | 'en'): Promise<EmojiWords> {
  const [english, own] = await Promise.all([
    import('./data/words-en.json', { with: { type: 'json' } }),
    language === 'ko' ? import('./data/words-ko.json', { with: { type: 'json' } }) : null,
  ])
  const { words, groups } = english.default
  const entries = words.map((row, at) => entryOf(at, row.split('|'), own?.default.words[at]!.split('|') ?? []))
  return makeWords(entries, groups as [EmojiGroup, number][])
}

function entryOf(at: number, english: string[], own: string[]): Entry {
  const { character, names } = systemEmoji()[at]!
  const words = [...own, ...english].map((word) => word.toLowerCase())
  return {
    name: names[0]!,
    character,
    names: names.map((name) => name.toLowerCase()),
    words,
    spelling: null,
  }
}

function spellingOf(entry: Entry): Spelling {
  if (entry.spelling) return entry.spelling
  const korean = entry.words.filter((word) => /[가-힣]/.test(word))
  entry.spelling = {
    letters: korean.map((word) => hangulLetters(word.replaceAll(' ', ''))),
    initials: korean.map(hangulInitials),
  }
  return entry.spelling
}

function makeWords(entries: Entry[], sizes: [EmojiGroup, number][]): EmojiWords {
  const labels = new Map(entries.map(({ name, words }) => [name, words[0]]))
  let from = 0
  const groups = sizes.map(([group, size]) => ({ group, emoji: entries.slice(from, (from += size)) }))
  return {
    groups,
    labelOf: (name) => labels.get(name),
    search: (query, customNames = []) => search(entries, query, customNames),
  }
}

/** Every word of the query must be found in an emoji; it counts as good as its worst word was found. */
function search(entries: readonly Entry[], query: string, customNames: readonly string[]): EmojiFind[] {
  const terms = query
    .normalize('NFC')
    .toLowerCase()
    .replaceAll(':', ' ')
    .trim()
    .split(/\s+/)
    .filter(Boolean)
    .slice(0, 8)
  if (terms.length === 0) return []
  const custom = customNames.map(customEntry)
  const ranked: { entry: Entry; rank: number }[] = []
  const needles = terms.map(needleOf)
  for (const entry of [...custom, ...entries]) {
    const rank = Math.max(...needles.map((needle) => rankOf(entry, needle)))
    if (rank < Infinity) ranked.push({ entry, rank })
  }
  return ranked
    .toSorted((a, b) => a.rank - b.rank || labelLength(a.entry) - labelLength(b.entry))
    .slice(0, MOST)
    .map(({ entry: { name, character } }) => ({ name, character }))
}

const labelLength = ({ words }: Entry): number => words[0]?.length ?? 0

const customEntry = (name: string): Entry => {
  const words = [name.toLowerCase().replaceAll('_', ' ')]
  return { name, character: null, names: [name.toLowerCase()], words, spelling: null }
}

type Needle = { text: string; letters: string; initials: boolean }

/** While Hangul is being composed, its last syllable is half a word: compare letters (`우` finds `웃음`). */
function needleOf(text: string): Needle {
  const korean = /\p{Script=Hangul}/u.test(text)
  return { text, letters: korean ? hangulLetters(text) : '', initials: isInitials(text) }
}

/** The smaller, the better; Infinity when it is not found. A label that holds the word counts before other words. */
function rankOf(entry: Entry, { text, letters, initials }: Needle): number {
  let rank = Infinity
  for (const name of entry.names) rank = Math.min(rank, nameRank(name, text))
  for (const word of entry.words) rank = Math.min(rank, wordRank(word, text))
  const spelled = letters === '' ? [] : spellingOf(entry)[initials ? 'initials' : 'letters']
  for (const word of spelled) rank = Math.min(rank, letterRank(word, letters))
  const inLabel = entry.words[0]?.includes(text) || spelled[0]?.includes(letters)
  return rank - (inLabel ? 0.25 : 0) - (COMMON.has(entry.name) ? 0.1 : 0)
}

function nameRank(name: string, text: string): number {
  if (name === text) return 0
  const found = name.indexOf(text)
  if (found === 0) return 1
  if (found < 0) return Infinity
  return /[_+-]/.test(name[found - 1]!) ? 2 : 5
}

function wordRank(word: string, text: string): number {
  if (word === text) return 1.5
  const found = word.indexOf(text)
  if (found < 0) return Infinity
  if (found === 0) return 3
  return word[found - 1] === ' ' ? 4 : 6
}

function letterRank(word: string, letters: string): number {
  if (word === letters) return 3.5
  const found = word.indexOf(letters)
  return found === 0 ? 4 : found < 0 ? Infinity : 7
}

/** Searches the emoji of a language by words, Korean initial consonants and English short names, best first. */
export async function searchEmoji(
  query: string,
  locale: string,
  customNames: readonly string[] = [],
): Promise<EmojiFind[]> {
  return (await loadEmojiWords(locale)).search(query, customNames)
}
