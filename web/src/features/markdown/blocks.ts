import { referenceLabel } from '../../../../server/src/text/markdown-blocks.ts'
import type { Align } from './ast.ts'
import { afterQuoteMark, closesFence, countSpaces, expandTabs, isRule, readFence, readMarker } from './lines.ts'
import type { FenceMark, Marker } from './lines.ts'
import { readDelimiterRow, splitCells } from './table.ts'

/** A block whose inline markdown is still text. */
export type RawBlock =
  | { type: 'paragraph'; text: string }
  | { type: 'heading'; level: number; text: string }
  | { type: 'quote'; children: RawBlock[] }
  | RawList
  | { type: 'code'; language: string; value: string }
  | { type: 'table'; align: Align[]; rows: string[][] }
  | { type: 'rule' }

type RawList = { type: 'list'; start: number | null; tight: boolean; items: RawBlock[][] }

/** Where a link definition points. */
export type Reference = { url: string; title: string }

export type RawDocument = { blocks: RawBlock[]; references: Map<string, Reference>; steps: number }

type Container = { kind: 'root' | 'quote' | 'item'; blocks: RawBlock[]; marker: number; content: number }

type Leaf =
  | { type: 'paragraph'; lines: string[] }
  | { type: 'fence'; fence: FenceMark; indent: number; lines: string[] }
  | { type: 'indented'; lines: string[] }
  | { type: 'table'; align: Align[]; rows: string[][] }

/** Quotes and lists beyond this depth are text: nobody reads them, and the reader's stack is finite. */
const MAX_DEPTH = 20

