/**
 * A bounded map of loaded values, dropped by events. Loads of one key are shared, and a load that was overtaken
 * by `drop` is returned to its callers but not kept: otherwise a value read before a change would outlive it.
 */
export class Cache<V> {
  readonly #values = new Map<string, V>()
  readonly #loading = new Map<string, Promise<V>>()
  readonly #limit: number

  constructor(limit: number) {
    this.#limit = limit
  }

  /** The kept value, or undefined; never loads. */
  peek(key: string): V | undefined {
    return this.#values.get(key)
  }

  /** The kept value, or what `load` returns. Failed loads are not kept. */
  get(key: string, load: () => Promise<V>): V | Promise<V> {
    const kept = this.#values.get(key)
    if (kept !== undefined) return kept
    const running = this.#loading.get(key)
    if (running) return running
    const started: Promise<V> = load().then(
      (value) => {
        if (this.#loading.get(key) === started) {
          this.#loading.delete(key)
          this.#keep(key, value)
        }
        return value
      },
      (error: unknown) => {
        if (this.#loading.get(key) === started) this.#loading.delete(key)
        throw error
      },
    )
    this.#loading.set(key, started)
    return started
  }

  /** Replaces a kept value; does nothing for a key that is not kept. */
  update(key: string, change: (value: V) => V): void {
    const kept = this.#values.get(key)
    if (kept !== undefined) this.#values.set(key, change(kept))
    this.#loading.delete(key)
  }

  /** What is kept now, without loading anything. */
  entries(): IterableIterator<[string, V]> {
    return this.#values.entries()
  }

  /** Does not keep what is being loaded right now: it may be older than a change of unknown reach. */
  dropLoading(): void {
    this.#loading.clear()
  }

  drop(key: string): void {
    this.#values.delete(key)
    this.#loading.delete(key)
  }

  clear(): void {
    this.#values.clear()
    this.#loading.clear()
  }

  #keep(key: string, value: V): void {
    // The oldest entry goes: good enough, because a hot entry that is dropped costs one query.
    if (this.#values.size >= this.#limit) {
      const oldest = this.#values.keys().next().value
      if (oldest !== undefined) this.#values.delete(oldest)
    }
    this.#values.set(key, value)
  }
}
