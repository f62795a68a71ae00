import { getState, useStore } from '../../client/store.ts'
import { draftKey } from '../../store/state.ts'
import type { Id } from '../../store/state.ts'
import { contentOf, EMPTY, isEmpty } from './content.ts'
import type { Content } from './content.ts'
import { dropLocal, localDraft, putLocal, useLocalDrafts } from './local-drafts.ts'
import { isSyncing, startDrafts, syncNow, syncSoon } from './sync-drafts.ts'
import type { Writing } from './writing.ts'

/** A channel, or a thread in it. */
export interface Place {
  readonly channelId: Id
  /** '' outside threads */
  readonly rootId: Id
}

export const keyOf = ({ channelId, rootId }: Place): string => draftKey(channelId, rootId)

const writings = new Map<string, Writing>()

/** The draft of a place as something to write on; the same object each time. */
export function draftAt(place: Place): Writing {
  startDrafts()
  const key = keyOf(place)
  const known = writings.get(key)
  if (known) return known
  const { channelId, rootId } = place
  const writing: Writing = {
    key,
    channelId,
    rootId,
    read: () => readDraft(key),
    write: (change) => writeDraft({ channelId, rootId }, change),
    leave: () => leaveDraft(key),
    onChange: (callback) => onDraft(key, callback),
  }
  writings.set(key, writing)
  return writing
}

/** What is begun in a place, wherever it was written. */
function readDraft(key: string): Content {
  const draft = getState().drafts[key]
  return localDraft(key) ?? (draft ? contentOf(draft) : EMPTY)
}

function onDraft(key: string, callback: () => void): () => void {
  const ends = [
    useLocalDrafts.subscribe((now, before) => now.drafts[key] !== before.drafts[key] && callback()),
    useStore.subscribe((now, before) => now.drafts[key] !== before.drafts[key] && callback()),
  ]
  return () => ends.forEach((end) => end())
}

/** Keeps what is written: in memory at once, on this device within a moment, then on the server. */
function writeDraft(place: Place, change: Partial<Content>): void {
  const key = keyOf(place)
  const { message, files, priority } = { ...readDraft(key), ...change }
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

function leaveDraft(key: string): void {
  const local = localDraft(key)
  if (local && (!isEmpty(local) || local.base)) syncNow(key)
}
