import { can } from '../../../store/permissions.ts'
import type { Id, State } from '../../../store/state.ts'

/** A message without what is code: nobody is mentioned there. */
const withoutCode = (text: string): string =>
  text.replace(/^ {0,3}(```|~~~)[^\n]*\n[\s\S]*?(?:\n {0,3}\1|$(?![\s\S]))/gm, ' ').replace(/`[^`\n]+`/g, ' ')

const MENTION = /(?<![A-Za-z0-9@._-])@([\p{L}\p{N}][\p{L}\p{N}._-]*)/gu

/** All names behind an @, in small letters, as typed and without what may be punctuation behind them. */
export function mentionedNames(text: string): ReadonlySet<string> {
  const names = [...withoutCode(text).matchAll(MENTION)].map(([, name]) => name!.toLowerCase())
  return new Set(names.flatMap((name) => [name, name.replace(/[._-]+$/, '')]))
}

export const EVERYONE = ['all', 'channel', 'here'] as const

/** The words for everybody in a message that take effect for me, in this channel. */
export function mentionedEveryone(state: State, channelId: Id, text: string): readonly string[] {
  if (!text.includes('@') || !can(state, 'use_channel_mentions', { channelId })) return []
  const names = mentionedNames(text)
  return EVERYONE.filter((name) => names.has(name))
}

/** The groups that a message mentions and that I may mention. */
export function mentionedGroups(state: State, channelId: Id, text: string) {
  if (!text.includes('@') || !can(state, 'use_group_mentions', { channelId })) return []
  const names = mentionedNames(text)
  return Object.values(state.groups).filter((one) => one.name && one.allow_reference && names.has(one.name))
}

/** Whether a message names anybody but me and everybody. Who is unknown here may be known to the server. */
export function namesSomebody({ users, me }: State, text: string): boolean {
  const others = [...mentionedNames(text)].filter((name) => !EVERYONE.some((word) => word === name))
  return others.some((name) => name !== users[me]?.username)
}

/** How many people and groups known here a message mentions by name. */
export function countMentioned(state: State, channelId: Id, text: string): number {
  const names = mentionedNames(text)
  const people = Object.values(state.users).filter((user) => names.has(user.username) && user.id !== state.me)
  return people.length + mentionedGroups(state, channelId, text).length
}
