import { getState } from '../client/store.ts'
import { preferenceKey } from '../store/state.ts'

/** light, dark, or as the system has it. Kept on this device too, so that the first picture has the right colours. */
export type Theme = 'light' | 'dark' | 'system'

const KEY = 'outpost.theme'

/** The theme that was chosen, here or with the account. */
export function chosenTheme(): Theme {
  const saved = getState().preferences[preferenceKey('display_settings', 'color_scheme')]?.value
  const theme = saved ?? localStorage.getItem(KEY)
  return theme === 'light' || theme === 'dark' ? theme : 'system'
}

/** Puts the chosen theme on the page. */
export function applyTheme(theme: Theme = chosenTheme()): void {
  localStorage.setItem(KEY, theme)
  if (theme === 'system') delete document.documentElement.dataset['theme']
  else document.documentElement.dataset['theme'] = theme
}
