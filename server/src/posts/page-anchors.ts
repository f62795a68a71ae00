import type { Position } from './post-lists.store.ts'

/** Which pages: their numbers mean nothing across channels, kinds of lists and page sizes. */
export interface PagedList {
  readonly channelId: string
  readonly rootsOnly: boolean
  readonly perPage: number
  /** when the channel last changed (ms): page numbers shift with every post */
  readonly version: number
}

interface Anchors {
  readonly version: number
  /** page → the last post of the page before it */
  readonly before: Map<number, Position>
}

const MAX_LISTS = 500
const MAX_PAGES = 5_000
/** A channel that changed within this time may change again within the same millisecond: nothing is kept for it. */
const SETTLED = 1_000

/**
 * Remembers where pages of a channel begin, so that reading a long history page by page costs the same on the last
 * page as on the first: an OFFSET would walk over everything before it, each time.
 */
export class PageAnchors {
  readonly #lists = new Map<string, Anchors>()

  /** The post that `page` begins after, if the channel has not changed since the page before it was read. */
  find(list: PagedList, page: number): Position | undefined {
    const anchors = this.#lists.get(keyOf(list))
    return anchors?.version === list.version ? anchors.before.get(page) : undefined
  }

  /** Notes that `page` begins after `position`. */
  note(list: PagedList, page: number, position: Position): void {
    if (Date.now() - list.version < SETTLED) return
    const key = keyOf(list)
    let anchors = this.#lists.get(key)
    if (anchors?.version !== list.version) {
      anchors = { version: list.version, before: new Map() }
      this.#lists.delete(key)
      this.#lists.set(key, anchors)
      if (this.#lists.size > MAX_LISTS) this.#lists.delete(this.#lists.keys().next().value!)
    }
    if (anchors.before.size < MAX_PAGES) anchors.before.set(page, position)
  }
}

const keyOf = ({ channelId, rootsOnly, perPage }: PagedList): string => `${channelId}:${rootsOnly}:${perPage}`
