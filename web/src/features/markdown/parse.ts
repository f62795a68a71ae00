import type { Block, Dialect, Document, Inline, ListItem } from './ast.ts'
import { PLAIN_DIALECT } from './ast.ts'
import { parseBlocks } from './blocks.ts'
import type { RawBlock } from './blocks.ts'
import { parseInline } from './inline.ts'

/** Messages kept parsed, and the length of text they may have together. */
const MOST_ENTRIES = 2_000
const MOST_TEXT = 2_000_000

class ParseCache {
  readonly #entries = new Map<string, Document>()
  #length = 0

  get(text: string): Document | undefined {
    const found = this.#entries.get(text)
    if (found) {
      this.#entries.delete(text)
      this.#entries.set(text, found)
    }
    return found
  }

  set(text: string, document: Document): void {
    this.#entries.set(text, document)
    this.#length += text.length
    for (const oldest of this.#entries.keys()) {
      if (this.#entries.size <= MOST_ENTRIES && this.#length <= MOST_TEXT) break
      this.#entries.delete(oldest)
      this.#length -= oldest.length
    }
  }
}

const caches = new Map<string, ParseCache>()

/**
 * Parses a message, or answers the tree it made of the same text before. Never throws; time grows linearly with the text.
 * The tree is shared: nobody may change it.
 */
export function parseMarkdown(text: string, dialect: Dialect = PLAIN_DIALECT): Document {
  const key = `${dialect.inlineLatex} ${dialect.urlSchemes.join()}`
  let cache = caches.get(key)
  if (!cache) caches.set(key, (cache = new ParseCache()))
  let document = cache.get(text)
  if (!document) cache.set(text, (document = parseCounted(text, dialect).document))
  return document
}

/** Parses a message anew and counts the steps that took. */
export function parseCounted(text: string, dialect: Dialect): { document: Document; steps: number } {
  const raw = parseBlocks(text)
  let { steps } = raw
  const inline = (part: string): Inline[] => {
    const parsed = parseInline(part, raw.references, dialect)
    steps += parsed.steps
    return parsed.nodes
  }
  const blocks = raw.blocks.map((block) => finish(block, inline))
  // A message of link definitions alone would show nothing at all.
  if (blocks.length === 0 && text.trim() !== '') {
    blocks.push({ type: 'paragraph', children: parseInline(text.trim(), new Map(), dialect).nodes })
  }
  return { document: { blocks }, steps }
}

type ParseText = (text: string) => Inline[]

function finish(block: RawBlock, inline: ParseText): Block {
  switch (block.type) {
    case 'paragraph':
      return { type: 'paragraph', children: inline(block.text) }
    case 'heading':
      return { type: 'heading', level: block.level, children: inline(block.text) }
    case 'quote':
      return { type: 'quote', children: block.children.map((child) => finish(child, inline)) }
    case 'list':
      return { ...block, items: block.items.map((item) => finishItem(item, inline)) }
    case 'table':
      return { ...block, rows: block.rows.map((row) => row.map(inline)) }
    default:
      return block
  }
}

function finishItem(blocks: RawBlock[], inline: ParseText): ListItem {
  const first = blocks[0]
  const task = first?.type === 'paragraph' ? /^\[([ xX])\][ \t]+(?=\S)/.exec(first.text) : null
  const children = blocks.map((block, index) =>
    task && index === 0 && block.type === 'paragraph'
      ? finish({ ...block, text: block.text.slice(task[0].length) }, inline)
      : finish(block, inline),
  )
  return { checked: task ? task[1] !== ' ' : null, children }
}
