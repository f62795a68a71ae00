import type { Output } from '../world.ts'
import { showPaged } from './pager.ts'
import { sanitize, sanitizeJson } from './sanitize.ts'

interface Item {
  readonly plain: string
  readonly json: unknown
}

export interface PrinterOptions {
  readonly json: boolean
  readonly quiet: boolean
  /** with --json one item is printed bare */
  readonly single: boolean
  readonly shortStat: boolean
  readonly noStat: boolean
  /** the program that shows long output page by page, '' for none */
  readonly pager: string
  readonly stdout: Output
  readonly stderr: Output
}

/** Escape sequences that mmctl itself may use; everything else is taken out of what it prints. */
const COLOURS = { red: '\u001b[31m', blue: '\u001b[34;1m', yellow: '\u001b[33m' } as const
const END = '\u001b[0m'

/** Collects what a command has to say and writes it at the end: items to stdout, then the count to stderr. */
export class Printer {
  readonly #options: PrinterOptions
  readonly #items: Item[] = []
  #paged = false

  constructor(options: PrinterOptions) {
    this.#options = options
  }

  get json(): boolean {
    return this.#options.json
  }

  /** One item: its plain form, and the object that stands for it in JSON (its plain form if not given). */
  print(plain: string, json: unknown = plain): void {
    this.#items.push({ plain: sanitize(plain), json })
  }

  /** An item made of pieces, some of them coloured on a terminal. */
  printPieces(pieces: readonly (string | { text: string; colour: keyof typeof COLOURS })[], json: unknown): void {
    const colours = this.#options.stdout.isTTY === true
    const plain = pieces.map((piece) => {
      if (typeof piece === 'string') return sanitize(piece)
      return colours ? `${COLOURS[piece.colour]}${sanitize(piece.text)}${END}` : sanitize(piece.text)
    })
    this.#items.push({ plain: plain.join(''), json })
  }

  /** A value that is JSON in both forms, as settings are. */
  printValue(value: unknown): void {
    this.#items.push({ plain: sanitizeJson(JSON.stringify(value, null, 2)), json: value })
  }

  /** Says something on stderr at once, in yellow on a terminal. */
  warn(text: string): void {
    const { stderr } = this.#options
    const line = sanitize(text)
    stderr.write(stderr.isTTY ? `${COLOURS.yellow}${line}${END}\n` : `${line}\n`)
  }

  /** Writes what was collected so far, for commands that go on listening. */
  async flush(): Promise<void> {
    const { stdout, quiet, pager } = this.#options
    const text = this.#options.shortStat || quiet ? '' : this.#render()
    this.#items.length = 0
    if (text === '') return
    this.#paged = pager !== '' && stdout.isTTY === true && text.split('\n').length - 1 > (stdout.rows ?? Infinity)
    if (this.#paged) await showPaged(pager, text)
    else stdout.write(text)
  }

  /** Writes everything; `count` is the line that closes a list, made from the number of items. */
  async finish(count?: (items: number) => string): Promise<void> {
    const { stdout, stderr, quiet, noStat } = this.#options
    const items = this.#items.length
    await this.flush()
    if (!count || quiet || noStat) return
    if (stdout.isTTY && !this.#paged) stderr.write('\n')
    stderr.write(`${sanitize(count(items))}\n`)
  }

  #render(): string {
    if (!this.#options.json) return this.#items.map((item) => `${item.plain}\n`).join('')
    const values = this.#items.map((item) => item.json)
    if (this.#options.single && values.length === 0) return ''
    const value = this.#options.single && values.length === 1 ? values[0] : values
    return `${sanitizeJson(JSON.stringify(value, null, 2))}\n`
  }
}
