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

function Formatted({ text, context, singleLine, className }: MarkdownProps): ReactNode {
  const content = useMemo(() => {
    const { blocks } = parseMarkdown(text, context.dialect)
    const limited = limitNodes(blocks, context.mostNodes || DEFAULT_MOST_NODES)
    const view = { context, mark: markerOf(context.highlights), singleLine: singleLine === true, inLink: false }
    return singleLine ? renderInline(inOneLine(limited), view) : renderBlocks(limited, view)
  }, [text, context, singleLine])
  if (singleLine) return <span className={cx(styles.line, className)}>{content}</span>
  const isKnown = (name: string): boolean => emojiCharacter(name) !== null || context.customEmojiURL(name) !== null
  return <div className={cx(styles.markdown, isEmojiOnly(text, isKnown) && styles.jumbo, className)}>{content}</div>
}
