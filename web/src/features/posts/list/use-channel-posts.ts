import { useCallback, useEffect, useRef, useState } from 'react'
import { isUnreachable } from '../../../client/api.ts'
import type { ApiError } from '../../../client/api.ts'
import { useConnection } from '../../../client/live.ts'
import { preference } from '../../../client/preferences.ts'
import { getState, useStore } from '../../../client/store.ts'
import type { ChannelPosts } from '../../../store/entities.ts'
import type { Id } from '../../../store/state.ts'
import { catchUp, loadAround, loadNewest, loadUnread } from './load-channel.ts'
import { isUnread } from './unread.ts'

export interface LoadedChannel {
  /** what is to be shown; after missed events the old stretch until the changes are in */
  readonly stretch: ChannelPosts | undefined
  readonly error: unknown
  readonly retry: () => void
}

/**
 * The posts of a channel: loads what it opens with, and again after events were missed. A stretch that holds the first unread
 * post, or the post asked for, is shown as it is.
 */
export function useChannelPosts(channelId: Id, focusPostId: Id | undefined): LoadedChannel {
  const stretch = useStore((state) => state.channelPosts[channelId])
  const shown = useRef<ChannelPosts>(undefined)
  const [error, setError] = useState<unknown>()
  const [attempt, setAttempt] = useState(0)
  const [opened, setOpened] = useState('')
  const wanted = `${channelId}:${focusPostId ?? ''}`
  const isOpen = opened === wanted
  const ready = stretch !== undefined && (isOpen || holdsStart(channelId, stretch, focusPostId))
  useEffect(() => {
    if (!ready) return
    shown.current = stretch
    setOpened(wanted)
  }, [ready, stretch, wanted])
  useEffect(() => {
    if (ready) return setError(undefined)
    let here = true
    const load = isOpen && shown.current ? catchUp(channelId, shown.current) : open(channelId, focusPostId)
    load.then(
      () => {
        if (!here) return
        // Whatever came is where the reader begins, also when more unread posts lie beyond it.
        setOpened(wanted)
        setError(undefined)
      },
      (failure) => here && setError(failure),
    )
    return () => void (here = false)
  }, [channelId, focusPostId, wanted, isOpen, ready, attempt])
  const retry = useCallback(() => setAttempt((count) => count + 1), [])
  useRetryOnReconnect(error, retry)
  return { stretch: ready ? stretch : isOpen ? shown.current : undefined, error, retry }
}

function open(channelId: Id, focusPostId: Id | undefined): Promise<void> {
  if (focusPostId) return loadAround(channelId, focusPostId)
  const fromNewest = preference('advanced_settings', 'unread_scroll_position') === 'start_from_newest'
  return fromNewest ? loadNewest(channelId) : loadUnread(channelId)
}

function holdsStart(channelId: Id, stretch: ChannelPosts, focusPostId: Id | undefined): boolean {
  if (focusPostId) return stretch.order.includes(focusPostId)
  if (!stretch.reachesNewest) return false
  const state = getState()
  if (stretch.reachesOldest || !isUnread(state, channelId)) return true
  const oldest = state.posts[stretch.order.at(-1) ?? '']
  return oldest !== undefined && oldest.create_at <= (state.channelMembers[channelId]?.last_viewed_at ?? 0)
}

/** What failed because the server was not reached is tried again when it is. */
function useRetryOnReconnect(error: unknown, retry: () => void): void {
  const connection = useConnection(({ state }) => state)
  useEffect(() => {
    if (connection === 'open' && error && isUnreachable(error as ApiError)) retry()
  }, [connection, error, retry])
}
