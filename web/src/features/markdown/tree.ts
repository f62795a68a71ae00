import type { Inline } from './ast.ts'
import type { Delimiter, Literal, Piece } from './emphasis.ts'
import { findTokens } from './tokens.ts'

/** Emphasis within emphasis beyond this depth looks like its surroundings: the reader's stack is finite. */
const MAX_DEPTH = 16

type Node = Inline | Literal

/** Makes a tree of pieces whose delimiters are resolved. */
export function nest(pieces: readonly Piece[], from = 0): Node[] {
  const stack: Node[][] = [[]]
  for (let at = from; at < pieces.length; at++) {
    const piece = pieces[at]!
    if (piece.type === 'delimiter') nestDelimiter(piece, stack)
    else stack.at(-1)!.push(piece)
  }
  return stack[0]!
}

function nestDelimiter(run: Delimiter, stack: Node[][]): void {
  for (let closed = 0; closed < run.closes.length; closed++) stack.pop()
  if (run.left > 0) stack.at(-1)!.push({ type: 'text', value: run.char.repeat(run.left) })
  for (const type of run.opens.toReversed()) {
    const parent = stack.at(-1)!
    if (stack.length > MAX_DEPTH) stack.push(parent)
    else {
      const children: Node[] = []
      // Literals become text in `settle`, which sees every node of the tree.
      parent.push({ type, children: children as Inline[] })
      stack.push(children)
    }
  }
}

/** Finds names in the texts of a tree and joins neighbouring texts. `inLink`: no link may stand in another. */
export function settle(nodes: readonly Node[], inLink = false): Inline[] {
  const settled: Inline[] = []
  let text = ''
  const flush = (): void => {
    if (text !== '') for (const node of findTokens(text, inLink)) append(settled, node)
    text = ''
  }
  for (const node of nodes) {
    if (node.type === 'text') {
      text += node.value
      continue
    }
    flush()
    append(settled, settledNode(node, inLink))
  }
  flush()
  return settled
}

function settledNode(node: Exclude<Node, { type: 'text' }>, inLink: boolean): Inline {
  if (node.type === 'literal') return { type: 'text', value: node.value }
  if (node.type === 'link') {
    if (inLink) return { type: 'text', value: textOf(node.children) }
    return { ...node, children: node.auto ? node.children : settle(node.children, true) }
  }
  return 'children' in node ? { ...node, children: settle(node.children, inLink) } : node
}

function append(nodes: Inline[], node: Inline): void {
  const last = nodes.at(-1)
  if (node.type === 'text' && last?.type === 'text') last.value += node.value
  else nodes.push(node)
}

/** What a piece of a message says when only its words count; an image speaks by its alternative text. */
export function textOf(nodes: readonly Node[]): string {
  let text = ''
  for (const node of nodes) {
    if (node.type === 'break') text += '\n'
    else if (node.type === 'image') text += node.alt
    else if ('value' in node) text += node.value
    else if ('children' in node) text += textOf(node.children)
    else text += node.raw
  }
  return text
}
