import { api } from '../../../client/api.ts'
import { getState, update } from '../../../client/store.ts'
import { receivedEmojis } from '../../../store/load.ts'
import { loadEmojiWords } from '../../emoji/search-emoji.ts'
import type { EmojiWords } from '../../emoji/search-emoji.ts'
import type { Item } from './items.ts'

const MOST = 25

const loaded = new Map<string, EmojiWords>()

/** Emoji that fit what is typed behind a colon, by their words in the reader's language too; none until the words are loaded. */
export function findEmoji(locale: string, query: string): Item[] {
  const words = loaded.get(locale)
  if (!words) return []
  const custom = new Map(Object.values(getState().emojis).map((one) => [one.name, one.id]))
  return words
    .search(query, [...custom.keys()])
    .slice(0, MOST)
    .map(({ name, character }): Item => ({
      kind: 'emoji',
      name,
      url: character === null && custom.has(name) ? api.getCustomEmojiImageUrl(custom.get(name)!) : null,
      label: (character !== null && words.labelOf(name)) || '',
    }))
}

/** Loads the words of a language, and asks the server for emoji that people have added. */
export async function askForEmoji(locale: string, query: string): Promise<void> {
  const words = await loadEmojiWords(locale)
  loaded.set(locale, words)
  if (getState().config['EnableCustomEmoji'] !== 'true' || !/^[\w+-]{2,}$/.test(query)) return
  const found = await api.autocompleteCustomEmoji(query)
  if (found.length > 0) update((state) => receivedEmojis(state, found))
}
