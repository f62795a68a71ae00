import type { KeyboardEvent } from 'react'
import { getState } from '../../../client/store.ts'
import type { Post } from '../../../store/entities.ts'
import { forwardPosts } from '../forward/forward-posts.tsx'
import type { Place } from '../post/place.ts'
import { askToDelete } from './ask-to-delete.tsx'
import { startEditing } from './editing.ts'
import * as act from './post-actions.ts'
import { rightsOf } from './post-rights.ts'
import { startSelecting } from './selecting.ts'

/** Letters of the physical key, so that they work while Hangul is on; Enter opens the thread. Answers whether the key was one of a post's. */
export function pressedOnPost(event: KeyboardEvent<HTMLElement>, post: Post, place: Place): boolean {
  if (event.target !== event.currentTarget || event.nativeEvent.isComposing) return false
  if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return false
  const rights = rightsOf(getState(), post)
  const keys: Record<string, (() => unknown) | false> = {
    Enter: rights.reply && (() => act.replyTo(post.id)),
    KeyR: rights.reply && (() => act.replyTo(post.id)),
    KeyE: rights.edit && (() => startEditing(post.id, place)),
    KeyS: rights.isReal && (() => act.save(post.id, !act.isSaved(post.id))),
    KeyP: rights.pin && (() => act.pin(post.id, !post.is_pinned)),
    KeyU: rights.isReal && (() => act.markUnread(post.id)),
    KeyK: rights.isReal && (() => act.copyLink(post.id)),
    KeyC: () => act.copyText([post.id]),
    KeyF: rights.forward && (() => forwardPosts([post.id])),
    KeyX: rights.isReal && (() => startSelecting(post.id)),
    Delete: rights.remove && (() => askToDelete([post.id])),
    Backspace: rights.remove && (() => askToDelete([post.id])),
  }
  const action = keys[event.code]
  if (!action) return false
  event.preventDefault()
  action()
  return true
}
