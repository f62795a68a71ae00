import { emojiCharacter } from './names.ts'
import type { EmojiFind } from './search-emoji.ts'

/** A custom emoji of the server. */
export type CustomEmoji = { id: string; name: string }

/** Where the picker gets custom emoji from. Both calls may fail; the picker then does without. */
export type CustomEmojiSource = {
  /** A page of the emoji by name, pages from 0; a page shorter than `perPage` is the last. */
  load: (page: number, perPage: number) => Promise<readonly CustomEmoji[]>
  search: (term: string) => Promise<readonly CustomEmoji[]>
  url: (name: string) => string | null
}

/** Custom emoji per page. */
export const CUSTOM_PAGE = 200

export const asFind = ({ name }: Pick<CustomEmoji, 'name'>): EmojiFind => ({ name, character: null })

/** Bytes of the picture of a custom emoji, and pixels of its sides, that the server accepts. */
export const EMOJI_LIMITS = { bytes: 512 * 1024, side: 1028, name: 64 } as const

/** What is wrong with a name, null when it will do. The server has the last word on names that are taken. */
export type NameProblem = 'empty' | 'long' | 'characters' | 'system'

/** Checks the name of a new custom emoji: up to 64 of lower-case letters, digits, `_`, `-` and `+`, none that everyone knows. */
export function checkEmojiName(name: string): NameProblem | null {
  if (name === '') return 'empty'
  if (name.length > EMOJI_LIMITS.name) return 'long'
  if (!/^[a-z0-9_+-]+$/.test(name)) return 'characters'
  return emojiCharacter(name) !== null || name === 'mattermost' ? 'system' : null
}

/** The name a file suggests: `My Cat.PNG` → `my_cat`. */
export function nameOfFile(fileName: string): string {
  const base = fileName.replace(/\.[^.]*$/, '').toLowerCase()
  return base
    .replaceAll(/[^a-z0-9_+-]+/g, '_')
    .replaceAll(/^_+|_+$/g, '')
    .slice(0, EMOJI_LIMITS.name)
}
