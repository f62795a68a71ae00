import type { CacheSnapshot } from 'virtua'

/** Lists that are remembered, and rows of each: what a large window shows of the lists that somebody goes between. */
const MOST = { lists: 20, rows: 80 }

/** px by the keys of the rows */
type Heights = ReadonlyMap<string, number>

const lists = new Map<string, Heights>()

/** What virtua hands out and takes: the heights of all rows, UNKNOWN for those that were never drawn, and the height that it guesses for them. */
type Sizes = readonly [heights: readonly number[], guess: number]
const UNKNOWN = -1

/** Keeps the heights of the last rows that were drawn of a list. */
export function rememberHeights(list: string, keys: readonly string[], snapshot: CacheSnapshot): void {
  const [heights] = snapshot as unknown as Sizes
  const known: [string, number][] = []
  for (let at = keys.length - 1; at >= 0 && known.length < MOST.rows; at--) {
    const height = heights[at] ?? UNKNOWN
    if (height !== UNKNOWN) known.push([keys[at]!, height])
  }
  lists.delete(list)
  lists.set(list, new Map(known))
  if (lists.size > MOST.lists) lists.delete(lists.keys().next().value!)
}

/** In the words of virtua. */
export interface KnownHeights {
  readonly cache: CacheSnapshot
  /** px: what a row is likely to have that was never drawn */
  readonly itemSize: number
}

/**
 * The heights that a list had when it was left, so that it opens without being measured first; undefined for one that was
 * never open. Rows that have changed since are measured as always.
 */
export function knownHeights(list: string, keys: readonly string[]): KnownHeights | undefined {
  const known = lists.get(list)
  if (!known || known.size === 0) return undefined
  const sorted = [...known.values()].sort((a, b) => a - b)
  const itemSize = sorted[sorted.length >> 1]!
  const sizes: Sizes = [keys.map((key) => known.get(key) ?? UNKNOWN), itemSize]
  return { cache: sizes as unknown as CacheSnapshot, itemSize }
}
