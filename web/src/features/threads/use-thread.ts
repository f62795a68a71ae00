import { useCallback, useEffect, useState } from 'react'
import { onEvent, onResync } from '../../client/live.ts'
import { socket } from '../../client/api.ts'
import { getState, useStore } from '../../client/store.ts'
import type { Id } from '../../store/state.ts'
import { useWindowFocus } from '../posts/list/use-reading.ts'
import { loadThread, readThread } from './load-thread.ts'

export interface OpenThread {
  readonly state: 'loading' | 'there' | 'failed'
  readonly error: unknown
  readonly retry: () => void
  /** ms: "New messages" stands above the first reply after it; undefined for no line */
  readonly lineAt: number | undefined
}

/** Loads a thread, keeps it read while somebody looks at it, and tells the server that it is in view. */
export function useThread(rootId: Id, inPage: boolean): OpenThread {
  const [state, setState] = useState<OpenThread['state']>('loading')
  const [error, setError] = useState<unknown>()
  const [attempt, setAttempt] = useState(0)
  const [lineAt, setLineAt] = useState<number>()
  useEffect(() => {
    let here = true
    const load = (): void => {
      loadThread(rootId).then(
        () => {
          if (!here) return
          const { threads } = getState()
          const thread = threads[rootId]
          if (thread?.own && thread.lastReplyAt > thread.own.lastViewedAt) setLineAt(thread.own.lastViewedAt)
          setState('there')
        },
        (failure) => {
          if (!here) return
          setError(failure)
          setState('failed')
        },
      )
    }
    load()
    const end = onResync(load)
    return () => {
      here = false
      end()
    }
  }, [rootId, attempt])
  const retry = useCallback(() => {
    setState('loading')
    setAttempt((count) => count + 1)
  }, [])
  useReadWhileSeen(rootId, state === 'there', setLineAt)
  useTellServer(rootId, inPage)
  return { state, error, retry, lineAt }
}

function useReadWhileSeen(rootId: Id, loaded: boolean, setLineAt: (at: number) => void): void {
  const focused = useWindowFocus()
  const viewedAt = useStore((state) => state.threads[rootId]?.own?.lastViewedAt ?? 0)
  const unread = useStore((state) => {
    const thread = state.threads[rootId]
    return Boolean(thread?.own && (thread.lastReplyAt > thread.own.lastViewedAt || thread.own.unreadMentions > 0))
  })
  // Set back by hand, it stays unread until the thread is opened again.
  const [byHand, setByHand] = useState(false)
  useEffect(
    () =>
      onEvent('thread_read_changed', ({ data }) => {
        if (data.thread_id !== rootId || data.unread_replies <= data.previous_unread_replies) return
        setByHand(true)
        setLineAt(data.timestamp)
      }),
    [rootId, setLineAt],
  )
  useEffect(() => {
    if (byHand) return
    if (unread && !focused) setLineAt(viewedAt)
    else if (unread && loaded) void readThread(rootId)
  }, [rootId, unread, focused, loaded, byHand, viewedAt, setLineAt])
}

/** Signs of typing and reactions are sent only to those who look. */
function useTellServer(rootId: Id, inPage: boolean): void {
  const channelId = useStore((state) => state.posts[rootId]?.channel_id ?? '')
  useEffect(() => {
    if (!channelId) return
    socket.updateActiveThread(inPage, channelId)
    return () => socket.updateActiveThread(inPage, '')
  }, [channelId, inPage])
}
