import { useCallback, useRef, useState } from 'react'
import type { ReactNode } from 'react'
import { getState } from '../../../client/store.ts'
import { useShortcut } from '../../../shell/keyboard.ts'
import type { Id, State } from '../../../store/state.ts'
import { replyTo } from '../actions/post-actions.ts'
import { rightsOf } from '../actions/post-rights.ts'
import type { Rights } from '../actions/post-rights.ts'
import { PickReaction } from '../reactions/PickReaction.tsx'

/** The keys that act on the newest post of a channel: Ctrl+Shift+\ reacts to it, Shift+Up replies to it from an empty field. */
export function ListKeys({ channelId }: { channelId: Id }): ReactNode {
  const [reactTo, setReactTo] = useState<Id>()
  const anchor = useRef<Element>(null)
  const onReact = useCallback(() => {
    const id = newest(getState(), channelId, 'react')
    const element = id && document.querySelector(`[data-post-id="${id}"]`)
    if (!element) return false
    anchor.current = element
    setReactTo(id)
    return true
  }, [channelId])
  const onReply = useCallback(
    (event: KeyboardEvent) => {
      const id = isWriting(event.target) ? undefined : newest(getState(), channelId, 'reply')
      if (id) replyTo(id)
      return id !== undefined
    },
    [channelId],
  )
  useShortcut('mod+shift+\\', onReact)
  useShortcut('mod+shift+|', onReact)
  useShortcut('shift+ArrowUp', onReply)
  return reactTo && <PickReaction postId={reactTo} anchor={anchor} onClose={() => setReactTo(undefined)} />
}

function newest(state: State, channelId: Id, right: keyof Rights): Id | undefined {
  const order = state.channelPosts[channelId]?.order ?? []
  return order.find((id) => state.posts[id] && rightsOf(state, state.posts[id])[right])
}

/** In a field with text the key moves the cursor. */
const isWriting = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement
    ? target.value !== ''
    : target.isContentEditable)
