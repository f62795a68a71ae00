import type { CacheChange } from './changes.ts'
import type { ServerEvent } from './events.ts'

type Step = () => void | Promise<void>

/**
 * What happens after a commit: first every cache drops what changed, then the events go out, in the order of the
 * commits. Normally all of it is synchronous; when one step has to wait (a right to look up, roles to re-read), what
 * comes later waits behind it.
 */
export class Delivery {
  readonly #listeners: ((change: CacheChange) => void | Promise<void>)[] = []
  readonly #send: (event: ServerEvent) => void | Promise<void>
  readonly #onError: (error: unknown) => void
  #tail: Promise<void> | undefined

  constructor(send: (event: ServerEvent) => void | Promise<void>, onError: (error: unknown) => void) {
    this.#send = send
    this.#onError = onError
  }

  /** Calls `listener` for every committed change, before the events that go with it. */
  onChange(listener: (change: CacheChange) => void | Promise<void>): void {
    this.#listeners.push(listener)
  }

  /** Delivers what one transaction changed and said. Resolves when caches are fresh and events are sent. */
  deliver(changes: readonly CacheChange[], events: readonly ServerEvent[]): void | Promise<void> {
    const steps = [
      ...changes.flatMap((change) =>
        this.#listeners.map(
          (listener): Step =>
            () =>
              listener(change),
        ),
      ),
      ...events.map(
        (event): Step =>
          () =>
            this.#send(event),
      ),
    ]
    if (this.#tail) return this.#queue(steps)
    for (let i = 0; i < steps.length; i++) {
      const waiting = this.#run(steps[i]!)
      if (waiting) return this.#queue([() => waiting, ...steps.slice(i + 1)])
    }
  }

  #queue(steps: Step[]): Promise<void> {
    const before = this.#tail
    const mine = (async () => {
      await before
      for (const step of steps) await this.#run(step)
    })()
    this.#tail = mine
    return mine.then(() => {
      if (this.#tail === mine) this.#tail = undefined
    })
  }

  /** One failing listener must not keep the others from hearing of a change. */
  #run(step: Step): void | Promise<void> {
    try {
      const result = step()
      return result instanceof Promise ? result.catch(this.#onError) : undefined
    } catch (error) {
      this.#onError(error)
    }
  }
}
