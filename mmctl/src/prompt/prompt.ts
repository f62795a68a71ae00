import { createInterface } from 'node:readline'
import type { Interface } from 'node:readline'
import { Writable } from 'node:stream'
import { sanitize } from '../output/sanitize.ts'
import type { World } from '../world.ts'

/** Asks the person at the terminal, or reads the answers line by line when stdin is no terminal. */
export class Prompt {
  readonly #world: World
  #reader: Interface | undefined
  #lines: AsyncIterator<string> | undefined
  #hidden = false

  constructor(world: World) {
    this.#world = world
  }

  get isInteractive(): boolean {
    return this.#world.stdin.isTTY === true
  }

  /**
   * The answer without its line break. A hidden one is not echoed, not even as dots. Rejects when there is none:
   * stdin has ended, or Ctrl+C was pressed.
   */
  async ask(question: string, options: { hidden?: boolean } = {}): Promise<string> {
    const lines = this.#open()
    this.#world.stderr.write(sanitize(question))
    this.#hidden = options.hidden ?? false
    const { value, done } = await lines.next()
    if (this.#hidden && this.isInteractive) this.#world.stderr.write('\n')
    this.#hidden = false
    if (done) throw new Error(`there was no answer to ${JSON.stringify(question.trim().replace(/:$/, ''))}`)
    return value
  }

  /** Lets stdin go, so that the process can end. */
  close(): void {
    this.#reader?.close()
  }

  #open(): AsyncIterator<string> {
    if (this.#lines) return this.#lines
    const echo = new Writable({
      write: (chunk: Buffer, _encoding, done) => {
        if (!this.#hidden) this.#world.stderr.write(chunk)
        done()
      },
    })
    const terminal = this.isInteractive
    this.#reader = createInterface({ input: this.#world.stdin, output: echo, terminal, historySize: 0 })
    this.#lines = this.#reader[Symbol.asyncIterator]()
    return this.#lines
  }
}
