import { scanMarkdown } from './markdown-scan.ts'

const WORD = /[\p{L}\p{M}\p{Nd}:.\-_@]+/gu
const CHANNEL = /(?<![\w~])(?:~~)?~([a-z0-9._-]+)/gi
const NAME = /^[a-z0-9._-]+/i
const LONGEST_NAME = 64

/** The mentions that mean everyone in the channel (`here`: everyone online). */
export const CHANNEL_WIDE = ['here', 'channel', 'all'] as const

export type ChannelWideName = (typeof CHANNEL_WIDE)[number]

/** Whether `name` (lower case, without `@`) is `here`, `channel` or `all`. */
export function isChannelWide(name: string): name is ChannelWideName {
  return name === 'here' || name === 'channel' || name === 'all'
}

/**
 * The words of a plain text as mentions see them: cut at every character that is no letter, digit or one of `:.-_@`;
 * words such as `:smile:` left out; leading `:.-_` taken off.
 */
export function* mentionWords(text: string): Generator<string> {
  for (const [raw] of text.matchAll(WORD)) {
    if (raw.startsWith(':') && raw.endsWith(':')) continue
    let start = 0
    while (start < raw.length && ':.-_'.includes(raw[start]!)) start++
    if (start < raw.length) yield start === 0 ? raw : raw.slice(start)
  }
}

/** Length of `text` without the characters of `marks` at its end. */
export function trimmedLength(text: string, marks: string): number {
  let end = text.length
  while (end > 0 && marks.includes(text[end - 1]!)) end--
  return end
}

/**
 * The names a written name may stand for, in lower case, longest first: as it is, then without its trailing `.-_` one
 * by one, because a sentence may end right behind it. Names are at most 64 characters, so the answer is short.
 */
export function nameCandidates(written: string): string[] {
  const name = NAME.exec(written)?.[0].toLowerCase() ?? ''
  const shortest = trimmedLength(name, '.-_')
  const candidates: string[] = []
  for (let end = Math.min(name.length, LONGEST_NAME); end > 0 && end >= shortest; end--) {
    candidates.push(name.slice(0, end))
  }
  return candidates
}

/**
 * Every name that may be meant by an `@name` outside code and link targets, each once, in order: candidates to look
 * up, not people. `@here`, `@channel`, `@all` are left out. Letters outside a-z end a name (`@gildong님` means
 * gildong): Korean puts particles right behind names, and clients highlight the name alone.
 */
export function possibleAtMentions(message: string): string[] {
  if (!message.includes('@')) return []
  const names = new Set<string>()
  for (const segment of scanMarkdown(message).segments) {
    for (const word of mentionWords(segment)) addAtNames(names, word)
  }
  return [...names]
}

function addAtNames(names: Set<string>, word: string): void {
  if (word.startsWith('@')) {
    const candidates = nameCandidates(word.slice(1))
    if (!candidates.some(isChannelWide)) for (const name of candidates) names.add(name)
    return
  }
  for (const piece of word.split(/[.\-:]/)) if (piece.startsWith('@')) addAtNames(names, piece)
}

/**
 * Channel names that may be meant by `~name` outside code and link targets, in lower case, each once, in order. The
 * caller keeps those that exist for props.channel_mentions.
 */
export function possibleChannelMentions(message: string): string[] {
  if (!message.includes('~')) return []
  const names = new Set<string>()
  for (const segment of scanMarkdown(message).segments) {
    for (const found of segment.matchAll(CHANNEL)) for (const name of nameCandidates(found[1]!)) names.add(name)
  }
  return [...names]
}
