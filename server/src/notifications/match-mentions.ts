import { scanMarkdown } from '../text/markdown-scan.ts'
import { isChannelWide, mentionWords, nameCandidates, trimmedLength } from '../text/mentions.ts'
import type { ChannelWideName } from '../text/mentions.ts'
import type { ChannelKeywords } from './keywords.ts'
import { MAX_KEYWORD_LENGTH } from './keywords.ts'
import type { NotificationGroup } from './notification-types.ts'

/** What the words of a post name, before any rule about who may be named. */
export type MentionHits = {
  /** Members named by a keyword of theirs. */
  users: Set<string>
  channelWide: Set<ChannelWideName>
  /** Groups that may be referred to, by name. */
  groups: Map<string, NotificationGroup>
  /** `@name`s that are nobody's keyword: candidates for people outside the channel, lower case. */
  unknown: Set<string>
}

type Groups = ReadonlyMap<string, NotificationGroup>

/**
 * Looks the words of `texts` up in the channel's keywords. The cost depends on the texts alone, never on the number
 * of members; texts without `@` in a channel without plain keywords are not even scanned.
 */
export function matchMentions(texts: readonly string[], keywords: ChannelKeywords, groups: Groups): MentionHits {
  const matcher = new MentionMatcher(keywords, groups)
  for (const text of texts) {
    if (!keywords.hasPlainKeywords && !text.includes('@')) continue
    for (const segment of scanMarkdown(text).segments) {
      for (const word of mentionWords(segment.normalize('NFC'))) matcher.word(word)
    }
  }
  return matcher.hits
}

/**
 * The texts of a post in which mentions count: message, and pretext, text and string field values of its
 * attachments. Anything of another type in `props.attachments` is passed over: integrations send what they like.
 */
export function mentionTexts(message: string, props: Readonly<Record<string, unknown>>): string[] {
  const texts = [message]
  const add = (value: unknown) => {
    if (typeof value === 'string' && value !== '') texts.push(value)
  }
  for (const attachment of records(props.attachments)) {
    add(attachment.pretext)
    add(attachment.text)
    for (const field of records(attachment.fields)) add(field.value)
  }
  return texts
}

class MentionMatcher {
  readonly hits: MentionHits = { users: new Set(), channelWide: new Set(), groups: new Map(), unknown: new Set() }
  readonly #keywords: ChannelKeywords
  readonly #groups: Groups
  readonly #add = (owners: ReadonlySet<string>): void => {
    for (const owner of owners) this.hits.users.add(owner)
  }

  constructor(keywords: ChannelKeywords, groups: Groups) {
    this.#keywords = keywords
    this.#groups = groups
  }

  word(word: string): void {
    const at = word.includes('@')
    if (!at && !this.#keywords.hasPlainKeywords) return
    if (word.startsWith('@')) this.#atWord(word)
    else if (!this.#wholeOrTrimmed(word)) {
      for (const piece of word.split(/[.\-:]/)) {
        if (piece.startsWith('@')) this.#atWord(piece)
        else if (piece !== '' && piece !== word) this.#check(piece)
      }
    }
    this.#keywords.matchInside(word, word.toLowerCase(), this.#add)
  }

  /**
   * `@name`. Letters outside a-z may stand right behind it: in Korean, particles do (`@gildong님께`), and clients
   * highlight the name alone, so who sees their name marked is also told.
   */
  #atWord(word: string): void {
    if (this.#wholeOrTrimmed(word)) return
    const candidates = nameCandidates(word.slice(1))
    const written = candidates[0]
    if (written === undefined) return
    if (isNonAscii(word, written.length + 1) && candidates.some((name) => this.#check(`@${name}`))) return
    for (const name of candidates) this.hits.unknown.add(name)
  }

  /** The word as it is, else without its trailing marks one by one. */
  #wholeOrTrimmed(word: string): boolean {
    const shortest = Math.max(1, trimmedLength(word, '.-:_'))
    for (let end = Math.min(word.length, MAX_KEYWORD_LENGTH); end >= shortest; end--) {
      if (this.#check(word.slice(0, end))) return true
    }
    return false
  }

  #check(word: string): boolean {
    const lower = word.toLowerCase()
    if (!lower.startsWith('@')) return this.#keywords.matchWord(word, lower, this.#add)
    const name = lower.slice(1)
    if (isChannelWide(name)) {
      this.hits.channelWide.add(name)
      return true
    }
    const group = this.#groups.get(name)
    if (group?.allowReference) this.hits.groups.set(name, group)
    return this.#keywords.matchWord(word, lower, this.#add) || group !== undefined
  }
}

function isNonAscii(word: string, at: number): boolean {
  return word.length > at && word.charCodeAt(at) > 0x7f
}

function records(value: unknown): Record<string, unknown>[] {
  if (!Array.isArray(value)) return []
  return value.filter((item): item is Record<string, unknown> => typeof item === 'object' && item !== null)
}
