import { useCallback, useEffect, useMemo, useState } from 'react'
import { useShallow } from 'zustand/react/shallow'
import { onResync } from '../../client/live.ts'
import { getState, update, useStore } from '../../client/store.ts'
import { reader } from '../../client/api.ts'
import type { Id, State } from '../../store/state.ts'
import { loadMoreThreads, PAGE } from './load-thread.ts'

export type Filter = 'all' | 'unread'

export interface ThreadList {
  /** newest reply first; undefined while they are on their way */
  readonly ids: readonly Id[] | undefined
  readonly error: unknown
  readonly retry: () => void
  readonly loadMore: () => void
}

/** Whether a followed thread has replies that I have not read. */
export function isUnreadThread(state: State, id: Id): boolean {
  const thread = state.threads[id]
  return Boolean(thread?.own && thread.lastReplyAt > thread.own.lastViewedAt)
}

/** The followed threads of a team, page by page. Those read while the unread ones are listed stay until the list is left. */
export function useThreadList(teamId: Id, filter: Filter): ThreadList {
  const first = useStore((state) => state.teamThreads[teamId]?.ids)
  const [older, setOlder] = useState<readonly Id[]>([])
  const [loaded, setLoaded] = useState(false)
  const [done, setDone] = useState(false)
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>()
  const load = useCallback(() => {
    setError(undefined)
    const work = filter === 'all' ? loadFirst(teamId) : loadMoreThreads(teamId, '', true)
    work.then((ids) => {
      setOlder(filter === 'all' ? [] : ids)
      setDone(filter === 'unread' ? ids.length < PAGE : false)
      setLoaded(true)
    }, setError)
  }, [teamId, filter])
  useEffect(() => {
    setLoaded(false)
    setOlder([])
    load()
    return onResync(load)
  }, [load])
  const ids = useListed(first, older, filter)
  const loadMore = useCallback(() => {
    const last = ids.at(-1)
    if (!loaded || done || busy || !last) return
    setBusy(true)
    loadMoreThreads(teamId, last, filter === 'unread')
      .then((more) => {
        setOlder((before) => [...before, ...more.filter((id) => !before.includes(id))])
        setDone(more.length < PAGE)
      }, setError)
      .finally(() => setBusy(false))
  }, [teamId, filter, ids, loaded, done, busy])
  return { ids: loaded ? ids : undefined, error, retry: load, loadMore }
}

async function loadFirst(teamId: Id): Promise<readonly Id[]> {
  const step = await reader.key(`threads:${teamId}`)
  update(step)
  return getState().teamThreads[teamId]?.ids ?? []
}

function useListed(first: readonly Id[] | undefined, older: readonly Id[], filter: Filter): readonly Id[] {
  const unread = useStore(
    useShallow((state) => (filter === 'unread' ? (first ?? []).filter((id) => isUnreadThread(state, id)) : [])),
  )
  const gone = useStore(useShallow((state) => older.filter((id) => !state.threads[id]?.following || !state.posts[id])))
  return useMemo(() => {
    const all = [...new Set([...(filter === 'unread' ? unread : (first ?? [])), ...older])]
    const { threads } = getState()
    const at = (id: Id): number => threads[id]?.lastReplyAt ?? 0
    return all.filter((id) => !gone.includes(id)).toSorted((a, b) => at(b) - at(a))
  }, [first, older, unread, gone, filter])
}
