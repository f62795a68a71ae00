interface Waiting<T, R> {
  readonly item: T
  readonly done: (result: R) => void
  readonly failed: (error: unknown) => void
}

const MAX_BATCH = 200

/**
 * Does work in natural batches: while one batch is under way, the next one gathers. At low load a batch is one item
 * that waits for nobody; at high load fewer and larger statements are made. `work` answers a batch with one result an
 * item, in their order; when it fails for several, each is tried alone.
 */
export class NaturalBatches<T, R> {
  readonly #work: (items: readonly T[]) => Promise<readonly R[]>
  #waiting: Waiting<T, R>[] = []
  #busy = false

  constructor(work: (items: readonly T[]) => Promise<readonly R[]>) {
    this.#work = work
  }

  /** Resolves with the item's result when its batch is done; rejects with what went wrong for it. */
  add(item: T): Promise<R> {
    return new Promise((done, failed) => {
      this.#waiting.push({ item, done, failed })
      if (!this.#busy) void this.#run()
    })
  }

  async #run(): Promise<void> {
    this.#busy = true
    // Requests that arrived in the same turn of the event loop belong to the same batch.
    await new Promise((resolve) => setImmediate(resolve))
    while (this.#waiting.length > 0) await this.#settle(this.#waiting.splice(0, MAX_BATCH))
    this.#busy = false
  }

  async #settle(batch: readonly Waiting<T, R>[]): Promise<void> {
    try {
      const results = await this.#work(batch.map(({ item }) => item))
      batch.forEach(({ done }, at) => done(results[at]!))
    } catch (error) {
      // One bad item must not take the others of its batch with it.
      if (batch.length > 1) for (const one of batch) await this.#settle([one])
      else batch[0]!.failed(error)
    }
  }
}
