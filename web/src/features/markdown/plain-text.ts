import { PLAIN_DIALECT } from './ast.ts'
import type { Block, Dialect, Emoji, Inline, Table } from './ast.ts'
import { parseMarkdown } from './parse.ts'

/** How an emoji is said in words; the default leaves it as it was written. */
export type SayEmoji = (emoji: Emoji) => string

/** A message without its markup, for notifications and screen readers: the words, one line for each line of text. */
export function plainText(
  text: string,
  sayEmoji: SayEmoji = ({ raw }) => raw,
  dialect: Dialect = PLAIN_DIALECT,
): string {
  return blocksText(parseMarkdown(text, dialect).blocks, sayEmoji)
}

/** The words of a list of blocks. */
export function blocksText(blocks: readonly Block[], sayEmoji: SayEmoji): string {
  return blocks
    .map((block) => blockText(block, sayEmoji))
    .filter((text) => text !== '')
    .join('\n')
}

function blockText(block: Block, sayEmoji: SayEmoji): string {
  switch (block.type) {
    case 'paragraph':
    case 'heading':
      return inlineText(block.children, sayEmoji)
    case 'quote':
      return blocksText(block.children, sayEmoji)
    case 'list':
      return block.items.map((item) => blocksText(item.children, sayEmoji)).join('\n')
    case 'table':
      return tableText(block, sayEmoji)
    case 'code':
      return block.value
    case 'rule':
      return ''
  }
}

function tableText({ rows }: Table, sayEmoji: SayEmoji): string {
  return rows.map((row) => row.map((cell) => inlineText(cell, sayEmoji)).join(' ')).join('\n')
}

/** The words of inline content; an image speaks by its alternative text, or its address where it has none. */
export function inlineText(nodes: readonly Inline[], sayEmoji: SayEmoji): string {
  let text = ''
  for (const node of nodes) {
    if (node.type === 'break') text += '\n'
    else if (node.type === 'emoji') text += sayEmoji(node)
    else if (node.type === 'image') text += node.alt || node.url
    else if ('value' in node) text += node.value
    else if ('children' in node) text += inlineText(node.children, sayEmoji)
    else text += node.raw
  }
  return text
}

/**
 * Whether a message is nothing but emoji, so that it is shown large. `isKnown` says whether a `:name:` exists: an unknown
 * one is plain text.
 */
export function isEmojiOnly(text: string, isKnown: (name: string) => boolean): boolean {
  // An emoji needs a colon, or a character no Latin or Korean text has: spare the rest the parser.
  if (text.length > 2_000 || !/[:;<x]|[^\0-\u00ff\uac00-\ud7a3]/i.test(text)) return false
  const [block, ...more] = parseMarkdown(text).blocks
  if (block?.type !== 'paragraph' || more.length > 0) return false
  let emoji = false
  for (const node of block.children) {
    if (node.type === 'emoji' && (node.raw !== `:${node.name}:` || isKnown(node.name))) emoji = true
    else if (node.type !== 'break' && !(node.type === 'text' && node.value.trim() === '')) return false
  }
  return emoji
}
