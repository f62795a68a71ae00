import { sanitize } from '../output/sanitize.ts'
import type { World } from '../world.ts'
import { HiddenLine } from './hidden-line.ts'

/** Asks the person at the terminal, or reads the answers line by line when stdin is no terminal. */
export class Prompt {
  readonly #world: World
  #chunks: AsyncIterator<string> | undefined
  /** came in, but is not asked for yet */
  #ahead = ''

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
    const isHidden = options.hidden === true && this.isInteractive
    // Before the question: whoever answers fast must not be echoed either.
    if (isHidden) this.#world.stdin.setRawMode?.(true)
    this.#world.stderr.write(sanitize(question))
    try {
      const answer = await (isHidden ? this.#hiddenLine() : this.#line())
      if (answer !== undefined) return answer
    } finally {
      if (isHidden) {
        this.#world.stdin.setRawMode?.(false)
        this.#world.stderr.write('\n')
      }
    }
    throw new Error(`there was no answer to ${JSON.stringify(question.trim().replace(/:$/, ''))}`)
  }

  /** Lets stdin go, so that the process can end. */
  close(): void {
    if (this.#chunks) this.#world.stdin.destroy()
  }

  async #line(): Promise<string | undefined> {
    for (;;) {
      const end = this.#ahead.indexOf('\n')
      if (end >= 0) {
        const line = this.#ahead.slice(0, end).replace(/\r$/, '')
        this.#ahead = this.#ahead.slice(end + 1)
        return line
      }
      if (await this.#readMore()) continue
      const last = this.#ahead
      this.#ahead = ''
      return last || undefined
    }
  }

  async #hiddenLine(): Promise<string | undefined> {
    const line = new HiddenLine()
    for (;;) {
      this.#ahead = line.take(this.#ahead)
      if (line.isDone) return line.text
      if (!(await this.#readMore())) return undefined
    }
  }

  /** Appends what comes next; false when nothing will. */
  async #readMore(): Promise<boolean> {
    this.#chunks ??= this.#world.stdin.setEncoding('utf8')[Symbol.asyncIterator]() as AsyncIterator<string>
    const { value, done } = await this.#chunks.next()
    if (done) return false
    this.#ahead += value
    return true
  }
}
