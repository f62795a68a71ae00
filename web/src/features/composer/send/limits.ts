import { getState } from '../../../client/store.ts'

/** Characters of a post when the server names no limit. */
const DEFAULT_LIMIT = 16_383

/** Messages of more characters or lines are sent after a question: they fill everybody's screen. */
const LONG = { characters: 8_000, lines: 150 }

/** Characters that a message may have. */
export const messageLimit = (): number => Number(getState().config['MaxPostSize']) || DEFAULT_LIMIT

/** Characters as the server counts them: an emoji is one, not two. */
export function countCharacters(text: string): number {
  let count = 0
  for (const _ of text) count++
  return count
}

/** Characters that are left, negative when there are too many; null while the end is far. */
export function charactersLeft(text: string, limit = messageLimit()): number | null {
  const near = Math.min(500, Math.round(limit / 10))
  if (text.length < limit - near) return null
  const left = limit - countCharacters(text)
  return left <= near ? left : null
}

/** Whether a message is so long that its author is asked. */
export const isLong = (text: string): boolean =>
  text.length > LONG.characters || (text.match(/\n/g)?.length ?? 0) >= LONG.lines
