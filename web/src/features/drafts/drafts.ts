import { getState, useStore } from '../../client/store.ts'
import { draftKey } from '../../store/state.ts'
import type { Id } from '../../store/state.ts'
import { contentOf, EMPTY, isEmpty } from './content.ts'
import type { Content } from './content.ts'
import { dropLocal, localDraft, putLocal, useLocalDrafts } from './local-drafts.ts'
import { isSyncing, startDrafts, syncNow, syncSoon } from './sync-drafts.ts'

/** A channel, or a thread in it. */
export interface Place {
  readonly channelId: Id
  /** '' outside threads */
  readonly rootId: Id
}

export const keyOf = ({ channelId, rootId }: Place): string => draftKey(channelId, rootId)

/** What is begun in a place, wherever it was written. */
export function readDraft(place: Place): Content {
  startDrafts()
  const key = keyOf(place)
  const draft = getState().drafts[key]
  return localDraft(key) ?? (draft ? contentOf(draft) : EMPTY)
}

/** The same for components. A new object for the server's drafts each time: select from it. */
export function useDraft<T>(place: Place, select: (content: Content) => T): T {
  const key = keyOf(place)
  const local = useLocalDrafts(({ drafts }) => drafts[key])
  const known = useStore((state) => state.drafts[key])
  return select(local ?? (known ? contentOf(known) : EMPTY))
}

/** Calls back when what is begun in a place changes, from here or elsewhere. Returns what ends it. */
export function onDraft(place: Place, callback: () => void): () => void {
  const key = keyOf(place)
  const ends = [
    useLocalDrafts.subscribe((now, before) => now.drafts[key] !== before.drafts[key] && callback()),
    useStore.subscribe((now, before) => now.drafts[key] !== before.drafts[key] && callback()),
  ]
  return () => ends.forEach((end) => end())
}

/** Keeps what is written: in memory at once, on this device within a moment, then on the server. */
export function writeDraft(place: Place, change: Partial<Content>): void {
  const key = keyOf(place)
  const { message, files, priority } = { ...readDraft(place), ...change }
  const base = localDraft(key)?.base ?? getState().drafts[key]?.update_at ?? 0
  putLocal(key, { ...place, message, files, ...(priority && { priority }), at: Date.now(), base })
  syncSoon(key)
}

/** It was sent or thrown away. */
export function clearDraft(place: Place): void {
  const key = keyOf(place)
  const known = getState().drafts[key] || localDraft(key)?.base || isSyncing(key)
  writeDraft(place, { message: '', files: [], priority: undefined })
  if (known) syncNow(key)
  else dropLocal(key)
}

/** The field is left: the server need not wait for the rest. */
export function leaveDraft(place: Place): void {
  const local = localDraft(keyOf(place))
  if (local && (!isEmpty(local) || local.base)) syncNow(keyOf(place))
}