const HEADING = /^(#{1,6}) +(?=[^ #]|#+[^ #])/
const DEFINITION = /^\[([^[\]]{1,200})\]:[ \t]*<?([^\s<>]+)>?(?:[ \t]+["'(](.*))?[ \t]*$/

class BlockParser {
  readonly references = new Map<string, Reference>()
  steps = 0
  readonly #open: Container[] = [{ kind: 'root', blocks: [], marker: 0, content: 0 }]
  #leaf: Leaf | null = null
  /** Whether the line before was blank: decides whether a list is loose. */
  #afterBlank = false

  get blocks(): RawBlock[] {
    return this.#open[0]!.blocks
  }

  line(raw: string): void {
    this.steps++
    let rest = expandTabs(raw)
    let matched = 1
    for (; matched < this.#open.length; matched++) {
      this.steps++
      const inside = this.#continued(this.#open[matched]!, rest)
      if (inside === null) break
      rest = inside
    }
    if (matched === this.#open.length && this.#fenced(rest)) return
    if (rest.trim() === '') this.#blank(matched)
    else this.#content(rest, matched)
  }

  end(): void {
    this.#close(1)
    this.#endLeaf()
  }

  /** What is left of the line inside the container, null when the container ends before it. */
  #continued(container: Container, rest: string): string | null {
    if (container.kind === 'quote') return afterQuoteMark(rest)
    const indent = countSpaces(rest)
    if (indent === rest.length) return container.blocks.length > 0 || this.#leaf ? '' : null
    if (indent >= container.content) return rest.slice(container.content)
    // People indent sub-items by two, also below "1. ", where the text starts at column three.
    const nested = indent >= container.marker + 2 && this.#leaf?.type !== 'fence' && readMarker(rest.slice(indent))
    return nested ? rest.slice(indent) : null
  }

  #fenced(rest: string): boolean {
    const leaf = this.#leaf
    if (leaf?.type !== 'fence') return false
    if (closesFence(rest, leaf.fence)) this.#endLeaf()
    else leaf.lines.push(rest.slice(Math.min(countSpaces(rest), leaf.indent)))
    return true
  }

  #blank(matched: number): void {
    if (this.#leaf?.type === 'indented' && matched === this.#open.length) this.#leaf.lines.push('')
    else {
      this.#close(matched)
      this.#endLeaf()
    }
    this.#afterBlank = true
  }

  #content(line: string, matched: number): void {
    let rest = line
    let depth = matched
    for (;;) {
      this.steps++
      const indent = countSpaces(rest)
      if (indent >= 4 || depth > MAX_DEPTH) break
      const quoted = afterQuoteMark(rest)
      if (quoted !== null) {
        this.#enter({ kind: 'quote', blocks: [], marker: 0, content: 0 }, depth++)
        if (quoted.trim() === '') return
        rest = quoted
        continue
      }
      const marker = isRule(rest.slice(indent)) ? null : readMarker(rest.slice(indent))
      if (!marker || (marker.empty && this.#leaf?.type === 'paragraph' && depth === this.#open.length)) break
      this.#enterItem(marker, indent, depth++)
      if (marker.empty) return
      rest = marker.rest
    }
    this.#leafLine(rest, depth)
    this.#afterBlank = false
  }

  #leafLine(rest: string, depth: number): void {
    const indent = countSpaces(rest)
    const text = rest.slice(indent).trimEnd()
    const lazy = this.#leaf?.type === 'paragraph' ? this.#leaf : null
    if (lazy && (indent >= 4 || (depth < this.#open.length && !startsLeaf(text)))) {
      lazy.lines.push(text)
      return
    }
    this.#close(depth)
    if (indent >= 4) this.#indented(rest.slice(4))
    else if (!this.#underline(text)) this.#plainLeaf(text, indent)
  }

  #indented(text: string): void {
    if (this.#leaf?.type === 'indented') this.#leaf.lines.push(text)
    else this.#start({ type: 'indented', lines: [text] })
  }

  /** A line below a paragraph that makes its last line a heading or the head of a table. */
  #underline(text: string): boolean {
    const leaf = this.#leaf
    if (leaf?.type !== 'paragraph') return false
    const level = /^(?:(={2,})|-{2,})$/.exec(text)
    const head = leaf.lines.at(-1)!
    const align = level ? null : readDelimiterRow(text, head)
    if (!level && !align) return false
    leaf.lines.pop()
    if (align) this.#start({ type: 'table', align, rows: [splitCells(head)] })
    else this.#add({ type: 'heading', level: level![1] ? 1 : 2, text: head })
    return true
  }

  #plainLeaf(text: string, indent: number): void {
    const fence = readFence(text)
    if (fence) return this.#start({ type: 'fence', fence, indent, lines: [] })
    const heading = HEADING.exec(text)
    if (heading) {
      const content = text.slice(heading[0].length).replace(/(?<= )#+$/, '')
      return this.#add({ type: 'heading', level: heading[1]!.length, text: content.trimEnd() })
    }
    if (isRule(text)) return this.#add({ type: 'rule' })
    const leaf = this.#leaf
    if (leaf?.type === 'paragraph') leaf.lines.push(text)
    else if (leaf?.type === 'table' && text.includes('|')) leaf.rows.push(splitCells(text))
    else if (!this.#definition(text)) this.#start({ type: 'paragraph', lines: [text] })
  }

  #definition(text: string): boolean {
    const found = text[0] === '[' ? DEFINITION.exec(text) : null
    if (!found) return false
    this.#endLeaf()
    const label = referenceLabel(found[1]!)
    const title = (found[3] ?? '').replace(/["')]$/, '')
    if (!this.references.has(label)) this.references.set(label, { url: found[2]!, title })
    return true
  }

  #enter(container: Container, depth: number): void {
    this.#close(depth)
    this.#add({ type: 'quote', children: container.blocks })
    this.#open.push(container)
    this.#afterBlank = false
  }

  #enterItem(marker: Marker, indent: number, depth: number): void {
    this.#close(depth)
    this.#endLeaf()
    const blocks: RawBlock[] = []
    const last = this.#open.at(-1)!.blocks.at(-1)
    if (last?.type === 'list' && (last.start === null) === (marker.number === null)) {
      last.items.push(blocks)
      if (this.#afterBlank) last.tight = false
    } else this.#add({ type: 'list', start: marker.number, tight: true, items: [blocks] })
    this.#open.push({ kind: 'item', blocks, marker: indent, content: indent + marker.content })
    this.#afterBlank = false
  }

  #start(leaf: Leaf): void {
    this.#endLeaf()
    this.#loosen()
    this.#leaf = leaf
  }

  #add(block: RawBlock): void {
    this.#endLeaf()
    this.#loosen()
    this.#open.at(-1)!.blocks.push(block)
  }

  /** A blank line between two blocks of an item makes its list loose. */
  #loosen(): void {
    const { kind, blocks } = this.#open.at(-1)!
    if (!this.#afterBlank || kind !== 'item' || blocks.length === 0) return
    const list = this.#open.at(-2)!.blocks.at(-1)
    if (list?.type === 'list') list.tight = false
  }

  /** Ends the containers from `depth` on. */
  #close(depth: number): void {
    if (depth >= this.#open.length) return
    this.#endLeaf()
    this.#open.length = depth
  }

  #endLeaf(): void {
    const leaf = this.#leaf
    this.#leaf = null
    const block = leaf && finished(leaf)
    if (block) this.#open.at(-1)!.blocks.push(block)
  }
}

const startsLeaf = (text: string): boolean => readFence(text) !== null || HEADING.test(text) || isRule(text)

function finished(leaf: Leaf): RawBlock | null {
  if (leaf.type === 'table') return leaf
  if (leaf.type === 'fence') return { type: 'code', language: leaf.fence.language, value: leaf.lines.join('\n') }
  if (leaf.lines.length === 0) return null
  if (leaf.type === 'paragraph') return { type: 'paragraph', text: leaf.lines.join('\n') }
  return { type: 'code', language: '', value: leaf.lines.join('\n').replace(/\n+$/, '') }
}

/**
 * Cuts a message into blocks. `steps` counts the work done: it grows linearly with the message, because anyone may send
 * 16383 hostile characters. Agrees with the server's `splitBlocks` on what is code.
 */
export function parseBlocks(text: string): RawDocument {
  const parser = new BlockParser()
  for (const line of text.split(/\r\n|\n|\r/)) parser.line(line)
  parser.end()
  return { blocks: parser.blocks, references: parser.references, steps: parser.steps }
}
