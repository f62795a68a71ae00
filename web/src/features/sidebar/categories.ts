import { api } from '../../client/api.ts'
import { getState, update } from '../../client/store.ts'
import type { Category } from '../../store/entities.ts'
import { receivedCategories } from '../../store/load.ts'
import type { Id } from '../../store/state.ts'

/** Changes categories at once on the screen, then on the server; puts them back and rejects when it refuses. */
export async function saveCategories(teamId: Id, changed: readonly Category[]): Promise<void> {
  const before = getState().categories
  update((state) => ({ ...state, categories: { ...state.categories, ...byId(changed) } }))
  try {
    await api.updateChannelCategories('me', teamId, changed.map(asServer))
  } catch (error) {
    update((state) => ({
      ...state,
      categories: { ...state.categories, ...byId(changed.map((one) => before[one.id]!)) },
    }))
    throw error
  }
}

const byId = (categories: readonly Category[]): Record<Id, Category> =>
  Object.fromEntries(categories.map((category) => [category.id, category]))

const asServer = (category: Category): Category & { sort_order: number } => ({ ...category, sort_order: 0 })

/** Closes or opens, mutes, sorts or renames a category. */
export const changeCategory = (category: Category, change: Partial<Category>): Promise<void> =>
  saveCategories(category.team_id, [{ ...category, ...change }])

/** A new category, with these channels, at the top of the list. */
export async function createCategory(teamId: Id, name: string, channelIds: readonly Id[] = []): Promise<void> {
  await api.createChannelCategory('me', teamId, {
    user_id: getState().me,
    team_id: teamId,
    display_name: name,
    channel_ids: [...channelIds],
  })
  await reload(teamId)
}

/** Takes a category of mine away; its channels go back below Channels. */
export async function deleteCategory(category: Category): Promise<void> {
  await api.deleteChannelCategory('me', category.team_id, category.id)
  await reload(category.team_id)
}

async function reload(teamId: Id): Promise<void> {
  const body = await api.getChannelCategories('me', teamId)
  update((state) => receivedCategories(state, teamId, body))
}

/** Puts a channel into a category at a place (default: the top); the category is sorted by hand from then on when a place is given. */
export async function moveChannel(channelId: Id, target: Category, at?: number): Promise<void> {
  const { categories } = getState()
  const source = Object.values(categories).find(
    (one) => one.team_id === target.team_id && one.channel_ids.includes(channelId),
  )
  const others = target.channel_ids.filter((id) => id !== channelId)
  const placed: Category = {
    ...target,
    ...(at !== undefined && { sorting: 'manual' as Category['sorting'] }),
    channel_ids: others.toSpliced(at ?? 0, 0, channelId),
  }
  const left = source && source.id !== target.id && without(source, channelId)
  await saveCategories(target.team_id, left ? [left, placed] : [placed])
}

const without = (category: Category, channelId: Id): Category => ({
  ...category,
  channel_ids: category.channel_ids.filter((id) => id !== channelId),
})

/** Moves a category to a place in the list. */
export async function moveCategory(teamId: Id, categoryId: Id, at: number): Promise<void> {
  const before = getState().categoryOrder[teamId] ?? []
  const order = before.filter((id) => id !== categoryId).toSpliced(at, 0, categoryId)
  update((state) => ({ ...state, categoryOrder: { ...state.categoryOrder, [teamId]: order } }))
  try {
    await api.updateChannelCategoryOrder('me', teamId, order)
  } catch (error) {
    update((state) => ({ ...state, categoryOrder: { ...state.categoryOrder, [teamId]: before } }))
    throw error
  }
}

/** Into the favourites, or out of them. */
export function toggleFavorite(teamId: Id, channelId: Id): Promise<void> {
  const state = getState()
  const mine = Object.values(state.categories).filter((one) => one.team_id === teamId)
  const favorites = mine.find((one) => one.type === 'favorites')
  if (!favorites) return Promise.resolve()
  if (!favorites.channel_ids.includes(channelId)) return moveChannel(channelId, favorites)
  const direct = ['D', 'G'].includes(state.channels[channelId]?.type ?? '')
  const home = mine.find((one) => one.type === (direct ? 'direct_messages' : 'channels'))
  return home ? moveChannel(channelId, home) : Promise.resolve()
}
