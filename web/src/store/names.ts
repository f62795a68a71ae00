import type { User } from './entities.ts'
import { preferenceKey } from './state.ts'
import type { Id, State } from './state.ts'

/** How I want people to be called: my choice, else the server's. */
export function nameFormat(state: State): string {
  const locked = state.config['LockTeammateNameDisplay'] === 'true'
  const chosen = state.preferences[preferenceKey('display_settings', 'name_format')]?.value
  return (!locked && chosen) || state.config['TeammateNameDisplay'] || 'username'
}

/** How somebody is called, '' while unknown. Korean names are written family name first. */
export function displayName(state: State, userId: Id): string {
  const user = state.users[userId]
  return user ? nameIn(nameFormat(state), user) : ''
}

/** A name in one of the three formats of the setting. */
export function nameIn(format: string, user: Pick<User, 'username' | 'first_name' | 'last_name' | 'nickname'>): string {
  const full = fullName(user)
  if (format === 'nickname_full_name') return user.nickname || full || user.username
  if (format === 'full_name') return full || user.username
  return user.username
}

/** First and last name in the order of their script. */
export function fullName({ first_name: first, last_name: last }: { first_name: string; last_name: string }): string {
  const korean = /^[\p{Script=Hangul}]+$/u
  if (korean.test(first) && korean.test(last)) return last + first
  return [first, last].filter(Boolean).join(' ')
}

/** What a channel is called: for direct messages the other's name, for groups everybody's but mine. */
export function channelName(state: State, channelId: Id): string {
  const channel = state.channels[channelId]
  if (!channel) return ''
  if (channel.type === 'D') return displayName(state, otherOf(state, channel.name)) || channel.display_name
  if (channel.type !== 'G') return channel.display_name
  const mine = state.users[state.me]?.username
  const names = channel.display_name.split(', ').filter((name) => name !== mine)
  return names.map((name) => nameOfUsername(state, name)).join(', ')
}

function nameOfUsername(state: State, username: string): string {
  const user = Object.values(state.users).find((one) => one.username === username)
  return user ? nameIn(nameFormat(state), user) : username
}

/** The other person of a direct channel, by its name; myself when I write to myself. */
export const otherOf = (state: State, directName: string): Id =>
  directName.split('__').find((id) => id !== state.me) ?? state.me
