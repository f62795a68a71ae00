import type { App } from '../app.ts'
import type { Queries } from '../database/pool.ts'
import { findEmojiByName, findEmojisByNames } from './emoji.store.ts'
import type { Emoji } from './emoji.store.ts'
import { isSystemEmoji } from './system-emoji.ts'

const NAME = /^[A-Za-z0-9_+-]{1,64}$/

/** Whether a text has the form of an emoji name: 1 to 64 of letters, digits, `_`, `+` and `-`. */
export const isEmojiName = (name: string): boolean => NAME.test(name)

/** Whether `name` is an emoji of all clients or a live custom one, so that people may react with it. */
export async function isKnownEmoji(app: Pick<App, 'db'>, name: string): Promise<boolean> {
  if (!isEmojiName(name)) return false
  return isSystemEmoji(name) || (await findEmojiByName(app.db, name)) !== null
}

/** The live custom emoji among `names` (as found between colons in a text); what is no such name is left out. */
export function emojisByNames(db: Queries, names: readonly string[]): Promise<Emoji[]> {
  const custom = [...new Set(names)].filter((name) => isEmojiName(name) && !isSystemEmoji(name))
  return findEmojisByNames(db, custom)
}
