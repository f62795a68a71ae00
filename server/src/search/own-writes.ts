/** How long what this process wrote is remembered: longer than any sweep looks back (ms). */
const REMEMBERED = 10 * 60_000
const MAX_REMEMBERED = 200_000

/**
 * Which posts this process itself has noted for indexing. Sweeps look for what other servers wrote; without this they
 * would read again, row by row, what is being indexed anyway.
 */
export class OwnWrites {
  #newer = new Map<string, number>()
  #older = new Map<string, number>()
  #since = 0

  /** Notes posts at a time (ms). */
  note(ids: Iterable<string>, now: number): void {
    if (now - this.#since > REMEMBERED || this.#newer.size > MAX_REMEMBERED) {
      this.#older = this.#newer
      this.#newer = new Map()
      this.#since = now
    }
    for (const id of ids) this.#newer.set(id, now)
  }

  /** Whether the post, as it was at `updateAt` (ms), is among them. False for what somebody changed later. */
  has(id: string, updateAt: number): boolean {
    return (this.#newer.get(id) ?? this.#older.get(id) ?? -1) >= updateAt
  }
}
