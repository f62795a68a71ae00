import type { Block, Inline, ListItem } from './ast.ts'

const SPACE: Inline = { type: 'text', value: ' ' }

/** The blocks of a message in one line, for channel headers and previews: words and links stay, structure goes. */
export function singleLine(blocks: readonly Block[]): Inline[] {
  const line: Inline[] = []
  for (const block of blocks) {
    const part = lineOf(block)
    if (part.length > 0 && line.length > 0) line.push(SPACE)
    line.push(...part)
  }
  return line
}

function lineOf(block: Block): Inline[] {
  switch (block.type) {
    case 'paragraph':
      return withoutBreaks(block.children)
    case 'heading':
      return [{ type: 'strong', children: withoutBreaks(block.children) }]
    case 'quote':
      return singleLine(block.children)
    case 'list':
      return joined(block.items.map((item, index) => itemLine(item, block.start, index)))
    case 'table':
      return joined(block.rows.map((row) => joined(row.map(withoutBreaks))))
    case 'code':
      return [{ type: 'code', value: block.value.replaceAll(/\s+/g, ' ').trim() }]
    case 'rule':
      return []
  }
}

function itemLine({ checked, children }: ListItem, start: number | null, index: number): Inline[] {
  const bullet = start === null ? '•' : `${start + index}.`
  const mark = checked === null ? bullet : checked ? '☑' : '☐'
  return [{ type: 'text', value: `${mark} ` }, ...singleLine(children)]
}

function joined(parts: readonly Inline[][]): Inline[] {
  return parts.flatMap((part, index) => (index === 0 ? part : [SPACE, ...part]))
}

function withoutBreaks(nodes: readonly Inline[]): Inline[] {
  return nodes.map((node) => {
    if (node.type === 'break') return SPACE
    return 'children' in node ? { ...node, children: withoutBreaks(node.children) } : node
  })
}
