import type { Post } from './post.ts'
import { postError } from './posts.errors.ts'

const REMEMBERED_FOR = 30_000

/**
 * A client that did not hear the answer sends the same post again, with the same pending id. For 30 seconds it gets
 * the first post instead of a second one; while the first is still being written, the repetition is refused.
 */
export class PendingPosts {
  readonly #known = new Map<string, { at: number; post: Post | undefined }>()

  /** Runs `create` unless this user has just sent the same pending id. */
  async once(userId: string, pendingId: string, create: () => Promise<Post>): Promise<Post> {
    if (!pendingId) return create()
    const key = `${userId}:${pendingId}`
    this.#expire(Date.now())
    const known = this.#known.get(key)
    if (known?.post) return known.post
    if (known) throw postError('api.post.deduplicate_create_post.pending')
    const entry: { at: number; post: Post | undefined } = { at: Date.now(), post: undefined }
    this.#known.set(key, entry)
    try {
      entry.post = await create()
      return entry.post
    } catch (error) {
      this.#known.delete(key)
      throw error
    }
  }

  /** Entries are in order of time, so the old ones are at the front. */
  #expire(now: number): void {
    for (const [key, entry] of this.#known) {
      if (now - entry.at < REMEMBERED_FOR) return
      this.#known.delete(key)
    }
  }
}
