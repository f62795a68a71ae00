import type { Id, State } from '../../store/state.ts'

/** Words that mean everybody in a channel. */
const RESERVED = ['all', 'channel', 'here']

/**
 * Why a group cannot be mentioned so: groups and people share one space of names. Of people and archived groups the client
 * knows only some; the server has the last word.
 */
export function mentionFault(
  state: Pick<State, 'groups' | 'users'>,
  mention: string,
  ownId: Id,
): 'letters' | 'reserved' | 'group' | 'user' | undefined {
  if (mention === '') return undefined
  if (!/^[a-z0-9._-]+$/.test(mention)) return 'letters'
  if (RESERVED.includes(mention)) return 'reserved'
  if (Object.values(state.groups).some(({ id, name }) => name === mention && id !== ownId)) return 'group'
  return Object.values(state.users).some(({ username }) => username === mention) ? 'user' : undefined
}
