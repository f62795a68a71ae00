import { isInCode } from '../edit-text.ts'

export type TriggerKind = 'person' | 'channel' | 'emoji' | 'command' | 'language'

/** A word at the caret that can be completed. */
export interface Trigger {
  readonly kind: TriggerKind
  /** what is typed of it, without its sign */
  readonly query: string
  /** where it begins in the text, its sign included */
  readonly from: number
}

/** A mail address or a path is no mention: no letter, digit or sign of one may stand before. Hangul may. */
const PERSON = /(?<![A-Za-z0-9@._-])@([\p{L}\p{N}._-]{0,64})$/u
const CHANNEL = /(?<![A-Za-z0-9~])~([\p{L}\p{N}_-]{0,64})$/u
/** Two letters, so that emoticons such as :D stay; one syllable of Hangul is a word already. */
const EMOJI = /(?<![A-Za-z0-9:]):((?:[a-z0-9_+-][\w+-]|[\p{Script=Hangul}])[\p{L}\p{N}_+-]{0,62})$/iu
const LANGUAGE = /(?:^|\n) {0,3}```([\w+#.-]{1,20})$/

/** What stands before the caret and waits for completion; null when nothing does. Nothing is completed inside of code. */
export function findTrigger(before: string): Trigger | null {
  // One of the longest words and what may stand before it.
  const near = before.slice(-120)
  const offset = before.length - near.length
  const language = LANGUAGE.exec(near)
  if (language && isInCode(before)) {
    return { kind: 'language', query: language[1]!, from: before.length - language[1]!.length }
  }
  if (/^\/\S*( .*)?$/.test(before) && !before.startsWith('//') && !before.includes('\n')) {
    const inWord = findWord(near, offset)
    return inWord ?? { kind: 'command', query: before.slice(1), from: 0 }
  }
  const word = findWord(near, offset)
  return word && !isInCode(before) && !isInSpan(before) ? word : null
}

function findWord(near: string, offset: number): Trigger | null {
  const kinds = { person: PERSON, channel: CHANNEL, emoji: EMOJI } as const
  for (const [kind, pattern] of Object.entries(kinds) as [TriggerKind, RegExp][]) {
    const found = pattern.exec(near)
    if (found) return { kind, query: found[1]!, from: offset + found.index }
  }
  return null
}

/** Whether the line ends inside of `code`. */
const isInSpan = (before: string): boolean =>
  (before.slice(before.lastIndexOf('\n') + 1).match(/`/g)?.length ?? 0) % 2 === 1
