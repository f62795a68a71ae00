import { isChannelWide } from '../text/mentions.ts'
import { KeywordTrie } from './keyword-trie.ts'
import type { NotificationMember } from './notification-types.ts'
import { acceptsChannelWide, pushLevel } from './levels.ts'

/** Longer keywords are not indexed: no word of a sentence is that long, and each look-up costs its length. */
export const MAX_KEYWORD_LENGTH = 128

const ONE_WORD = /^[\p{L}\p{M}\p{Nd}:.\-_@]+$/u
// oxlint-disable-next-line no-control-regex -- the ASCII range is meant
const MULTIBYTE = /[^\x00-\x7f]/

type Derived = { words: string[]; parts: string[]; name: string }

/**
 * The mention keywords of a channel's members, built once and kept beside the channel's member list: a post is
 * looked up in it word by word, so that posting does not cost more in a channel of ten thousand. Deactivated members
 * are not part of it.
 */
export class ChannelKeywords {
  /** Keyword look-ups and member records read so far: what the cost of a post is measured by. */
  lookups = 0
  visits = 0
  /** Members who answer to `@channel` and `@all` (and to `@here` while online). */
  readonly channelWide = new Set<string>()
  /** Members who may want a push for every post. */
  readonly pushAll = new Set<string>()
  /** Members who follow every thread of the channel. */
  readonly autoFollow = new Set<string>()

  readonly #members = new Map<string, NotificationMember>()
  readonly #derived = new Map<string, Derived>()
  readonly #words = new Map<string, Set<string>>()
  readonly #names = new Map<string, Set<string>>()
  readonly #parts = new KeywordTrie()
  readonly #nameParts = new KeywordTrie()
  #plain = 0

  constructor(members: Iterable<NotificationMember> = []) {
    for (const member of members) this.setMember(member)
  }

  /** Number of active members. */
  get size(): number {
    return this.#members.size
  }

  /** Whether some keyword is not written with `@`: if none is, a message without `@` mentions nobody. */
  get hasPlainKeywords(): boolean {
    return this.#plain > 0
  }

  /** Adds a member, or takes over what changed of one (also name, props). A deactivated one is removed. */
  setMember(member: NotificationMember): void {
    this.removeMember(member.userId)
    if (member.deleteAt !== 0) return
    const { userId } = member
    const derived = derive(member)
    this.#members.set(userId, member)
    this.#derived.set(userId, derived)
    for (const word of derived.words) addOwner(this.#words, word, userId)
    for (const part of derived.parts) this.#parts.add(part, userId)
    if (derived.name !== '') {
      if (MULTIBYTE.test(derived.name)) this.#nameParts.add(derived.name, userId)
      else addOwner(this.#names, derived.name, userId)
    }
    this.#plain += countPlain(derived)
    if (acceptsChannelWide(member)) this.channelWide.add(userId)
    if (pushLevel(member) === 'all') this.pushAll.add(userId)
    if (member.channelNotifyProps.channel_auto_follow_threads === 'on') this.autoFollow.add(userId)
  }

  /** Takes a member out; unknown ids are ignored. */
  removeMember(userId: string): void {
    const derived = this.#derived.get(userId)
    if (!derived) return
    this.#members.delete(userId)
    this.#derived.delete(userId)
    for (const word of derived.words) removeOwner(this.#words, word, userId)
    for (const part of derived.parts) this.#parts.remove(part, userId)
    if (derived.name !== '') {
      if (MULTIBYTE.test(derived.name)) this.#nameParts.remove(derived.name, userId)
      else removeOwner(this.#names, derived.name, userId)
    }
    this.#plain -= countPlain(derived)
    for (const set of [this.channelWide, this.pushAll, this.autoFollow]) set.delete(userId)
  }

  has(userId: string): boolean {
    return this.#members.has(userId)
  }

  /** The member, undefined if the person is not (or no longer) in the channel. */
  member(userId: string): NotificationMember | undefined {
    this.visits++
    return this.#members.get(userId)
  }

  /** All member ids. Costs as many visits: for group messages and posts that must reach everyone. */
  *userIds(): Generator<string> {
    for (const userId of this.#members.keys()) {
      this.visits++
      yield userId
    }
  }

  /** Calls `found` with the owners of the keyword `word`; answers whether there are any. First names mind the case. */
  matchWord(word: string, lower: string, found: (owners: ReadonlySet<string>) => void): boolean {
    if (word.length > MAX_KEYWORD_LENGTH) return false
    this.lookups++
    const owners = this.#words.get(lower)
    const named = this.#names.size > 0 ? this.#names.get(word) : undefined
    if (owners) found(owners)
    if (named) found(named)
    return owners !== undefined || named !== undefined
  }

  /** Calls `found` for the keywords of multibyte characters inside `word`, if the word has such characters. */
  matchInside(word: string, lower: string, found: (owners: ReadonlySet<string>) => void): void {
    if (!MULTIBYTE.test(word)) return
    this.lookups++
    this.#parts.search(lower, found)
    this.#nameParts.search(word, found)
  }
}

function derive(member: NotificationMember): Derived {
  const words = new Set([`@${member.username.toLowerCase()}`])
  const parts = new Set<string>()
  for (const raw of (member.notifyProps.mention_keys ?? '').split(',')) {
    const key = raw.trim().normalize('NFC').toLowerCase()
    if (!canMatch(key) || (key.startsWith('@') && isChannelWide(key.slice(1)))) continue
    if (MULTIBYTE.test(key)) parts.add(key)
    else words.add(key)
  }
  const name = member.notifyProps.first_name === 'true' ? member.firstName.trim().normalize('NFC') : ''
  return { words: [...words], parts: [...parts], name: canMatch(name) ? name : '' }
}

/** A keyword of several words is for clients to highlight; here it could never equal a single word. */
function canMatch(keyword: string): boolean {
  return keyword !== '' && keyword.length <= MAX_KEYWORD_LENGTH && ONE_WORD.test(keyword)
}

function countPlain({ words, parts, name }: Derived): number {
  let count = name === '' ? 0 : 1
  for (const word of words) if (!word.includes('@')) count++
  for (const part of parts) if (!part.includes('@')) count++
  return count
}

function addOwner(index: Map<string, Set<string>>, keyword: string, owner: string): void {
  const owners = index.get(keyword)
  if (owners) owners.add(owner)
  else index.set(keyword, new Set([owner]))
}

function removeOwner(index: Map<string, Set<string>>, keyword: string, owner: string): void {
  const owners = index.get(keyword)
  if (owners?.delete(owner) && owners.size === 0) index.delete(keyword)
}
