import { useCallback, useEffect, useRef, useState, useSyncExternalStore } from 'react'
import { socket } from '../../../client/api.ts'
import { onEvent } from '../../../client/live.ts'
import { getState, useStore } from '../../../client/store.ts'
import type { Id } from '../../../store/state.ts'
import { isUnread } from './unread.ts'
import { viewChannel } from './view-channel.ts'

const isFocused = (): boolean => document.visibilityState === 'visible' && document.hasFocus()

function subscribe(heard: () => void): () => void {
  window.addEventListener('focus', heard)
  window.addEventListener('blur', heard)
  document.addEventListener('visibilitychange', heard)
  return () => {
    window.removeEventListener('focus', heard)
    window.removeEventListener('blur', heard)
    document.removeEventListener('visibilitychange', heard)
  }
}

/** Whether somebody looks at this window. */
export const useWindowFocus = (): boolean => useSyncExternalStore(subscribe, isFocused)

export interface Reading {
  /** ms: "New messages" stands above the first post after it; undefined for no line */
  readonly lineAt: number | undefined
  /** everything is read: no line any more. False when nothing was unread */
  readonly markRead: () => boolean
}

/**
 * Marks a channel read while somebody looks at it. The line stays where it was until the channel is left; a post that was
 * marked unread by hand keeps the channel unread until then.
 */
export function useReading(channelId: Id): Reading {
  const focused = useWindowFocus()
  const viewedAt = useStore((state) => state.channelMembers[channelId]?.last_viewed_at ?? 0)
  const unread = useStore((state) => isUnread(state, channelId) || mentions(state, channelId) > 0)
  const [lineAt, setLineAt] = useState(() => (isUnread(getState(), channelId) ? viewedAt : undefined))
  const byHand = useRef(false)
  useEffect(
    () =>
      onEvent('post_unread', ({ broadcast, data }) => {
        if (broadcast.channel_id !== channelId) return
        byHand.current = true
        setLineAt(data.last_viewed_at)
      }),
    [channelId],
  )
  useEffect(() => {
    if (unread && !focused && !byHand.current) setLineAt(viewedAt)
  }, [viewedAt, unread, focused])
  useEffect(() => {
    if (focused && unread && !byHand.current) void viewChannel(channelId)
  }, [channelId, focused, unread])
  useEffect(() => {
    socket.updateActiveChannel(channelId)
    if (isFocused() && !isUnread(getState(), channelId)) void viewChannel(channelId)
  }, [channelId])
  const markRead = useCallback(() => {
    if (!byHand.current && lineAt === undefined) return false
    byHand.current = false
    setLineAt(undefined)
    void viewChannel(channelId)
    return true
  }, [channelId, lineAt])
  return { lineAt, markRead }
}

const mentions = (state: ReturnType<typeof getState>, channelId: Id): number =>
  state.channelMembers[channelId]?.mention_count ?? 0
