import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'

/** A program at a pseudo-terminal, by util-linux's `script`, which every Debian has. */
export class Pty {
  /** everything the terminal has shown */
  shown = ''
  readonly #child: ChildProcess
  readonly #ended: Promise<number>
  #changed = () => {}

  constructor(command: string, env: NodeJS.ProcessEnv) {
    this.#child = spawn('script', ['-qec', command, '/dev/null'], { env, stdio: ['pipe', 'pipe', 'inherit'] })
    this.#child.stdout!.on('data', (chunk: Buffer) => {
      this.shown += chunk.toString()
      this.#changed()
    })
    this.#ended = new Promise((done) => this.#child.once('close', (code) => done(code ?? -1)))
  }

  /** Waits until the terminal shows a text that it did not show before the last answer. */
  async until(text: string): Promise<void> {
    while (!this.shown.slice(this.#from).includes(text)) {
      const more = new Promise<'more'>((done) => (this.#changed = () => done('more')))
      const next = await Promise.race([more, this.#ended])
      if (next !== 'more' && !this.shown.slice(this.#from).includes(text)) {
        throw new Error(`ended without ${JSON.stringify(text)}: ${this.shown}`)
      }
    }
  }
  #from = 0

  /** Types. */
  type(keys: string): void {
    this.#from = this.shown.length
    this.#child.stdin!.write(keys)
  }

  /** Waits until the program has ended; resolves with its exit status. */
  end(): Promise<number> {
    return this.#ended
  }
}
