import { markStale, put, putAll } from '../change.ts'
import type { Category, ServerCategory } from '../entities.ts'
import { withoutSortOrder } from '../load.ts'
import type { Id, State } from '../state.ts'
import { parse } from './reducer.ts'
import type { Reducers } from './reducer.ts'

export const sidebarReducers: Reducers<
  | 'sidebar_category_created'
  | 'sidebar_category_deleted'
  | 'sidebar_category_updated'
  | 'sidebar_category_order_updated'
> = {
  sidebar_category_created: (state, _data, { team_id }) => markStale(state, `categories:${team_id}`),
  sidebar_category_deleted: (state, _data, { team_id }) => markStale(state, `categories:${team_id}`),
  /** Without a team it only announces that preferences follow. */
  sidebar_category_updated: (state, data, { team_id }) => {
    if (!team_id) return state
    if (!data.updatedCategories) return markStale(state, `categories:${team_id}`)
    return updateCategories(state, team_id, parse<ServerCategory[]>(data.updatedCategories))
  },
  sidebar_category_order_updated: (state, data, { team_id }) => ({
    ...state,
    categoryOrder: put(state.categoryOrder, team_id, data.order),
  }),
}

/**
 * Channels that now stand under these headings leave the others. Where one that left them stands now is told only if it is
 * under one of these. The favourites are also preferences, which are told by events of their own.
 */
function updateCategories(state: State, teamId: Id, raw: readonly ServerCategory[]): State {
  const updated = raw.map(withoutSortOrder)
  const ids = new Set(updated.map((one) => one.id))
  const placed = new Set(updated.flatMap((one) => one.channel_ids))
  const before = Object.values(state.categories).filter((one) => one.team_id === teamId)
  const others = before.filter((one) => !ids.has(one.id) && one.channel_ids.some((id) => placed.has(id)))
  const left = others.map((one): Category => ({ ...one, channel_ids: one.channel_ids.filter((id) => !placed.has(id)) }))
  const categories = putAll(state.categories, [...left, ...updated], (one) => one.id)
  const after = { ...state, categories }
  const lost = before.filter((one) => ids.has(one.id)).some((one) => one.channel_ids.some((id) => !placed.has(id)))
  return lost ? markStale(after, `categories:${teamId}`) : after
}
