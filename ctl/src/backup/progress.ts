import type { Context } from '../context.ts'

/** ms between two signs of life: often on a terminal, where they replace each other, seldom in a log. */
const PAUSE = { terminal: 200, log: 10_000 }

/** Says what is being done, and how far it is. */
export class Progress {
  readonly #context: Context
  readonly #isTerminal: boolean
  #title = ''
  #total = 0
  #done = 0
  #next = 0

  constructor(context: Context, isTerminal = process.stdout.isTTY === true) {
    this.#context = context
    this.#isTerminal = isTerminal
  }

  /** Begins a step; `total` bytes are expected, 0 if nobody knows. */
  begin(title: string, total = 0): void {
    this.#clear()
    this.#title = title
    this.#total = total
    this.#done = 0
    this.#next = Date.now() + this.#pause()
    this.#context.stdout(`${title} ...\n`)
  }

  /** So many bytes more. */
  advance(bytes: number): void {
    this.#done += bytes
    if (Date.now() < this.#next) return
    this.#next = Date.now() + this.#pause()
    const share = this.#total > 0 ? ` of ${readableSize(this.#total)} (${this.#percent()} %)` : ''
    const line = `  ${this.#title}: ${readableSize(this.#done)}${share}`
    this.#context.stdout(this.#isTerminal ? `\r\u001B[K${line}` : `${line}\n`)
  }

  /** A line that stays. */
  say(text: string): void {
    this.#clear()
    this.#context.stdout(`${text}\n`)
  }

  #percent(): number {
    return Math.min(99, Math.floor((this.#done / this.#total) * 100))
  }

  #pause(): number {
    return this.#isTerminal ? PAUSE.terminal : PAUSE.log
  }

  #clear(): void {
    if (this.#isTerminal) this.#context.stdout('\r\u001B[K')
  }
}

/** Passes a stream on and counts its bytes. */
export async function* counted(
  source: AsyncIterable<Buffer>,
  onBytes: (bytes: number) => void,
): AsyncGenerator<Buffer> {
  for await (const chunk of source) {
    onBytes(chunk.length)
    yield chunk
  }
}

/** A size for people: `12.3 MB`. */
export function readableSize(bytes: number): string {
  const units = ['bytes', 'kB', 'MB', 'GB', 'TB']
  let size = bytes
  let unit = 0
  while (size >= 1000 && unit < units.length - 1) {
    size /= 1000
    unit++
  }
  return `${unit === 0 ? size : size.toFixed(1)} ${units[unit]}`
}
