import type { WebSocketMessage } from '@mattermost/client'
import { applyEvent } from '../store/apply-event.ts'
import { markStale } from '../store/change.ts'
import { fetchStale } from '../store/refetch.ts'
import { reader, setConnectionId, socket } from './api.ts'
import { basePath } from './base-path.ts'
import { create } from 'zustand'
import { getState, update, useStore } from './store.ts'

/** Whether news arrive: `lost` from the first failed try to reconnect on. */
export const useConnection = create<{ readonly state: 'connecting' | 'open' | 'lost' }>()(() => ({
  state: 'connecting',
}))

type Listener = (message: WebSocketMessage) => void
const listeners = new Map<string, Set<Listener>>()
const resyncs = new Set<() => void>()

/** Calls back for each event of this name, after it is in the state. Returns what ends it. */
export function onEvent(name: string, listener: Listener): () => void {
  const known = listeners.get(name) ?? new Set()
  listeners.set(name, known.add(listener))
  return () => void known.delete(listener)
}

/** Calls back when events may have been missed: whatever was loaded has to be asked for again. */
export function onResync(callback: () => void): () => void {
  resyncs.add(callback)
  return () => void resyncs.delete(callback)
}

let fetching = false
/** How many events have been put into the state. */
let heard = 0

/** Fetches what events made old. One round at a time; what becomes old meanwhile is the next round. */
async function refetch(): Promise<void> {
  if (fetching) return
  fetching = true
  try {
    let again = 0
    while (getState().stale.size > 0) {
      const asked = getState()
      const heardBefore = heard
      const step = await fetchStale(reader, asked)
      // An answer may be older than an event that came before it: then it is asked for once more, not for ever.
      const isDoubtful = heard !== heardBefore && ++again < 3
      update((state) => (isDoubtful ? markStale(step(state), ...asked.stale) : step(state)))
    }
  } catch {
    // Not reached, or refused for a reason that will pass: the keys are still there, the next event or reconnect tries again.
  } finally {
    fetching = false
  }
}

let started = false
/** Events are put into a state that is complete; what happens while it is being loaded is asked for once it is. */
let loaded = false
let missed = false
/** A connection that was greeted can be resumed, and tells itself what was missed since. */
let greeted = false

/** What was loaded is in the state: from now on events change it. Whatever happened meanwhile is asked for again. */
export function stateIsLoaded(): void {
  loaded = true
  // Not connected yet: what happens until then is not heard either.
  missed ||= useConnection.getState().state !== 'open'
  catchUp()
}

function catchUp(): void {
  if (!missed || useConnection.getState().state !== 'open') return
  missed = false
  update((state) => markStale(state, 'channels', 'preferences'))
  resyncs.forEach((callback) => callback())
}

/** Opens the socket. Events are kept out of the state until `stateIsLoaded`. */
export function goLive(): void {
  if (started) return
  started = true
  socket.addMessageListener(hear)
  socket.addFirstConnectListener(() => {
    useConnection.setState({ state: 'open' })
    if (loaded) catchUp()
  })
  socket.addReconnectListener(() => {
    useConnection.setState({ state: 'open' })
    if (loaded) catchUp()
    void refetch()
  })
  socket.addMissedMessageListener(() => resyncs.forEach((callback) => callback()))
  socket.addCloseListener((fails) => {
    missed ||= !greeted
    useConnection.setState({ state: fails > 0 ? 'lost' : 'connecting' })
  })
  // Asked for a moment later: one event seldom comes alone.
  let timer: ReturnType<typeof setTimeout> | undefined
  useStore.subscribe((state) => {
    if (state.stale.size === 0 || timer) return
    timer = setTimeout(() => {
      timer = undefined
      void refetch()
    }, 30)
  })
  socket.initialize(`${location.origin.replace(/^http/, 'ws')}${basePath}/api/v4/websocket`)
}

function hear(message: WebSocketMessage): void {
  if (message.event === 'hello') {
    greeted = true
    setConnectionId(message.data.connection_id)
  } else if (!loaded) missed = true
  if (!loaded) return
  heard++
  update((state) => applyEvent(state, message))
  listeners.get(message.event)?.forEach((listener) => listener(message))
}
