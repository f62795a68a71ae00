import { create } from 'zustand'
import { getState } from '../../client/store.ts'
import { without } from '../../store/change.ts'
import { draftKey } from '../../store/state.ts'
import type { Id, Table } from '../../store/state.ts'
import type { Content } from './content.ts'

/** What is written on this device and not yet on the server. An empty one stands for a draft to be deleted there. */
export interface LocalDraft extends Content {
  readonly channelId: Id
  /** '' outside threads */
  readonly rootId: Id
  /** ms of this machine's clock: when it was written */
  readonly at: number
  /** ms of the server's clock: the state of its own draft that this one continues; 0 for none */
  readonly base: number
}

/** ms of rest before a text is written to the disk of this device. */
const REST = 200

/** By `draftKey`. */
export const useLocalDrafts = create<{ readonly drafts: Table<LocalDraft> }>()(() => ({ drafts: {} }))

const prefix = (): string => `outpost.draft.${getState().me}.`
const waiting = new Map<string, ReturnType<typeof setTimeout>>()

/** Puts what an earlier page left into memory. Broken entries are passed over. */
export function loadLocalDrafts(): void {
  const found: Record<string, LocalDraft> = {}
  for (const name of Object.keys(localStorage)) {
    if (!name.startsWith(prefix())) continue
    try {
      const draft: LocalDraft = JSON.parse(localStorage.getItem(name)!)
      if (typeof draft.message === 'string' && Array.isArray(draft.files)) {
        found[draftKey(draft.channelId, draft.rootId)] = draft
      }
    } catch {
      localStorage.removeItem(name)
    }
  }
  useLocalDrafts.setState(({ drafts }) => ({ drafts: { ...found, ...drafts } }))
}

/** The draft of a place as it stands on this device, if it differs from the server's. */
export const localDraft = (key: string): LocalDraft | undefined => useLocalDrafts.getState().drafts[key]

/** Keeps a draft: at once in memory, a moment later on the disk. */
export function putLocal(key: string, draft: LocalDraft): void {
  useLocalDrafts.setState(({ drafts }) => ({ drafts: { ...drafts, [key]: draft } }))
  if (!waiting.has(key)) waiting.set(key, setTimeout(store, REST, key))
}

/** Forgets a draft: it is on the server, or was sent. */
export function dropLocal(key: string): void {
  if (!localDraft(key)) return
  useLocalDrafts.setState(({ drafts }) => ({ drafts: without(drafts, key) }))
  store(key)
}

function store(key: string): void {
  clearTimeout(waiting.get(key))
  waiting.delete(key)
  const draft = localDraft(key)
  try {
    if (draft) localStorage.setItem(prefix() + key, JSON.stringify(draft))
    else localStorage.removeItem(prefix() + key)
  } catch {
    // A full or closed storage: the draft still goes to the server.
  }
}

/** Writes to the disk whatever waits for it: the page may go away. */
export function storeLocalDrafts(): void {
  for (const key of waiting.keys()) store(key)
}
