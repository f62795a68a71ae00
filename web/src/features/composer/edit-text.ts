/** A change of a text: what stands between two places is replaced. */
export interface Edit {
  readonly from: number
  readonly to: number
  readonly insert: string
  /** what is selected afterwards, in the new text */
  readonly select: readonly [number, number]
}

/** A field with a selection. */
export interface Selected {
  readonly value: string
  readonly selectionStart: number
  readonly selectionEnd: number
}

/** Replaces the selection, or a stretch; the caret stands behind it. */
export function replaceWith(
  insert: string,
  { selectionStart: from, selectionEnd: to }: Pick<Selected, 'selectionStart' | 'selectionEnd'>,
): Edit {
  const end = from + insert.length
  return { from, to, insert, select: [end, end] }
}

/** An item of a list at the beginning of a line: indent, mark, space, and for tasks a box. */
const ITEM = /^(\s*)(?:([-*+])|(\d{1,9})([.)]))( +)(\[[ xX]\] +)?/

/** A new line, which continues a list or a quote; in an empty item it ends the list. */
export function newLine({ value, selectionStart, selectionEnd }: Selected): Edit {
  const lineStart = value.lastIndexOf('\n', selectionStart - 1) + 1
  const before = value.slice(lineStart, selectionStart)
  const at = { selectionStart, selectionEnd }
  const item = ITEM.exec(before)
  const quote = /^(?:> ?)+/.exec(before)
  const mark = item?.[0] ?? quote?.[0]
  if (!mark) return replaceWith('\n', at)
  if (before === mark) return { from: lineStart, to: selectionEnd, insert: '', select: [lineStart, lineStart] }
  return replaceWith(`\n${item ? nextMark(item) : mark}`, at)
}

function nextMark([, indent = '', bullet, number, dot = '.', space = ' ', task]: RegExpExecArray): string {
  const mark = bullet ?? `${Number(number) + 1}${dot}`
  return `${indent}${mark}${space}${task ? '[ ] ' : ''}`
}
