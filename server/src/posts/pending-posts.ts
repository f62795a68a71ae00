import type { Post } from './post.ts'
import { postError } from './posts.errors.ts'

const REMEMBERED_FOR = 30_000

/**
 * A client that did not hear the answer sends the same post again, with the same pending id. For 30 seconds after it was
 * written it gets the first post instead of a second one; while the first is still being written, however long that
 * takes, the repetition is refused.
 */
export class PendingPosts {
  readonly #writing = new Set<string>()
  /** in order of time */
  readonly #written = new Map<string, { readonly at: number; readonly post: Post }>()

  /** Runs `create` unless this user has just sent the same pending id. */
  async once(userId: string, pendingId: string, create: () => Promise<Post>): Promise<Post> {
    if (!pendingId) return create()
    const key = `${userId}:${pendingId}`
    this.#expire(Date.now())
    const known = this.#written.get(key)
    if (known) return known.post
    if (this.#writing.has(key)) throw postError('api.post.deduplicate_create_post.pending')
    this.#writing.add(key)
    try {
      const post = await create()
      this.#written.set(key, { at: Date.now(), post })
      return post
    } finally {
      this.#writing.delete(key)
    }
  }

  /** Entries are in order of time, so the old ones are at the front. */
  #expire(now: number): void {
    for (const [key, entry] of this.#written) {
      if (now - entry.at < REMEMBERED_FOR) return
      this.#written.delete(key)
    }
  }
}
