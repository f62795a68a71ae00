/** A leaf of a message: text that holds inline markdown, or code that must be taken as it is. */
export type MarkdownBlock = { kind: 'text' | 'code'; text: string }

/** The blocks of a message in order, and its `[label]: url` definitions by lower-case label. */
export type MarkdownBlocks = { blocks: MarkdownBlock[]; references: Map<string, string> }

type Fence = { mark: string; length: number; depth: number; indent: number; lines: string[] }

const LIST_MARKER = /(?:[-+*]|\d{1,9}[.)])(?= |$)/y
const FENCE = /(`{3,})[^`]*$|(~{3,}).*$/y
const HEADING = /#{1,6}(?: +|$)/y
const RULE = /^(?:(?:\* *){3,}|(?:- *){3,}|(?:_ *){3,})$/
const DEFINITION = /^\[([^[\]]{1,200})\]:[ \t]*<?([^\s<>]+)>?(?:[ \t]+["'(].*)?[ \t]*$/

class BlockSplitter {
  readonly blocks: MarkdownBlock[] = []
  readonly references = new Map<string, string>()
  #paragraph: string[] = []
  #indented: string[] = []
  #fence: Fence | null = null
  #depth = 0
  /** Content columns of the open list items, outermost first. */
  #items: number[] = []

  line(raw: string): void {
    const { rest, depth } = stripQuotes(raw, this.#fence ? this.#fence.depth : Infinity)
    const indent = countSpaces(rest)
    const blank = indent === rest.length
    if (this.#fence && this.#fenced(rest, depth, indent, blank)) return
    if (blank) {
      this.#endParagraph()
      if (depth !== this.#depth) this.#enterQuote(depth)
      return
    }
    if (depth !== this.#depth) this.#enterQuote(depth)
    while (this.#items.length > 0 && this.#items.at(-1)! > indent) this.#items.pop()
    this.#content(rest, indent)
  }

  end(): void {
    this.#closeFence()
    this.#endParagraph()
    this.#endIndented()
  }

  /** Whether the line belonged to the open fence. Leaving the quote or the list item of a fence closes it. */
  #fenced(rest: string, depth: number, indent: number, blank: boolean): boolean {
    const fence = this.#fence!
    if (depth < fence.depth || (!blank && indent < fence.indent)) {
      this.#closeFence()
      return false
    }
    const text = rest.slice(Math.min(indent, fence.indent))
    const trimmed = text.trim()
    const closes = trimmed.length >= fence.length && indent - fence.indent < 4 && isRunOf(trimmed, fence.mark)
    if (closes) this.#closeFence()
    else fence.lines.push(text)
    return true
  }

  #content(rest: string, lineIndent: number): void {
    let at = lineIndent
    let effective = at - (this.#items.at(-1) ?? 0)
    for (;;) {
      if (effective >= 4 && this.#paragraph.length === 0) {
        this.#indented.push(rest.slice(at - effective + 4))
        return
      }
      this.#endIndented()
      if (effective >= 4) {
        this.#paragraph.push(rest.slice(at))
        return
      }
      if (at === lineIndent && RULE.test(rest.slice(at))) {
        this.#endParagraph()
        return
      }
      LIST_MARKER.lastIndex = at
      const marker = LIST_MARKER.exec(rest)
      if (!marker) break
      this.#endParagraph()
      const after = at + marker[0].length
      const spaces = countSpaces(rest, after)
      if (after + spaces === rest.length) {
        this.#items.push(after + 1)
        return
      }
      const content = after + (spaces > 4 ? 1 : spaces)
      this.#items.push(content)
      at = after + spaces
      effective = at - content
    }
    this.#leaf(rest, at)
  }

  #leaf(rest: string, at: number): void {
    FENCE.lastIndex = at
    const fence = FENCE.exec(rest)
    if (fence) {
      this.#endParagraph()
      const run = (fence[1] ?? fence[2])!
      const indent = this.#items.at(-1) ?? 0
      this.#fence = { mark: run[0]!, length: run.length, depth: this.#depth, indent, lines: [] }
      return
    }
    HEADING.lastIndex = at
    const heading = HEADING.exec(rest)
    if (heading) {
      this.#endParagraph()
      this.blocks.push({ kind: 'text', text: rest.slice(at + heading[0].length) })
      return
    }
    const text = rest.slice(at)
    const definition = this.#paragraph.length === 0 ? DEFINITION.exec(text) : null
    if (definition) {
      const label = referenceLabel(definition[1]!)
      if (!this.references.has(label)) this.references.set(label, definition[2]!)
      return
    }
    this.#paragraph.push(text)
  }

  /** A deeper quote starts anew; a shallower line may still be the lazy end of a quoted paragraph. */
  #enterQuote(depth: number): void {
    if (depth > this.#depth) this.#endParagraph()
    this.#endIndented()
    this.#items = []
    this.#depth = depth
  }

  #closeFence(): void {
    if (!this.#fence) return
    this.blocks.push({ kind: 'code', text: this.#fence.lines.join('\n') })
    this.#fence = null
  }

  #endParagraph(): void {
    if (this.#paragraph.length === 0) return
    this.blocks.push({ kind: 'text', text: this.#paragraph.join('\n') })
    this.#paragraph = []
  }

  #endIndented(): void {
    if (this.#indented.length === 0) return
    this.blocks.push({ kind: 'code', text: this.#indented.join('\n') })
    this.#indented = []
  }
}

/**
 * Cuts a message into text and code blocks (fenced with ``` or ~~~, or indented by four), looking into quotes and
 * lists. Time grows linearly with the message, because anyone may send 16383 hostile characters.
 */
export function splitBlocks(message: string): MarkdownBlocks {
  const splitter = new BlockSplitter()
  for (const line of message.split(/\r\n|\n|\r/)) splitter.line(line)
  splitter.end()
  return { blocks: splitter.blocks, references: splitter.references }
}

/** The form under which a reference label is compared: case and runs of blanks do not count. */
export function referenceLabel(label: string): string {
  return label.trim().toLowerCase().replace(/\s+/g, ' ')
}

function stripQuotes(line: string, limit: number): { rest: string; depth: number } {
  let at = 0
  let depth = 0
  while (depth < limit) {
    const spaces = countSpaces(line, at)
    if (spaces > 3 || line[at + spaces] !== '>') break
    at += spaces + 1
    if (line[at] === ' ') at++
    depth++
  }
  return { rest: expandTabs(depth ? line.slice(at) : line), depth }
}

function expandTabs(line: string): string {
  let column = 0
  let at = 0
  let tab = false
  for (; at < line.length && (line[at] === ' ' || line[at] === '\t'); at++) {
    if (line[at] === '\t') {
      tab = true
      column += 4 - (column % 4)
    } else column++
  }
  return tab ? ' '.repeat(column) + line.slice(at) : line
}

function countSpaces(text: string, from = 0): number {
  let at = from
  while (text[at] === ' ') at++
  return at - from
}

function isRunOf(text: string, mark: string): boolean {
  for (let i = 0; i < text.length; i++) if (text[i] !== mark) return false
  return true
}
