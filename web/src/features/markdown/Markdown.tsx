import { memo, useMemo } from 'react'
import type { ReactNode } from 'react'
import { cx } from '../../ui/cx.ts'
import { emojiCharacter } from '../emoji/names.ts'
import type { MarkdownContext } from './context.ts'
import { compileHighlights } from './highlight-terms.ts'
import type { Highlight, Marker } from './highlight-terms.ts'
import { DEFAULT_MOST_NODES, limitNodes } from './limit-nodes.ts'
import { parseMarkdown } from './parse.ts'
import { isEmojiOnly } from './plain-text.ts'
import { renderBlocks } from './render-blocks.tsx'
import { renderInline } from './render-inline.tsx'
import { singleLine as inOneLine } from './single-line.ts'
import styles from './Markdown.module.css'

export interface MarkdownProps {
  text: string
  context: MarkdownContext
  /** Everything in one line that ends in an ellipsis: channel headers, previews, notices. */
  singleLine?: boolean
  className?: string
}

const markers = new WeakMap<readonly Highlight[], { mark: Marker | null }>()

function markerOf(highlights: readonly Highlight[]): Marker | null {
  let entry = markers.get(highlights)
  if (!entry) markers.set(highlights, (entry = { mark: compileHighlights(highlights) }))
  return entry.mark
}

/** A message of people or programs. Whatever it holds, it shows text and what the dialect allows, never HTML. */
export const Markdown = memo(function Markdown({
  text,
  context,
  singleLine = false,
  className,
}: MarkdownProps): ReactNode {
  if (!context.formatted) return <span className={cx(singleLine ? styles.line : styles.typed, className)}>{text}</span>
  return <Formatted text={text} context={context} singleLine={singleLine} className={className} />
})

interface Drawn {
  readonly content: ReactNode
  readonly jumbo: boolean
}

/** What was drawn of texts, for as long as their contexts live: a post that comes into view again is not drawn anew. */
const drawn = new WeakMap<MarkdownContext, Map<string, Drawn>>()
/** Texts of one context that are kept. Those of posts have a context each. */
const MOST_DRAWN = 20

/** Where a name leads depends on the team in view and on channels that come and go: such texts are drawn anew. */
const HAS_NAMES = /[@~]/

function draw(text: string, context: MarkdownContext, singleLine: boolean): Drawn {
  const key = singleLine ? `\n${text}` : text
  const known = drawn.get(context) ?? new Map<string, Drawn>()
  const before = known.get(key)
  if (before) return before
  const { blocks } = parseMarkdown(text, context.dialect)
  const limited = limitNodes(blocks, context.mostNodes || DEFAULT_MOST_NODES)
  const view = { context, mark: markerOf(context.highlights), singleLine, inLink: false }
  const isKnown = (name: string): boolean => emojiCharacter(name) !== null || context.customEmojiURL(name) !== null
  const result = {
    content: singleLine ? renderInline(inOneLine(limited), view) : renderBlocks(limited, view),
    jumbo: !singleLine && isEmojiOnly(text, isKnown),
  }
  if (HAS_NAMES.test(text) || known.size >= MOST_DRAWN) return result
  drawn.set(context, known.set(key, result))
  return result
}

function Formatted({ text, context, singleLine = false, className }: MarkdownProps): ReactNode {
  const { content, jumbo } = useMemo(() => draw(text, context, singleLine), [text, context, singleLine])
  if (singleLine) return <span className={cx(styles.line, className)}>{content}</span>
  return <div className={cx(styles.markdown, jumbo && styles.jumbo, className)}>{content}</div>
}
