import { receivedPreferences } from '../store/load.ts'
import { preferenceKey } from '../store/state.ts'
import { request } from './api.ts'
import { getState, update, useStore } from './store.ts'

/** What I chose, or `fallback` while I chose nothing. */
export const usePreference = (category: string, name: string, fallback = ''): string =>
  useStore((state) => state.preferences[preferenceKey(category, name)]?.value ?? fallback)

/** The same, for code outside of components. */
export const preference = (category: string, name: string, fallback = ''): string =>
  getState().preferences[preferenceKey(category, name)]?.value ?? fallback

interface Choice {
  readonly category: string
  readonly name: string
  readonly value: string
}

/** Saves choices: at once on the screen, then on the server. Puts them back and rejects when the server refuses. */
export async function savePreferences(...choices: readonly Choice[]): Promise<void> {
  const before = getState().preferences
  const mine = choices.map((choice) => ({ ...choice, user_id: getState().me }))
  update((state) => receivedPreferences(state, [...Object.values(state.preferences), ...mine]))
  try {
    await request('PUT', '/users/me/preferences', mine)
  } catch (error) {
    update((state) => ({ ...state, preferences: before }))
    throw error
  }
}

/** Takes choices back: what follows is the default. */
export async function deletePreferences(...choices: readonly Choice[]): Promise<void> {
  const before = getState().preferences
  const keys = new Set(choices.map((one) => preferenceKey(one.category, one.name)))
  const kept = Object.entries(before).filter(([key]) => !keys.has(key))
  update((state) => ({ ...state, preferences: Object.fromEntries(kept) }))
  try {
    const mine = choices.map((choice) => ({ ...choice, user_id: getState().me }))
    await request('POST', '/users/me/preferences/delete', mine)
  } catch (error) {
    update((state) => ({ ...state, preferences: before }))
    throw error
  }
}
