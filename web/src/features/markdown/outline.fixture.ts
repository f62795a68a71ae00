import type { Block, Dialect, Inline } from './ast.ts'
import { parseMarkdown } from './parse.ts'

/** A tree as one line, for tests: `<p>a <strong>b</strong></p>`. */
export function outline(text: string, dialect?: Dialect): string {
  return parseMarkdown(text, dialect).blocks.map(block).join('')
}

const tag = (name: string, content: string): string => `<${name}>${content}</${name.split(' ', 1)[0]!}>`

function block(node: Block): string {
  switch (node.type) {
    case 'paragraph':
      return tag('p', inline(node.children))
    case 'heading':
      return tag(`h${node.level}`, inline(node.children))
    case 'quote':
      return tag('quote', node.children.map(block).join(''))
    case 'list': {
      const name = `${node.start === null ? 'ul' : `ol ${node.start}`}${node.tight ? '' : ' loose'}`
      const items = node.items.map(({ checked, children }) =>
        tag(checked === null ? 'li' : `li ${checked ? 'x' : 'o'}`, children.map(block).join('')),
      )
      return tag(name, items.join(''))
    }
    case 'table': {
      const align = node.align.map((side) => side?.[0] ?? '-').join('')
      return tag(`table ${align}`, node.rows.map((row) => row.map(inline).join('|')).join('/'))
    }
    case 'code':
      return tag(node.language ? `pre ${node.language}` : 'pre', node.value)
    case 'rule':
      return '<hr>'
  }
}

function inline(nodes: readonly Inline[]): string {
  return nodes.map(one).join('')
}

function one(node: Inline): string {
  switch (node.type) {
    case 'text':
      return node.value
    case 'break':
      return '<br>'
    case 'code':
    case 'latex':
      return tag(node.type, node.value)
    case 'link':
      return tag(`a ${node.url}${node.title && ` "${node.title}"`}`, inline(node.children))
    case 'image':
      return `<img ${node.url}${node.alt && ` ${node.alt}`}${node.width || node.height ? ` ${node.width}x${node.height}` : ''}${node.title && ` "${node.title}"`}>`
    case 'mention':
      return tag('at', node.name)
    case 'channel':
      return tag('channel', node.name)
    case 'hashtag':
      return tag('tag', node.tag)
    case 'emoji':
      return tag('emoji', node.name || node.raw)
    default:
      return tag(node.type, inline(node.children))
  }
}
