import { create } from 'zustand'
import type { Id } from '../../../store/state.ts'

/** Posts that are to be handled together; null while nobody selects. */
export const useSelection = create<{ readonly ids: ReadonlySet<Id> | null }>()(() => ({ ids: null }))

/** Begins to select, with one post. */
export const startSelecting = (postId: Id): void => useSelection.setState({ ids: new Set([postId]) })

/** Takes a post in or out. */
export function toggleSelected(postId: Id): void {
  const { ids } = useSelection.getState()
  const next = new Set(ids)
  if (!next.delete(postId)) next.add(postId)
  useSelection.setState({ ids: next })
}

/** Nothing is selected any more. */
export const stopSelecting = (): void => useSelection.setState({ ids: null })
