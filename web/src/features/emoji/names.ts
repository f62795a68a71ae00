import list from './data/names.json' with { type: 'json' }

/** Skin tones as in names (`wave_dark_skin_tone`), and the character that follows a person or hand. */
export const SKIN_TONES = [
  { tone: 'light', character: '\u{1f3fb}' },
  { tone: 'medium_light', character: '\u{1f3fc}' },
  { tone: 'medium', character: '\u{1f3fd}' },
  { tone: 'medium_dark', character: '\u{1f3fe}' },
  { tone: 'dark', character: '\u{1f3ff}' },
] as const

export type SkinTone = (typeof SKIN_TONES)[number]['tone']

/** `tones`: how many skin tones may follow, one per person. The first of the names is the usual one. */
export type SystemEmoji = { character: string; names: string[]; tones: number }

type Index = { all: SystemEmoji[]; byName: Map<string, SystemEmoji>; byCharacter: Map<string, SystemEmoji> }

let index: Index | null = null

/** Made at the first use: pages without emoji need none of it. */
function loaded(): Index {
  if (index) return index
  const all = list.split('\n').map(parseRow)
  index = {
    all,
    byName: new Map(all.flatMap((emoji) => emoji.names.map((name) => [name, emoji]))),
    byCharacter: new Map(all.map((emoji) => [bare(emoji.character), emoji])),
  }
  return index
}

function parseRow(row: string): SystemEmoji {
  const tones = row.lastIndexOf('+', 1) + 1
  const [character, ...names] = row.slice(tones).split(' ')
  return { character: character!, names, tones }
}

const bare = (character: string): string => character.replaceAll('\ufe0f', '')

/** All emoji that are characters, in the order of the picker. */
export const systemEmoji = (): readonly SystemEmoji[] => loaded().all

/** The emoji of a short name without skin tones, undefined if there is none. */
export const findSystemEmoji = (name: string): SystemEmoji | undefined => loaded().byName.get(name)

const TONED = /_(light|medium_light|medium|medium_dark|dark)_skin_tone$/

/** The emoji and the tones of a name such as `handshake_light_skin_tone_dark_skin_tone`; null when it is no name. */
function readName(name: string): { emoji: SystemEmoji; tones: string[] } | null {
  const tones: string[] = []
  for (let rest = name; ;) {
    const emoji = loaded().byName.get(rest)
    if (emoji && tones.length <= emoji.tones) return { emoji, tones }
    const found = tones.length < 2 ? TONED.exec(rest) : null
    if (!found) return null
    tones.unshift(SKIN_TONES.find(({ tone }) => tone === found[1])!.character)
    rest = rest.slice(0, found.index)
  }
}

/**
 * The character of a name, skin tones included; null for names of custom emoji and for what is none. The names are those the
 * server accepts, but for `mattermost`, which is a picture of another product's clients.
 */
export function emojiCharacter(name: string): string | null {
  const found = readName(name)
  return found && toned(found.emoji.character, found.tones)
}

/** Pairs that are one character until their two people differ in tone. */
const PAIRS: Readonly<Record<string, [left: string, right: string]>> = {
  '🤝': ['🫱', '\u200d🫲'],
  '👫': ['👩', '\u200d🤝\u200d👨'],
  '👬': ['👨', '\u200d🤝\u200d👨'],
  '👭': ['👩', '\u200d🤝\u200d👩'],
  '💏': ['🧑', '\u200d❤\ufe0f\u200d💋\u200d🧑'],
  '💑': ['🧑', '\u200d❤\ufe0f\u200d🧑'],
}

function toned(character: string, [first, second]: readonly string[]): string {
  if (first === undefined) return character
  const pair = PAIRS[character]
  const left = pair && second !== undefined ? pair[0] : String.fromCodePoint(character.codePointAt(0)!)
  const right = pair && second !== undefined ? pair[1] : character.slice(left.length).replace(/^\ufe0f/, '')
  // Two people who are one sequence take a tone each, the second one at the end.
  const last = second ?? (isCouple(right) ? first : '')
  return left + first + right + last
}

/** Whether a sequence ends with a second person, who takes a tone too. */
const isCouple = (right: string): boolean => /[\u{1f468}\u{1f469}\u{1f9d1}]$/u.test(right)

/** The usual name of an emoji character, skin tones included; null for a character we know no name of. */
export function emojiName(character: string): string | null {
  const known = loaded().byCharacter.get(bare(character))
  if (known) return known.names[0]!
  const tones = SKIN_TONES.filter((one) => character.includes(one.character))
  const [first] = tones
  const base = first && loaded().byCharacter.get(bare(character.replaceAll(first.character, '')))
  return base && tones.length === 1 && base.tones > 0 ? `${base.names[0]}_${first.tone}_skin_tone` : null
}

/** The name with a skin tone, the name itself where the emoji takes none. */
export function withSkinTone(name: string, tone: SkinTone | null): string {
  const emoji = findSystemEmoji(name)
  return tone && emoji && emoji.tones > 0 ? `${name}_${tone}_skin_tone` : name
}
