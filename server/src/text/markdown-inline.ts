import { readLinkTarget } from './link-target.ts'
import { referenceLabel } from './markdown-blocks.ts'

/** How a link was written: bare, in `<…>`, as `[text](url)` or as `![alt](url)`. */
export type LinkKind = 'autolink' | 'angle' | 'link' | 'image'

export type MarkdownLink = { kind: LinkKind; url: string }

/** A run of inline content; `break` stands where markup separates what is beside it. */
export type InlinePiece = { kind: 'text' | 'escaped' | 'code' | 'url' | 'break'; text: string }

export type InlineScan = { pieces: InlinePiece[]; links: MarkdownLink[] }

type Opener = { piece: number; links: number; from: number; image: boolean }

const BREAK: InlinePiece = { kind: 'break', text: '' }
const ANGLE = /<([a-z][a-z0-9+.-]{1,31}:[^\s<>]*|[a-z0-9._%+-]{1,64}@[a-z0-9.-]{1,255})>/iy
const BARE = /[^\s<`]*/y
const BARE_IN_BRACKETS = /[^\s<`\]]*/y
const PUNCTUATION = /[!-/:-@[-`{-~]/
const LONGEST_LABEL = 200

class InlineScanner {
  readonly pieces: InlinePiece[] = []
  links: MarkdownLink[] = []
  readonly #source: string
  readonly #references: ReadonlyMap<string, string>
  readonly #openers: Opener[] = []
  readonly #interesting =
    /[`\\[\]<]|!\[|(?<![\p{L}\p{Nd}])(?:(?:https?|ftp):\/\/(?=[\p{L}\p{Nd}[])|(?:mailto|tel):(?=[\p{L}\p{Nd}+])|www\.(?=[\p{L}\p{Nd}]))/giu
  /** Link openers below this height cannot become links: a link holds no other link. */
  #spent = 0
  #plainFrom = 0
  #runs: Map<number, number[]> | null = null

  constructor(source: string, references: ReadonlyMap<string, string>) {
    this.#source = source
    this.#references = references
  }

  run(): void {
    for (;;) {
      const found = this.#interesting.exec(this.#source)
      if (!found) break
      this.#interesting.lastIndex = this.#at(found.index, found[0])
    }
    this.#plain(this.#source.length)
  }

  /** Handles the marker at `index`; answers where to go on. */
  #at(index: number, marker: string): number {
    if (marker === '`') return this.#codeSpan(index)
    if (marker === '\\') return this.#escape(index)
    if (marker === '[' || marker === '![') return this.#open(index, marker)
    if (marker === ']') return this.#close(index)
    if (marker === '<') return this.#angle(index)
    return this.#autolink(index, marker.length)
  }

  /** Emits the plain text up to `end`. */
  #plain(end: number): void {
    if (end > this.#plainFrom) this.pieces.push({ kind: 'text', text: this.#source.slice(this.#plainFrom, end) })
    this.#plainFrom = end
  }

  #emit(piece: InlinePiece, from: number, to: number): number {
    this.#plain(from)
    this.pieces.push(piece)
    this.#plainFrom = to
    return to
  }

  #codeSpan(index: number): number {
    let after = index
    while (this.#source[after] === '`') after++
    const close = this.#nextRun(after - index, after)
    if (close < 0) return after
    const end = close + after - index
    return this.#emit({ kind: 'code', text: this.#source.slice(after, close) }, index, end)
  }

  /** Start of the next run of exactly `length` backticks at or after `from`, -1 if none. Asked in rising order only. */
  #nextRun(length: number, from: number): number {
    this.#runs ??= backtickRuns(this.#source)
    const starts = this.#runs.get(length)
    if (!starts) return -1
    while (starts.length > 0 && starts.at(-1)! < from) starts.pop()
    return starts.at(-1) ?? -1
  }

  #escape(index: number): number {
    const next = this.#source[index + 1]
    if (next === undefined || !PUNCTUATION.test(next)) return index + 1
    return this.#emit({ kind: 'escaped', text: next }, index, index + 2)
  }

  #open(index: number, marker: string): number {
    const from = index + marker.length
    this.#emit({ kind: 'text', text: marker }, index, from)
    this.#openers.push({ piece: this.pieces.length - 1, links: this.links.length, from, image: marker === '![' })
    return from
  }

  #close(index: number): number {
    const opener = this.#openers.pop()
    const spent = this.#openers.length < this.#spent
    this.#spent = Math.min(this.#spent, this.#openers.length)
    if (!opener || (spent && !opener.image)) return index + 1
    const target = this.#targetAfter(opener, index)
    if (!target) return index + 1
    this.pieces[opener.piece] = BREAK
    this.#emit(BREAK, index, target.end)
    const inner = this.links.splice(opener.links)
    if (opener.image) this.links.push({ kind: 'image', url: target.url })
    else {
      this.links.push({ kind: 'link', url: target.url })
      for (const link of inner) if (link.kind === 'image') this.links.push(link)
      this.#spent = this.#openers.length
    }
    return target.end
  }

  #targetAfter(opener: Opener, close: number): { url: string; end: number } | null {
    if (this.#source[close + 1] === '(') {
      const target = readLinkTarget(this.#source, close + 1)
      if (target) return target
    }
    if (this.#references.size === 0) return null
    if (this.#source[close + 1] === '[') {
      const end = this.#source.slice(close + 2, close + 3 + LONGEST_LABEL).indexOf(']')
      if (end > 0) return this.#reference(close + 2, close + 2 + end, close + 3 + end)
      if (end === 0) return this.#reference(opener.from, close, close + 3)
    }
    return this.#reference(opener.from, close, close + 1)
  }

  #reference(from: number, to: number, end: number): { url: string; end: number } | null {
    if (to - from > LONGEST_LABEL) return null
    const url = this.#references.get(referenceLabel(this.#source.slice(from, to)))
    return url === undefined ? null : { url, end }
  }

  #angle(index: number): number {
    ANGLE.lastIndex = index
    const found = ANGLE.exec(this.#source)
    if (!found) return index + 1
    const text = found[1]!
    this.links.push({ kind: 'angle', url: /^[a-z][a-z0-9+.-]+:/i.test(text) ? text : `mailto:${text}` })
    return this.#emit({ kind: 'url', text }, index, index + found[0].length)
  }

  #autolink(index: number, prefix: number): number {
    const pattern = this.#openers.length > 0 ? BARE_IN_BRACKETS : BARE
    pattern.lastIndex = index
    const text = trimAutolink(pattern.exec(this.#source)![0], prefix)
    this.links.push({ kind: 'autolink', url: /^www\./i.test(text) ? `http://${text}` : text })
    return this.#emit({ kind: 'url', text }, index, index + text.length)
  }
}

/** Scans the inline markdown of one text block in linear time. `references` are the message's link definitions. */
export function scanInline(source: string, references: ReadonlyMap<string, string>): InlineScan {
  const scanner = new InlineScanner(source, references)
  scanner.run()
  return { pieces: scanner.pieces, links: scanner.links }
}

/** Starts of all runs of backticks by their length, last one first. */
function backtickRuns(source: string): Map<number, number[]> {
  const runs = new Map<number, number[]>()
  for (const run of source.matchAll(/`+/g)) {
    const starts = runs.get(run[0].length)
    if (starts) starts.push(run.index)
    else runs.set(run[0].length, [run.index])
  }
  for (const starts of runs.values()) starts.reverse()
  return runs
}

/** A sentence's own punctuation after a bare link is not part of it, nor is a bracket that was opened before it. */
function trimAutolink(text: string, keep: number): string {
  let surplus = 0
  for (const char of text) surplus += char === ')' ? 1 : char === '(' ? -1 : 0
  let end = text.length
  while (end > keep) {
    const last = text[end - 1]!
    if (last === ')') {
      if (surplus-- <= 0) break
    } else if (!'?!.,:;*_~\'"'.includes(last)) break
    end--
  }
  return text.slice(0, end)
}
