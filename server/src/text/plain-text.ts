import { splitBlocks } from './markdown-blocks.ts'
import { scanInline } from './markdown-inline.ts'
import type { InlinePiece } from './markdown-inline.ts'

/** Stands for protected text while emphasis is taken off; no message may contain it (PostgreSQL refuses it). */
const HOLE = '\0'
const EMPHASIS = /(\*{1,3}|~~)(?=[^\s*~])([^*~\n]*)(?<=\S)\1/g
const UNDERSCORES = /(?<![\p{L}\p{N}_])(_{1,3})(?=[^\s_])([^_\n]*)(?<=\S)\1(?![\p{L}\p{N}_])/gu

/**
 * A message without its markdown, for push texts and mails: the words of emphasis, links and headings, the
 * alternative text of images, code as it stands. Quotes and list marks are dropped. Not HTML-safe.
 */
export function plainText(message: string): string {
  const { blocks, references } = splitBlocks(message.replaceAll(HOLE, ''))
  const lines = blocks.map(({ kind, text }) => (kind === 'code' ? text : strip(scanInline(text, references).pieces)))
  return lines.join('\n').trim()
}

function strip(pieces: readonly InlinePiece[]): string {
  const kept: string[] = []
  let text = ''
  for (const piece of pieces) {
    if (piece.kind === 'text') text += piece.text
    else if (piece.kind !== 'break') {
      kept.push(piece.text)
      text += HOLE
    }
  }
  for (let pass = 0; pass < 3; pass++) text = text.replace(EMPHASIS, '$2').replace(UNDERSCORES, '$2')
  let next = 0
  return text.replaceAll(HOLE, () => kept[next++]!)
}
