/**
 * An administrator may declare the server busy for a while; expensive requests are then refused so that the rest
 * stays quick. Known to this process alone and forgotten at a restart, as a pressing state should be.
 */
export class ServerBusy {
  #until = 0

  /** Busy from now on for `seconds`. */
  markBusy(seconds: number): void {
    this.#until = Date.now() + seconds * 1000
  }

  clear(): void {
    this.#until = 0
  }

  get isBusy(): boolean {
    return this.#until > Date.now()
  }

  /** When the state ends, in ms since the epoch; 0 while not busy. */
  get until(): number {
    return this.isBusy ? this.#until : 0
  }
}
