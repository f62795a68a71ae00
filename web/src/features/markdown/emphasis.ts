import type { Inline } from './ast.ts'

/** A text that escapes or entities made: it reads like any other, but holds no names. */
export type Literal = { type: 'literal'; value: string }

/** What the scanner collects: finished nodes, and runs of `*`, `_` or `~~` that may turn out to be emphasis. */
export type Piece = Inline | Literal | Delimiter

type Mark = 'emphasis' | 'strong' | 'strike'

export type Delimiter = {
  type: 'delimiter'
  char: string
  length: number
  /** Characters not used up by emphasis: these are shown. */
  left: number
  canOpen: boolean
  canClose: boolean
  /** In the order in which they were matched: from the text outwards. */
  opens: Mark[]
  closes: Mark[]
  /** Place among all runs of the text. */
  at: number
  previous: Delimiter | null
  next: Delimiter | null
}

const WORD = /[\p{L}\p{M}\p{N}]/u

/**
 * Makes a run of delimiters. `*` and `~~` look only for blanks beside them, because Korean puts particles right behind the
 * closing mark: `**“인용”**은`. `_` inside a word, as in `file_name`, is none.
 */
export function makeDelimiter(char: string, length: number, before: string, after: string): Delimiter {
  const opens = after !== '' && !/\s/.test(after)
  const closes = before !== '' && !/\s/.test(before)
  const word = char === '_'
  return {
    type: 'delimiter',
    char,
    length,
    left: length,
    canOpen: opens && !(word && WORD.test(before)),
    canClose: closes && !(word && WORD.test(after)),
    opens: [],
    closes: [],
    at: 0,
    previous: null,
    next: null,
  }
}

/** The runs of delimiters that are still open, in the order of the text. */
export class DelimiterStack {
  top: Delimiter | null = null
  steps = 0
  #count = 0

  push(delimiter: Delimiter): void {
    delimiter.at = ++this.#count
    delimiter.previous = this.top
    if (this.top) this.top.next = delimiter
    this.top = delimiter
  }

  /** Matches the runs above `bottom` and drops them. Linear: where a closer found no opener, none looks again. */
  resolve(bottom: Delimiter | null): void {
    const floors = new Map<string, number>()
    let closer = bottom ? bottom.next : this.#first()
    while (closer) {
      this.steps++
      if (!closer.canClose || closer.left === 0) {
        closer = closer.next
        continue
      }
      const kind = `${closer.char}${closer.canOpen}${closer.length % 3}`
      const opener = this.#openerOf(closer, floors.get(kind) ?? bottom?.at ?? 0)
      if (!opener) {
        floors.set(kind, closer.previous?.at ?? 0)
        if (!closer.canOpen) this.#remove(closer)
        closer = closer.next
        continue
      }
      match(opener, closer)
      opener.next = closer
      closer.previous = opener
      if (opener.left === 0) this.#remove(opener)
    }
    this.top = bottom
    if (bottom) bottom.next = null
  }

  #first(): Delimiter | null {
    let first = this.top
    while (first?.previous) {
      this.steps++
      first = first.previous
    }
    return first
  }

  #openerOf(closer: Delimiter, floor: number): Delimiter | null {
    for (let opener = closer.previous; opener && opener.at > floor; opener = opener.previous) {
      this.steps++
      if (opener.char === closer.char && opener.canOpen && opener.left > 0 && fit(opener, closer)) return opener
    }
    return null
  }

  #remove({ previous, next }: Delimiter): void {
    if (previous) previous.next = next
    if (next) next.previous = previous
  }
}

/** CommonMark's rule of three: `**a*` with a run that both opens and closes must not end inside the longer run. */
function fit(opener: Delimiter, closer: Delimiter): boolean {
  if (!closer.canOpen && !opener.canClose) return true
  return (opener.length + closer.length) % 3 !== 0 || (opener.length % 3 === 0 && closer.length % 3 === 0)
}

function match(opener: Delimiter, closer: Delimiter): void {
  const used = opener.left >= 2 && closer.left >= 2 ? 2 : 1
  const mark = opener.char === '~' ? 'strike' : used === 2 ? 'strong' : 'emphasis'
  opener.left -= used
  closer.left -= used
  opener.opens.push(mark)
  closer.closes.push(mark)
}
