import { api } from '../../../client/api.ts'
import { getState, update } from '../../../client/store.ts'
import type { User } from '../../../store/entities.ts'
import { receivedUsers } from '../../../store/load.ts'
import { typed } from '../../../store/match-name.ts'
import { fullName } from '../../../store/names.ts'
import { can } from '../../../store/permissions.ts'
import type { Id, State } from '../../../store/state.ts'
import type { Item } from './items.ts'
import { searchable } from './searchable.ts'

/** Shown at most of each kind. */
const MOST = 20
/** Asked of the server at once: for initial consonants it cannot search, the client picks among these. */
const ASKED = 100

/** Who is in a channel and who is not, as far as completion has heard. */
const members = new Map<Id, Map<Id, boolean>>()

function heardOf(state: State, channelId: Id): Map<Id, boolean> {
  const known = members.get(channelId) ?? new Map<Id, boolean>()
  members.set(channelId, known)
  for (const id of state.channelUsers[channelId] ?? []) known.set(id, true)
  const channel = state.channels[channelId]
  if (channel?.type === 'D') for (const id of channel.name.split('__')) known.set(id, true)
  return known
}

/** People, groups and words for everybody that fit what is typed behind @; those of the channel first, then who wrote there last. */
export function findPeople(state: State, channelId: Id, query: string): Item[] {
  const { score } = typed(query)
  const recent = recentAuthors(state, channelId)
  const known = heardOf(state, channelId)
  for (const id of recent.keys()) known.set(id, known.get(id) ?? true)
  const rank = (user: User): number => Math.max(score(user.username), score(fullName(user)), score(user.nickname))
  const hits = [...known].flatMap(([id, isMember]) => {
    const user = state.users[id]
    const fit = user && user.delete_at === 0 ? rank(user) : 0
    return user && fit > 0 ? [{ kind: 'user' as const, user, isMember, fit, at: recent.get(id) ?? 0 }] : []
  })
  const sorted = hits.toSorted((a, b) => b.fit - a.fit || b.at - a.at || (a.user.username < b.user.username ? -1 : 1))
  const item = ({ user, isMember }: (typeof hits)[number]): Item => ({ kind: 'user', user, isMember })
  const inside = sorted.filter(({ isMember }) => isMember).slice(0, MOST)
  const outside = sorted.filter(({ isMember }) => !isMember).slice(0, MOST)
  return [
    ...inside.map(item),
    ...everyone(state, channelId, query),
    ...groups(state, channelId, query),
    ...outside.map(item),
  ]
}

function recentAuthors(state: State, channelId: Id): Map<Id, number> {
  const authors = new Map<Id, number>()
  for (const id of state.channelPosts[channelId]?.order.slice(0, 200) ?? []) {
    const post = state.posts[id]
    if (post && !post.type && !authors.has(post.user_id)) authors.set(post.user_id, post.create_at)
  }
  // Oneself is mentioned least.
  if (authors.has(state.me)) authors.set(state.me, 1)
  return authors
}

function everyone(state: State, channelId: Id, query: string): Item[] {
  if (!can(state, 'use_channel_mentions', { channelId })) return []
  const names = ['here', 'channel', 'all'] as const
  return names.filter((name) => name.startsWith(query.toLowerCase())).map((name) => ({ kind: 'everyone', name }))
}

function groups(state: State, channelId: Id, query: string): Item[] {
  if (!can(state, 'use_group_mentions', { channelId })) return []
  const { score } = typed(query)
  const fits = Object.values(state.groups).filter(
    ({ name, display_name: title, allow_reference: open, delete_at: gone }) =>
      open && !gone && name && Math.max(score(name), score(title)) > 0,
  )
  return fits.slice(0, MOST).map((group) => ({ kind: 'group', group }))
}

/** Asks the server who else fits, and puts them into the state; `findPeople` finds them then. */
export async function askForPeople(channelId: Id, teamId: Id, query: string): Promise<void> {
  const found = await api.autocompleteUsers(searchable(query), teamId, channelId, { limit: ASKED })
  const inside: User[] = found.users ?? []
  const outside: User[] = found.out_of_channel ?? []
  const known = heardOf(getState(), channelId)
  for (const { id } of outside) known.set(id, false)
  for (const { id } of inside) known.set(id, true)
  update((state) => receivedUsers(state, [...inside, ...outside]))
}
