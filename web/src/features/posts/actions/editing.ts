import { create } from 'zustand'
import { getState } from '../../../client/store.ts'
import type { Id } from '../../../store/state.ts'
import type { Place } from '../post/place.ts'
import { rightsOf } from './post-rights.ts'

/** The post that is being edited, in the place where that was asked for; '' for none. */
export const useEditing = create<{ readonly postId: Id; readonly place: Place }>()(() => ({
  postId: '',
  place: 'channel',
}))

/** Turns a post into a field, where it is edited. Answers false when I may not edit it. */
export function startEditing(postId: Id, place: Place): boolean {
  const post = getState().posts[postId]
  if (!post || !rightsOf(getState(), post).edit) return false
  useEditing.setState({ postId, place })
  return true
}

/** The field becomes a post again. */
export const stopEditing = (): void => useEditing.setState({ postId: '' })
