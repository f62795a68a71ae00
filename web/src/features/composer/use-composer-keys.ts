import { useRef } from 'react'
import type { KeyboardEvent, RefObject } from 'react'
import { getState } from '../../client/store.ts'
import type { Post } from '../../store/entities.ts'
import type { Id, State } from '../../store/state.ts'
import { draftAt } from '../drafts/drafts.ts'
import type { Place } from '../drafts/drafts.ts'
import { startEditing } from '../posts/actions/editing.ts'
import { rightsOf } from '../posts/actions/post-rights.ts'
import { isSystemPost } from '../posts/post/author.ts'
import { applyEdit } from './apply-edit.ts'
import { hasMod } from './keys.ts'
import { sentMessage } from './send/sent-messages.ts'

/** Keys of an empty field: Up edits my last post. Ctrl+Up and Ctrl+Down go through what was sent. */
export function useComposerKeys(
  field: RefObject<HTMLTextAreaElement | null>,
  place: Place,
): (event: KeyboardEvent<HTMLTextAreaElement>) => boolean {
  /** how many messages back the field is; 0 for what is written now */
  const back = useRef(0)
  const show = (text: string): void => {
    const { current } = field
    if (!current) return
    applyEdit(current, { from: 0, to: current.value.length, insert: text, select: [text.length, text.length] })
  }
  return (event) => {
    const { key } = event
    const { current } = field
    if ((key !== 'ArrowUp' && key !== 'ArrowDown') || !current || event.altKey || event.shiftKey) return false
    if (hasMod(event)) {
      const isHistory = current.value === '' || current.value === sentMessage(back.current)
      const next = (isHistory && current.value !== '' ? back.current : 0) + (key === 'ArrowUp' ? 1 : -1)
      const text = next === 0 ? '' : sentMessage(next)
      if (!isHistory || text === undefined) return false
      back.current = next
      show(text)
      return true
    }
    if (key !== 'ArrowUp' || current.value !== '' || draftAt(place).read().files.length > 0) return false
    const last = lastOwnPost(getState(), place)
    return last !== undefined && startEditing(last, place.rootId ? 'thread' : 'channel')
  }
}

/** My last post in a channel or thread; none when it may not be edited, or is not sent yet. */
function lastOwnPost(state: State, { channelId, rootId }: Place): Id | undefined {
  const newestFirst = rootId
    ? [...(state.threadPosts[rootId] ?? []).toReversed(), rootId]
    : (state.channelPosts[channelId]?.order ?? [])
  const mine = newestFirst.map((id) => state.posts[id]).find((post) => post && isWrittenByMe(state, post))
  return mine && rightsOf(state, mine).edit ? mine.id : undefined
}

const isWrittenByMe = (state: State, post: Post): boolean => post.user_id === state.me && !isSystemPost(post)
