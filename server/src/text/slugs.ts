import { createHash } from 'node:crypto'

const RESERVED_TEAM_STARTS = [
  'admin',
  'api',
  'channel',
  'claim',
  'error',
  'files',
  'help',
  'landing',
  'login',
  'mfa',
  'oauth',
  'plug',
  'plugins',
  'post',
  'signup',
  'boards',
  'playbooks',
]
const RESERVED_USERNAMES = new Set(['all', 'channel', 'here', 'matterbot', 'system'])

/** Whether a team name begins with a word that is an address of the site itself, such as `admin` or `api`. */
export function isReservedTeamName(name: string): boolean {
  const lower = name.toLowerCase()
  return RESERVED_TEAM_STARTS.some((word) => lower.startsWith(word))
}

/** Whether `name` may name a team: 2 to 64 of a-z, 0-9, inner `-` or one inner `__`, not reserved. */
export function isValidTeamName(name: unknown): name is string {
  return (
    typeof name === 'string' &&
    name.length >= 2 &&
    name.length <= 64 &&
    /^[a-z0-9](?:[a-z0-9-]*|[a-z0-9]*__[a-z0-9]*)[a-z0-9]$/.test(name) &&
    !isReservedTeamName(name)
  )
}

/**
 * Whether `name` may name a public or private channel: 1 to 64 of a-z, 0-9, `-`, `_`, starting with a letter or
 * digit. Names that look like those of direct and group channels are refused: someone could pre-empt them.
 */
export function isValidChannelName(name: unknown): name is string {
  return (
    typeof name === 'string' &&
    /^[a-z0-9][a-z0-9_-]{0,63}$/.test(name) &&
    !isGroupChannelName(name) &&
    !isDirectChannelName(name)
  )
}

/** Whether `name` may name a person or bot: 1 to 64 of a-z, 0-9, `.`, `-`, `_`, not reserved. Lower it first. */
export function isValidUsername(name: unknown): name is string {
  return typeof name === 'string' && /^[a-z0-9._-]{1,64}$/.test(name) && !RESERVED_USERNAMES.has(name)
}

/**
 * Whether `email` can be stored as an address: lower case, at most 128 characters, one `@`, no display name, quotes,
 * blanks or control characters (an attacker could otherwise add recipients or headers to a mail).
 */
export function isValidEmail(email: unknown): email is string {
  if (typeof email !== 'string' || email.length > 128 || email !== email.toLowerCase()) return false
  const parts = email.split('@')
  if (parts.length !== 2) return false
  return parts.every((part) => /^[^\s<>()[\],;:"\\.\p{C}]+(?:\.[^\s<>()[\],;:"\\.\p{C}]+)*$/u.test(part))
}

/** Length of a text in code points: the unit of most limits (PostgreSQL and clients count the same way). */
export function runes(text: string): number {
  let count = text.length
  for (let i = 0; i < text.length - 1; i++) {
    if ((text.charCodeAt(i) & 0xfc00) === 0xd800 && (text.charCodeAt(i + 1) & 0xfc00) === 0xdc00) {
      count--
      i++
    }
  }
  return count
}

/** The first `max` code points of a text, never half of one. */
export function truncateRunes(text: string, max: number): string {
  if (text.length <= max) return text
  let at = 0
  for (let count = 0; count < max && at < text.length; count++) at += text.codePointAt(at)! > 0xffff ? 2 : 1
  return text.slice(0, at)
}

/** Whether PostgreSQL can store `text` as it is: no NUL character and no half of a surrogate pair. */
export function isStorableText(text: string): boolean {
  return !text.includes('\0') && text.isWellFormed()
}

/** `text` as PostgreSQL can store it: NUL characters taken out, halves of surrogate pairs replaced by U+FFFD. */
export function storableText(text: string): string {
  return text.replaceAll('\0', '').toWellFormed()
}

/**
 * Whether every text in a parsed JSON value, keys included, can be stored in a jsonb column. Works without recursion:
 * an attacker could send very deep values.
 */
export function isStorableJson(value: unknown): boolean {
  const pending: unknown[] = [value]
  while (pending.length > 0) {
    const next = pending.pop()
    if (typeof next === 'string') {
      if (!isStorableText(next)) return false
    } else if (Array.isArray(next)) {
      for (const item of next) pending.push(item)
    } else if (typeof next === 'object' && next !== null) {
      for (const [key, item] of Object.entries(next)) pending.push(key, item)
    }
  }
  return true
}

/** Name of the direct channel of two people (the same id twice for oneself): the ids in byte order, joined by `__`. */
export function directChannelName(userId: string, otherId: string): string {
  return userId < otherId ? `${userId}__${otherId}` : `${otherId}__${userId}`
}

/** Name of the group channel of `userIds`: lower-case hex SHA-1 of the sorted ids, joined by nothing. */
export function groupChannelName(userIds: readonly string[]): string {
  return createHash('sha1').update(userIds.toSorted().join('')).digest('hex')
}

/** Whether `name` has the form of a direct channel's name. */
export function isDirectChannelName(name: string): boolean {
  return /^[a-z0-9]{26}__[a-z0-9]{26}$/.test(name)
}

/** Whether `name` has the form of a group channel's name. */
export function isGroupChannelName(name: string): boolean {
  return /^[0-9a-f]{40}$/.test(name)
}
