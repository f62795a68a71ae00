import type { Category, Channel } from './entities.ts'
import { channelName, otherOf } from './names.ts'
import { preferenceKey } from './state.ts'
import type { Id, State } from './state.ts'
import { unreadOf } from './unread.ts'

/** A heading of the sidebar with what stands below it, in the order that its sorting says. */
export interface SidebarGroup {
  readonly category: Category
  readonly channelIds: readonly Id[]
}

/** Without a choice of mine, so many direct messages are shown. */
const DIRECT_LIMIT = 20

const preferenceOf = (state: State, category: string, name: string): string | undefined =>
  state.preferences[preferenceKey(category, name)]?.value

/** The sidebar of a team. `keep`: the channel in view, which stays even if it would be hidden. */
export function sidebarOf(state: State, teamId: Id, keep: Id): SidebarGroup[] {
  const order = state.categoryOrder[teamId] ?? []
  const categories = order.flatMap((id) => state.categories[id] ?? [])
  const shownDirects = directsToShow(state, keep)
  return categories.map((category) => {
    const shown = category.channel_ids.filter((id) => {
      const channel = state.channels[id]
      if (!channel || !state.channelMembers[id]) return false
      if (channel.delete_at) return id === keep
      return !isDirect(channel) || shownDirects.has(id)
    })
    return { category, channelIds: sortChannels(state, category, shown) }
  })
}

/** Direct and group messages belong to every team. */
export const isDirect = (channel: Pick<Channel, 'type'>): boolean => channel.type === 'D' || channel.type === 'G'

/** Which direct messages the sidebar shows: those I opened and did not close, unread ones always, and only the latest ones. */
function directsToShow(state: State, keep: Id): ReadonlySet<Id> {
  const open = Object.values(state.channels).filter((channel) => isDirect(channel) && wantsToBeSeen(state, channel))
  const limit = Number(preferenceOf(state, 'sidebar_settings', 'limit_visible_dms_gms') || DIRECT_LIMIT)
  const latest = open.toSorted((a, b) => b.last_post_at - a.last_post_at).slice(0, limit)
  const unread = open.filter((channel) => unreadOf(state, channel.id).unread)
  return new Set([keep, ...latest.map(({ id }) => id), ...unread.map(({ id }) => id)])
}

function wantsToBeSeen(state: State, channel: Channel): boolean {
  if (unreadOf(state, channel.id).unread) return true
  if (channel.type === 'G') return preferenceOf(state, 'group_channel_show', channel.id) !== 'false'
  return preferenceOf(state, 'direct_channel_show', otherOf(state, channel.name)) === 'true'
}

function sortChannels(state: State, category: Category, ids: readonly Id[]): readonly Id[] {
  const isMuted = (id: Id): number => (unreadOf(state, id).muted ? 1 : 0)
  const sorting = category.sorting || (category.type === 'direct_messages' ? 'recent' : 'alpha')
  if (sorting === 'manual') return ids
  if (sorting === 'recent') {
    const at = (id: Id): number => state.channels[id]?.last_post_at ?? 0
    return ids.toSorted((a, b) => isMuted(a) - isMuted(b) || at(b) - at(a))
  }
  const names = new Map(ids.map((id) => [id, channelName(state, id)]))
  return ids.toSorted((a, b) => isMuted(a) - isMuted(b) || compareNames(names.get(a)!, names.get(b)!))
}

const collator = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' })

/** Names in the order of the reader's alphabet, numbers by their value. */
export const compareNames = (a: string, b: string): number => collator.compare(a, b)

/** Every channel of the sidebar in the order in which it is read, closed headings left out. */
export function readingOrder(groups: readonly SidebarGroup[]): Id[] {
  return groups.filter(({ category }) => !category.collapsed).flatMap(({ channelIds }) => channelIds)
}
