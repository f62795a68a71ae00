import { Cache } from '../cache.ts'
import type { Queries } from '../database/pool.ts'
import type { CacheChange } from '../realtime/changes.ts'
import { findPlaces } from './drafts.store.ts'

/** Above so many drafts of one person it is no longer kept where they are. */
const MAX_PLACES = 1_000
const keyOf = (channelId: string, rootId: string): string => `${channelId}:${rootId}`

/** Where people have drafts: a post must not cost a query only because its author might have begun it as a draft. */
export class DraftPlaces {
  readonly #db: Queries
  readonly #byUser = new Cache<ReadonlySet<string>>(20_000)

  constructor(db: Queries) {
    this.#db = db
  }

  /** False when there is certainly no draft in this place (`rootId` '' outside threads). */
  async mayHold(userId: string, channelId: string, rootId: string): Promise<boolean> {
    const places = await this.#byUser.get(userId, async () => {
      const found = await findPlaces(this.#db, userId, MAX_PLACES)
      return new Set(found.map((place) => keyOf(place.channelId, place.rootId)))
    })
    return places.size >= MAX_PLACES || places.has(keyOf(channelId, rootId))
  }

  /** Follows committed changes. */
  apply(change: CacheChange): void {
    if (change.kind === 'drafts') this.#byUser.drop(change.userId)
    if (change.kind === 'everything') this.#byUser.clear()
  }
}
