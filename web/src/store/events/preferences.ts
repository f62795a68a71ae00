import { markStale, putAll, without } from '../change.ts'
import type { Preference } from '../entities.ts'
import { preferenceKey } from '../state.ts'
import type { StaleKey, State } from '../state.ts'
import { parse } from './reducer.ts'
import type { Reducers } from './reducer.ts'

export const preferenceReducers: Reducers<'preferences_changed' | 'preferences_deleted' | 'preference_changed'> = {
  preferences_changed: (state, data) => change(state, parse<Preference[]>(data.preferences)),
  preference_changed: (state, data) => change(state, [parse<Preference>(data.preference)]),
  preferences_deleted: (state, data) => {
    const gone = parse<Preference[]>(data.preferences)
    const keys = gone.map((one) => preferenceKey(one.category, one.name))
    return followFavorites({ ...state, preferences: without(state.preferences, ...keys) }, gone)
  },
}

function change(state: State, changed: readonly Preference[]): State {
  const preferences = putAll(state.preferences, changed, (one) => preferenceKey(one.category, one.name))
  return followFavorites({ ...state, preferences }, changed)
}

/** The server keeps the favourites of the sidebar in step with this preference, and does not say where a channel stands then. */
function followFavorites(state: State, touched: readonly Preference[]): State {
  if (!touched.some((one) => one.category === 'favorite_channel')) return state
  return markStale(state, ...Object.keys(state.categoryOrder).map((team): StaleKey => `categories:${team}`))
}
