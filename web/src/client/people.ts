import { useEffect } from 'react'
import { needUsers } from '../store/change.ts'
import { receivedStatuses } from '../store/load.ts'
import type { Id } from '../store/state.ts'
import { reader } from './api.ts'
import { getState, update, useStore } from './store.ts'

/** Presence of others is not pushed by the server: it is asked for at this interval (ms), as its own clients do. */
const POLL = 60_000

const watched = new Map<Id, number>()
const asked = new Set<Id>()
let pending: ReturnType<typeof setTimeout> | undefined

async function askStatuses(ids: readonly Id[]): Promise<void> {
  for (let at = 0; at < ids.length; at += 200) {
    try {
      const statuses = await reader.ok('/users/status/ids', ids.slice(at, at + 200))
      update((state) => receivedStatuses(state, statuses))
    } catch {
      return
    }
  }
}

function watch(id: Id): () => void {
  watched.set(id, (watched.get(id) ?? 0) + 1)
  if (getState().statuses[id] === undefined) {
    asked.add(id)
    pending ??= setTimeout(() => {
      pending = undefined
      void askStatuses([...asked])
      asked.clear()
    }, 50)
  }
  return () => {
    const left = (watched.get(id) ?? 1) - 1
    if (left > 0) watched.set(id, left)
    else watched.delete(id)
  }
}

/** Keeps the presence of everybody on the screen fresh while the page is visible. Returns what ends it. */
export function followPresence(): () => void {
  const timer = setInterval(() => {
    if (document.visibilityState === 'visible') void askStatuses([...watched.keys()])
  }, POLL)
  return () => clearInterval(timer)
}

/** Somebody's profile, fetched when unknown; undefined until then. */
export function useUser(id: Id): ReturnType<typeof getState>['users'][string] | undefined {
  const user = useStore((state) => state.users[id])
  useEffect(() => {
    if (id && !user) update((state) => needUsers(state, id))
  }, [id, user])
  return user
}

/** online, away, dnd, ooo or offline; asked for while somebody looks at it. */
export function usePresence(id: Id): string {
  useEffect(() => (id ? watch(id) : undefined), [id])
  // Nobody is told that somebody has gone whose account was closed; it is asked for once in a while.
  return useStore((state) => (state.users[id]?.delete_at ? 'offline' : (state.statuses[id] ?? 'offline')))
}
