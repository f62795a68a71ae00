import { readLinkTarget } from '../../../../server/src/text/link-target.ts'
import { referenceLabel } from '../../../../server/src/text/markdown-blocks.ts'
import type { Dialect, Inline } from './ast.ts'
import type { Reference } from './blocks.ts'
import { DelimiterStack, makeDelimiter } from './emphasis.ts'
import type { Delimiter, Piece } from './emphasis.ts'
import { ENTITY, entityText } from './entities.ts'
import { readExtras } from './image-size.ts'
import { readAngle, readBare, startPattern } from './addresses.ts'
import { autoLink } from './tokens.ts'
import { nest, settle, textOf } from './tree.ts'

type Bracket = { piece: number; bottom: Delimiter | null; from: number; image: boolean }

type Target = { url: string; title: string; width: number; height: number; end: number }

const LONGEST_LABEL = 200
const EMOJI = /:([a-z0-9_+-]{1,64}):(?!\/\/)/iy
const LATEX = /\$(?=[^\s$])([^$\n]*)(?<=\S)\$(?!\w)/y
const PUNCTUATION = /[!-/:-@[-`{-~]/

/** One pass over the text of a block. Every character is looked at a bounded number of times. */
class InlineParser {
  readonly #source: string
  readonly #dialect: Dialect
  readonly #references: ReadonlyMap<string, Reference>
  readonly #pieces: Piece[] = []
  readonly #brackets: Bracket[] = []
  readonly #stack = new DelimiterStack()
  /** Brackets below this height cannot become links: a link holds no other link. */
  #spent = 0
  #plainFrom = 0
  #ticks: Map<number, number[]> | null = null
  #steps = 0

  constructor(source: string, references: ReadonlyMap<string, Reference>, dialect: Dialect) {
    this.#source = source
    this.#references = references
    this.#dialect = dialect
  }

  get steps(): number {
    return this.#steps + this.#stack.steps
  }

  run(): Inline[] {
    const interesting = startPattern(this.#dialect)
    for (let found = interesting.exec(this.#source); found; found = interesting.exec(this.#source)) {
      this.#steps++
      interesting.lastIndex = this.#at(found.index, found[0])
    }
    this.#plain(this.#source.length)
    this.#stack.resolve(null)
    return settle(nest(this.#pieces))
  }

  /** Handles what begins at `index`; answers where to go on. */
  #at(index: number, start: string): number {
    switch (start[0]) {
      case '`':
        return this.#code(index, start.length)
      case '\\':
        return this.#escape(index)
      case '\n':
        return this.#emit({ type: 'break' }, index, index + 1)
      case '*':
      case '_':
      case '~':
        return this.#delimiter(index, start)
      case '!':
      case '[':
        return this.#open(index, start)
      case ']':
        return this.#close(index)
      case '<':
        return this.#angle(index)
      case '&':
        return this.#entity(index)
      case ':':
        return this.#matched(EMOJI, index, (raw, name) => ({ type: 'emoji', name, raw }))
      case '$':
        return this.#latex(index)
      default:
        return this.#bare(index, start.length)
    }
  }

  /** Emits the plain text up to `end`. */
  #plain(end: number): void {
    if (end > this.#plainFrom) this.#pieces.push({ type: 'text', value: this.#source.slice(this.#plainFrom, end) })
    this.#plainFrom = end
  }

  #emit(piece: Piece, from: number, to: number): number {
    this.#plain(from)
    this.#pieces.push(piece)
    this.#plainFrom = to
    return to
  }

  #matched(pattern: RegExp, index: number, make: (raw: string, inner: string) => Piece): number {
    pattern.lastIndex = index
    const found = pattern.exec(this.#source)
    return found ? this.#emit(make(found[0], found[1]!), index, index + found[0].length) : index + 1
  }

  #latex(index: number): number {
    const before = this.#source[index - 1]
    if (before !== undefined && /[\w$\\]/.test(before)) return index + 1
    return this.#matched(LATEX, index, (_, value) => ({ type: 'latex', value }))
  }

  #code(index: number, length: number): number {
    const after = index + length
    const close = this.#nextTicks(length, after)
    if (close < 0) return after
    let value = this.#source.slice(after, close).replaceAll('\n', ' ')
    if (value.length > 2 && value.startsWith(' ') && value.endsWith(' ') && value.trim() !== '') {
      value = value.slice(1, -1)
    }
    return this.#emit({ type: 'code', value }, index, close + length)
  }

  /** Start of the next run of exactly `length` backticks at or after `from`, -1 if none. Asked in rising order only. */
  #nextTicks(length: number, from: number): number {
    this.#ticks ??= tickRuns(this.#source)
    const starts = this.#ticks.get(length)
    if (!starts) return -1
    while (starts.length > 0 && starts.at(-1)! < from) starts.pop()
    return starts.at(-1) ?? -1
  }

  #escape(index: number): number {
    const next = this.#source[index + 1]
    if (next === '\n') return this.#emit({ type: 'break' }, index, index + 2)
    if (next === undefined || !PUNCTUATION.test(next)) return index + 1
    return this.#emit({ type: 'literal', value: next }, index, index + 2)
  }

  #entity(index: number): number {
    ENTITY.lastIndex = index
    const found = ENTITY.exec(this.#source)
    const value = found && entityText(found)
    return value === null ? index + 1 : this.#emit({ type: 'literal', value }, index, index + found![0].length)
  }

  /** `~~` alone strikes through; in `~~~name` the third tilde begins a channel's name. */
  #delimiter(index: number, run: string): number {
    const strike = run[0] === '~'
    const length = strike && run.length === 3 ? 2 : run.length
    const end = index + length
    if (strike && length !== 2) return index + run.length
    const delimiter = makeDelimiter(
      run[0]!,
      length,
      characterBefore(this.#source, index),
      characterAt(this.#source, end),
    )
    this.#stack.push(delimiter)
    return this.#emit(delimiter, index, end) + run.length - length
  }

  #open(index: number, start: string): number {
    const from = index + start.length
    this.#emit({ type: 'text', value: start }, index, from)
    const image = start.length === 2
    this.#brackets.push({ piece: this.#pieces.length - 1, bottom: this.#stack.top, from, image })
    return from
  }

  #close(index: number): number {
    const bracket = this.#brackets.pop()
    const spent = this.#brackets.length < this.#spent
    this.#spent = Math.min(this.#spent, this.#brackets.length)
    if (!bracket || (spent && !bracket.image)) return index + 1
    const target = this.#targetAfter(bracket, index)
    if (!target) return index + 1
    this.#plain(index)
    this.#stack.resolve(bracket.bottom)
    const inner = nest(this.#pieces, bracket.piece + 1)
    this.#steps += this.#pieces.length - bracket.piece
    this.#pieces.length = bracket.piece
    const { end, url, title, width, height } = target
    this.#plainFrom = index
    if (bracket.image) return this.#emit({ type: 'image', url, alt: textOf(inner), title, width, height }, index, end)
    this.#spent = this.#brackets.length
    return this.#emit({ type: 'link', url, title, auto: false, children: inner as Inline[] }, index, end)
  }

  #targetAfter(bracket: Bracket, close: number): Target | null {
    const source = this.#source
    if (source[close + 1] === '(') {
      const target = readLinkTarget(source, close + 1)
      if (target) return { ...readExtras(source.slice(close + 1, target.end)), ...target }
    }
    if (this.#references.size === 0) return null
    if (source[close + 1] === '[') {
      const end = source.slice(close + 2, close + 3 + LONGEST_LABEL).indexOf(']')
      if (end > 0) return this.#reference(close + 2, close + 2 + end, close + 3 + end)
      if (end === 0) return this.#reference(bracket.from, close, close + 3)
    }
    return this.#reference(bracket.from, close, close + 1)
  }

  #reference(from: number, to: number, end: number): Target | null {
    if (to - from > LONGEST_LABEL) return null
    const reference = this.#references.get(referenceLabel(this.#source.slice(from, to)))
    return reference ? { ...reference, width: 0, height: 0, end } : null
  }

  #angle(index: number): number {
    const found = readAngle(this.#source, index)
    return found ? this.#emit(autoLink(found.text, found.url), index, found.end) : index + 1
  }

  #bare(index: number, scheme: number): number {
    const { text, url } = readBare(this.#source, index, scheme, this.#brackets.length > 0)
    return this.#emit(autoLink(text, url), index, index + text.length)
  }
}

function tickRuns(source: string): Map<number, number[]> {
  const runs = new Map<number, number[]>()
  for (const { 0: run, index } of source.matchAll(/`+/g)) {
    const starts = runs.get(run.length)
    if (starts) starts.push(index)
    else runs.set(run.length, [index])
  }
  for (const starts of runs.values()) starts.reverse()
  return runs
}

/** The character at or before a place, whole even outside the basic plane; empty at the edge of the text. */
const characterAt = (text: string, at: number): string => {
  const code = text.codePointAt(at)
  return code === undefined ? '' : String.fromCodePoint(code)
}
const characterBefore = (text: string, at: number): string => {
  const low = at > 1 && /[\udc00-\udfff]/.test(text[at - 1]!)
  return at === 0 ? '' : characterAt(text, low ? at - 2 : at - 1)
}

/** The inline markdown of one text; `steps` counts the work, which grows linearly with the text. */
export function parseInline(
  text: string,
  references: ReadonlyMap<string, Reference>,
  dialect: Dialect,
): { nodes: Inline[]; steps: number } {
  const parser = new InlineParser(text, references, dialect)
  return { nodes: parser.run(), steps: parser.steps + text.length }
}
