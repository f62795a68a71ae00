import type { App } from '../app.ts'
import { invalidBody, invalidParam } from '../http/errors.ts'
import type { Query } from '../http/route.ts'
import { customEmojiEnabled } from './emoji-access.ts'
import { emojiError } from './emoji.errors.ts'
import { findEmoji, findEmojiByName, findEmojis, searchEmojis } from './emoji.store.ts'
import type { Emoji } from './emoji.store.ts'
import { emojisByNames, isEmojiName } from './known-emoji.ts'

type Parts = Pick<App, 'config' | 'db'>

const MAX_NAMES = 200
const SEARCH_LIMIT = 200
const AUTOCOMPLETE_LIMIT = 100

/** A page of the custom emojis, oldest first or by name. Throws 400 for another order, 501 when switched off. */
export async function listEmojis(app: Parts, query: Query): Promise<Emoji[]> {
  customEmojiEnabled(app)
  const sort = query.text('sort')
  if (sort !== '' && sort !== 'name') throw invalidParam('sort')
  return findEmojis(app.db, query.paging(), sort === 'name')
}

/** One custom emoji. Throws 404, 501 when switched off. */
export async function getEmoji(app: Parts, id: string): Promise<Emoji> {
  customEmojiEnabled(app)
  const emoji = await findEmoji(app.db, id)
  if (!emoji) throw emojiError('app.emoji.get.no_result')
  return emoji
}

/** The custom emoji of a name. Throws 404, 400 for what is no name of an emoji, 501 when switched off. */
export async function getEmojiByName(app: Parts, name: string): Promise<Emoji> {
  customEmojiEnabled(app)
  if (!isEmojiName(name)) throw invalidParam('emoji_name')
  const emoji = await findEmojiByName(app.db, name)
  if (!emoji) throw emojiError('app.emoji.get_by_name.no_result')
  return emoji
}

/** The custom emojis among up to 200 names. Throws 400 for more names, 501 when switched off. */
export async function getEmojisByNames(app: Parts, names: readonly string[]): Promise<Emoji[]> {
  customEmojiEnabled(app)
  if (names.length > MAX_NAMES) {
    throw emojiError('api.emoji.get_multiple_by_name_too_many.request_error', { MaxNames: MAX_NAMES })
  }
  return emojisByNames(app.db, names)
}

/** Up to 200 custom emojis whose name contains `term`, or begins with it. Throws 400 without one. */
export async function searchForEmojis(app: Pick<App, 'db'>, term: string, prefixOnly: boolean): Promise<Emoji[]> {
  if (term === '') throw invalidBody('term')
  return searchEmojis(app.db, term, prefixOnly, SEARCH_LIMIT)
}

/** Up to 100 custom emojis whose name begins with what somebody has typed. Throws 400 when that is nothing. */
export async function autocompleteEmojis(app: Pick<App, 'db'>, name: string): Promise<Emoji[]> {
  if (name === '' || name.includes('\0')) throw invalidParam('name')
  return searchEmojis(app.db, name, true, AUTOCOMPLETE_LIMIT)
}
