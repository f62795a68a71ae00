import { Cache } from '../cache.ts'
import type { CacheChange } from '../realtime/changes.ts'
import type { User } from './user.ts'

/** What a typed name completes to. */
export interface Completions {
  readonly users: readonly User[]
  /** people of the team who are not in the channel; only when a channel was given */
  readonly outOfChannel?: readonly User[]
}

/** Lists of more people than this are not worth their memory. */
const MAX_PEOPLE = 50
const MAX_KEPT = 500

/**
 * Remembers what names complete to: clients ask with every key that somebody types, and the answer changes only when
 * somebody's profile or membership does.
 */
export class NameCompletions {
  readonly #kept = new Cache<Completions>(MAX_KEPT)

  /** What was loaded for `question` since the last change, or what `load` finds. */
  async get(question: readonly (string | number | boolean)[], load: () => Promise<Completions>): Promise<Completions> {
    const key = question.join('\0')
    const found = await this.#kept.get(key, load)
    if (found.users.length + (found.outOfChannel?.length ?? 0) > MAX_PEOPLE) this.#kept.drop(key)
    return found
  }

  /** Follows committed changes. */
  apply({ kind }: CacheChange): void {
    if (['user', 'teamMember', 'channelMember', 'everything'].includes(kind)) this.#kept.clear()
  }
}
