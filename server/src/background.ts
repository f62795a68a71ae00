/** Work that goes on after the answer: nobody waits for it but `settled`, and what fails is reported. */
export class Background {
  readonly #running = new Set<Promise<unknown>>()
  readonly #onError: (error: unknown) => void

  constructor(onError: (error: unknown) => void) {
    this.#onError = onError
  }

  /** Lets `work` go on by itself. */
  add(work: Promise<unknown>): void {
    const watched = work.catch(this.#onError).finally(() => this.#running.delete(watched))
    this.#running.add(watched)
  }

  /** Resolves when nothing runs any more, work that was added meanwhile included. */
  async settled(): Promise<void> {
    while (this.#running.size > 0) await Promise.all(this.#running)
  }
}
