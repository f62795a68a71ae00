/**
 * Writes src/features/emoji/data from the packages emoji-datasource (short names, as Mattermost's clients and our server
 * know them) and emojibase-data (words in English and Korean), both MIT. `node web/scripts/build-emoji.ts`
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'

interface Source {
  unified: string
  short_names: string[]
  category: string
  sort_order: number
  skin_variations?: Record<string, unknown>
}

interface Words {
  hexcode: string
  label: string
  tags?: string[]
}

/** The files of src/features/emoji/data by name. */
export type EmojiData = { 'names.json': unknown; 'words-en.json': unknown; 'words-ko.json': unknown }

/** In the order of the picker. What belongs to none (the bare skin tones) has a name, but is not offered. */
const GROUPS: [key: string, category: string][] = [
  ['smileys', 'Smileys & Emotion'],
  ['people', 'People & Body'],
  ['nature', 'Animals & Nature'],
  ['food', 'Food & Drink'],
  ['travel', 'Travel & Places'],
  ['activities', 'Activities'],
  ['objects', 'Objects'],
  ['symbols', 'Symbols'],
  ['flags', 'Flags'],
]

const { resolve } = createRequire(import.meta.url)
const read = (path: string): unknown => JSON.parse(readFileSync(resolve(path), 'utf8'))

/** Makes the data: one row per emoji, in the same order in every file. */
export function buildEmoji(): EmojiData {
  const all = (read('emoji-datasource') as Source[]).toSorted((a, b) => a.sort_order - b.sort_order)
  const groups = GROUPS.map(([key, category]) => ({ key, members: all.filter((emoji) => emoji.category === category) }))
  const offered = groups.flatMap(({ members }) => members)
  const rows = [...offered, ...all.filter((emoji) => !offered.includes(emoji))]
  const words = (language: string): string[] => {
    const known = new Map(
      (read(`emojibase-data/${language}/data.json`) as Words[]).map((one) => [bare(one.hexcode), one]),
    )
    return offered.map((emoji) => wordsOf(known.get(bare(emoji.unified)), emoji))
  }
  return {
    'names.json': rows.map(rowOf).join('\n'),
    'words-en.json': { groups: groups.map(({ key, members }) => [key, members.length]), words: words('en') },
    'words-ko.json': { words: words('ko') },
  }
}

/** Presentation selectors differ between the packages. */
const bare = (code: string): string => code.replaceAll(/-FE0F\b/g, '')

/** `character name alias …`; a `+` in front for each skin tone it takes. */
function rowOf({ unified, short_names, skin_variations = {} }: Source): string {
  const tones = Math.max(0, ...Object.keys(skin_variations).map((code) => code.split('-').length))
  const character = String.fromCodePoint(...unified.split('-').map((code) => Number.parseInt(code, 16)))
  return `${'+'.repeat(tones)}${character} ${short_names.join(' ')}`
}

/** `label|word|word`, the label first, words that say nothing new left out. */
function wordsOf(known: Words | undefined, { unified }: Source): string {
  if (!known) throw new Error(`emojibase-data has no words for ${unified}; take the versions that belong together.`)
  return [...new Set([known.label, ...(known.tags ?? [])])].map((word) => word.replaceAll('|', ' ')).join('|')
}

if (import.meta.main) {
  const folder = join(import.meta.dirname, '../src/features/emoji/data')
  for (const [name, data] of Object.entries(buildEmoji()))
    writeFileSync(join(folder, name), `${JSON.stringify(data)}\n`)
}
