import type { Id } from '../store/state.ts'

const held = new Map<Id, number>()

/** Posts that are shown outside of their channel (a search, a panel) stay in the state until they are let go. Returns what lets go. */
export function holdPosts(ids: readonly Id[]): () => void {
  for (const id of ids) held.set(id, (held.get(id) ?? 0) + 1)
  return () => {
    for (const id of ids) {
      const left = (held.get(id) ?? 1) - 1
      if (left > 0) held.set(id, left)
      else held.delete(id)
    }
  }
}

/** Whether somebody shows the post outside of its channel. */
export const isHeld = (id: Id): boolean => held.has(id)
