import type { Block, Inline } from './ast.ts'
import { blocksText } from './plain-text.ts'

/** Nodes of a message that are formatted when the server sets no MaxMarkdownNodes. */
export const DEFAULT_MOST_NODES = 4096

/**
 * Blocks whose nodes together stay below `most`; what comes behind them is shown as plain text, so that a message of
 * thousands of names cannot stop the page, and nothing of it is lost.
 */
export function limitNodes(blocks: Block[], most: number): Block[] {
  let left = most
  for (let index = 0; index < blocks.length; index++) {
    left -= countBlock(blocks[index]!)
    if (left >= 0) continue
    const rest = blocksText(blocks.slice(index), ({ raw }) => raw)
    return [...blocks.slice(0, index), { type: 'paragraph', children: [{ type: 'text', value: rest }] }]
  }
  return blocks
}

function countBlock(block: Block): number {
  switch (block.type) {
    case 'paragraph':
    case 'heading':
      return 1 + countInline(block.children)
    case 'quote':
      return sum(block.children, countBlock)
    case 'list':
      return sum(block.items, ({ children }) => sum(children, countBlock))
    case 'table':
      return sum(block.rows, (row) => sum(row, countInline))
    default:
      return 1
  }
}

function countInline(nodes: readonly Inline[]): number {
  return sum(nodes, (node) => ('children' in node ? countInline(node.children) : 0))
}

function sum<Item>(items: readonly Item[], count: (item: Item) => number): number {
  let total = 1
  for (const item of items) total += 1 + count(item)
  return total
}
