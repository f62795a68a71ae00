import { useSyncExternalStore } from 'react'

/** Windows that show one pane at a time; the style sheets say the same width. */
export const NARROW = '(max-width: 767px)'

const query = matchMedia(NARROW)

/** Whether one pane is shown at a time, for code outside of components. */
export const isNarrow = (): boolean => query.matches

/** Whether one pane is shown at a time. */
export const useNarrow = (): boolean => useSyncExternalStore(onNarrow, isNarrow)

function onNarrow(heard: () => void): () => void {
  query.addEventListener('change', heard)
  return () => query.removeEventListener('change', heard)
}
