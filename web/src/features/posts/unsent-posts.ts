import { getState } from '../../client/store.ts'
import type { NewPost } from '../../store/optimistic.ts'
import type { Id } from '../../store/state.ts'

/** A post that the server has not confirmed. Kept on this device, so that neither a reload nor a crash loses it. */
export interface UnsentPost extends NewPost {
  /** ms of the server's clock: when its channel had its last post as this one was written. It arrived if it is found after it. */
  readonly after: number
  /** what of its metadata is sent along */
  readonly sentMetadata?: Readonly<Record<string, unknown>>
  /** why the server refused it, in its own words; '' when it was not reached */
  readonly error?: string
}

/** More than anybody writes into a broken connection; what is older gives way. */
const MOST = 200

const key = (): string => `outpost.unsent.${getState().me}`

/** All unsent posts of this person on this device, oldest first. */
export function unsentPosts(): readonly UnsentPost[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(key()) ?? '[]')
    return Array.isArray(kept) ? (kept as UnsentPost[]) : []
  } catch {
    return []
  }
}

function write(posts: readonly UnsentPost[]): void {
  try {
    if (posts.length === 0) localStorage.removeItem(key())
    else localStorage.setItem(key(), JSON.stringify(posts.slice(-MOST)))
  } catch {
    // A full or closed storage: the post is still on the screen and is sent all the same.
  }
}

/** Keeps a post until it is forgotten, in place of what was kept under its pending id. */
export function keepUnsent(post: UnsentPost): void {
  const others = unsentPosts().filter((one) => one.pendingId !== post.pendingId)
  write([...others, post].toSorted((a, b) => a.at - b.at))
}

/** The post arrived or was given up. */
export function forgetUnsent(pendingId: Id): void {
  const all = unsentPosts()
  const others = all.filter((one) => one.pendingId !== pendingId)
  if (others.length < all.length) write(others)
}

/** Why a post was not taken, in the server's words; '' when it was not reached. */
export const refusalOf = (pendingId: Id): string =>
  unsentPosts().find((one) => one.pendingId === pendingId)?.error ?? ''

/** Calls back when another tab forgot a post: it was sent or discarded there. Returns what ends it. */
export function onForgottenElsewhere(forgotten: (pendingId: Id) => void): () => void {
  const heard = (event: StorageEvent): void => {
    if (event.key !== key()) return
    const left = new Set(unsentPosts().map((one) => one.pendingId))
    const before: UnsentPost[] = JSON.parse(event.oldValue ?? '[]')
    for (const { pendingId } of before) if (!left.has(pendingId)) forgotten(pendingId)
  }
  window.addEventListener('storage', heard)
  return () => window.removeEventListener('storage', heard)
}
