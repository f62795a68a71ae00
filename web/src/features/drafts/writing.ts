import { useSyncExternalStore } from 'react'
import type { Id } from '../../store/state.ts'
import type { Content } from './content.ts'

/** Something that is being written: a draft, or a post that is edited. */
export interface Writing {
  /** tells it from all others */
  readonly key: string
  readonly channelId: Id
  /** '' outside threads */
  readonly rootId: Id
  /** the same object until it changes */
  readonly read: () => Content
  readonly write: (change: Partial<Content>) => void
  /** nobody looks at it any more: what waits to be stored is stored */
  readonly leave: () => void
  /** Calls back after each change, also those from elsewhere. Returns what ends it. */
  readonly onChange: (callback: () => void) => () => void
}

/** A part of what is written; the component is drawn anew when that part changes. */
export const useWriting = <T>(writing: Writing, select: (content: Content) => T): T =>
  useSyncExternalStore(writing.onChange, () => select(writing.read()))
