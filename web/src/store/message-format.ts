import { preferenceKey } from './state.ts'
import type { State } from './state.ts'

/** Whether I want to see messages formatted; otherwise they are shown as they were typed. */
export const showsFormatted = (state: State): boolean =>
  state.preferences[preferenceKey('advanced_settings', 'formatting')]?.value !== 'false'
