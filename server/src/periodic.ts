import type { App } from './app.ts'

/** Work that is done again and again at round times of the clock. Runs never overlap, and `stop` waits for the one under way. */
export abstract class Periodic {
  protected readonly app: App
  /** set by `stop`: a long run ends at its next step */
  protected stopped = false
  #timer: NodeJS.Timeout | undefined
  #running: Promise<void> | undefined

  constructor(app: App) {
    this.app = app
  }

  /** What the log says when a run failed. */
  protected abstract readonly failure: string

  /** Time between two runs in ms; asked anew before each. */
  protected abstract every(): number

  /** One run, at `now` (ms). */
  protected abstract work(now: number): Promise<void>

  /** Begins with the next round time of the clock. */
  start(): void {
    if (this.stopped) return
    const every = this.every()
    this.#timer = setTimeout(() => void this.#tick(), every - (Date.now() % every))
    this.#timer.unref()
  }

  /** Ends the timer; resolves when the run under way is through. */
  async stop(): Promise<void> {
    this.stopped = true
    clearTimeout(this.#timer)
    await this.#running?.catch(() => undefined)
  }

  /** Does at once what is due at `now` (ms); joins a run that is under way. */
  run(now: number = Date.now()): Promise<void> {
    this.#running ??= this.work(now).finally(() => (this.#running = undefined))
    return this.#running
  }

  async #tick(): Promise<void> {
    await this.run().catch((err: unknown) => this.app.log.error({ err }, this.failure))
    this.start()
  }
}
