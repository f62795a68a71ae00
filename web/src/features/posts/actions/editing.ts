import { create } from 'zustand'
import { getState } from '../../../client/store.ts'
import type { Id } from '../../../store/state.ts'
import { rightsOf } from './post-rights.ts'

/** The post that is being edited, in the place where that was asked for; '' for none. */
export const useEditing = create<{ readonly postId: Id }>()(() => ({ postId: '' }))

/** Turns a post into a field. Answers false when I may not edit it. */
export function startEditing(postId: Id): boolean {
  const post = getState().posts[postId]
  if (!post || !rightsOf(getState(), post).edit) return false
  useEditing.setState({ postId })
  return true
}

/** The field becomes a post again. */
export const stopEditing = (): void => useEditing.setState({ postId: '' })
