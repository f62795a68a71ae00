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

/** Replaces the selection; the caret stands behind it. */
export function replaceWith(insert: string, { selectionStart: from, selectionEnd: to }: Selected): Edit {
  const end = from + insert.length
  return { from, to, insert, select: [end, end] }
}

/** An item of a list at the beginning of a line: indent, mark, space, and for tasks a box. */
const ITEM = /^(\s*)(?:([-*+])|(\d{1,9})([.)]))( +)(\[[ xX]\] +)?/
const QUOTE = /^(?:> ?)+/
const FENCE = /^ {0,3}```[^\s`]*$/

/** A new line: it continues a list or a quote, in an empty item it ends the list, and behind an opening fence it brings the closing one. */
export function newLine(field: Selected): Edit {
  const { value, selectionStart, selectionEnd } = field
  const lineStart = value.lastIndexOf('\n', selectionStart - 1) + 1
  const before = value.slice(lineStart, selectionStart)
  const inCode = isInCode(value.slice(0, selectionStart))
  if (inCode)
    return FENCE.test(before) && !isClosed(value.slice(selectionEnd)) ? openBlock(field) : keepIndent(field, before)
  const item = ITEM.exec(before)
  const mark = item?.[0] ?? QUOTE.exec(before)?.[0]
  if (!mark) return replaceWith('\n', field)
  if (before === mark) return { from: lineStart, to: selectionEnd, insert: '', select: [lineStart, lineStart] }
  return replaceWith(`\n${item ? nextMark(item) : mark}`, field)
}

/** Whether a text ends inside of a block of code that is not closed. */
export const isInCode = (textBefore: string): boolean => (textBefore.match(/^ {0,3}```/gm)?.length ?? 0) % 2 === 1

const isClosed = (textAfter: string): boolean => (textAfter.match(/^ {0,3}```/gm)?.length ?? 0) % 2 === 1

function openBlock({ selectionStart: from, selectionEnd: to }: Selected): Edit {
  return { from, to, insert: '\n\n```', select: [from + 1, from + 1] }
}

const keepIndent = (field: Selected, before: string): Edit => replaceWith(`\n${/^\s*/.exec(before)![0]}`, field)

function nextMark([, indent = '', bullet, number, dot = '.', space = ' ', task]: RegExpExecArray): string {
  const mark = bullet ?? `${Number(number) + 1}${dot}`
  return `${indent}${mark}${space}${task ? '[ ] ' : ''}`
}

/** Puts a mark on both sides of the selection, or takes it away when it is there. Spaces at the edges stay outside. */
export function toggleMark(field: Selected, mark: string): Edit {
  const { value } = field
  const { start, end } = trimmed(field)
  const text = value.slice(start, end)
  const { length } = mark
  const around = value.slice(start - length, start) === mark && value.slice(end, end + length) === mark
  if (around && !isPartOfLonger(value, start - length, end + length, mark)) {
    return { from: start - length, to: end + length, insert: text, select: [start - length, end - length] }
  }
  if (text.length > 2 * length && text.startsWith(mark) && text.endsWith(mark)) {
    const inner = text.slice(length, -length)
    return { from: start, to: end, insert: inner, select: [start, start + inner.length] }
  }
  return { from: start, to: end, insert: mark + text + mark, select: [start + length, end + length] }
}

/** A single asterisk within two is not the one for italics. */
function isPartOfLonger(value: string, start: number, end: number, mark: string): boolean {
  return mark.length === 1 && (value[start - 1] === mark) !== (value[start - 2] === mark) && value[end] === mark
}

function trimmed({ value, selectionStart, selectionEnd }: Selected): { start: number; end: number } {
  const text = value.slice(selectionStart, selectionEnd)
  if (text.trim() === '') return { start: selectionStart, end: selectionEnd }
  const start = selectionStart + text.length - text.trimStart().length
  return { start, end: selectionEnd - (text.length - text.trimEnd().length) }
}

/** Puts a prefix before each selected line, or takes it away when all have one. `prefixOf` tells it by the line's number from 0. */
export function toggleLines(field: Selected, pattern: RegExp, prefixOf: (line: number) => string): Edit {
  const { value } = field
  const from = value.lastIndexOf('\n', field.selectionStart - 1) + 1
  const lineEnd = value.indexOf(
    '\n',
    Math.max(from, field.selectionEnd - (field.selectionEnd > field.selectionStart ? 1 : 0)),
  )
  const to = lineEnd < 0 ? value.length : lineEnd
  const lines = value.slice(from, to).split('\n')
  const bare = lines.map((line) => line.replace(pattern, ''))
  const all = lines.every((line) => pattern.test(line))
  const insert = (all ? bare : bare.map((line, at) => prefixOf(at) + line)).join('\n')
  const end = from + insert.length
  if (field.selectionStart < field.selectionEnd) return { from, to, insert, select: [from, end] }
  const caret = Math.max(from, field.selectionStart + insert.length - (to - from))
  return { from, to, insert, select: [caret, caret] }
}

const URL_ONLY = /^(?:https?:\/\/|mailto:)\S+$/i

/** Whether a text is an address and nothing else. */
export const isAddress = (text: string): boolean => URL_ONLY.test(text)

/** Makes a link of the selection. What is still missing, words or address, is selected. */
export function makeLink(field: Selected, address = ''): Edit {
  const { start, end } = trimmed(field)
  const text = field.value.slice(start, end)
  if (!address && isAddress(text)) {
    return { from: start, to: end, insert: `[](${text})`, select: [start + 1, start + 1] }
  }
  const insert = `[${text}](${address || 'https://'})`
  const to = start + insert.length
  if (address) return { from: start, to: end, insert, select: [to, to] }
  if (text === '') return { from: start, to: end, insert, select: [start + 1, start + 1] }
  return { from: start, to: end, insert, select: [to - 'https://'.length - 1, to - 1] }
}

/** Makes a block of code of the selection, on lines of its own; the caret stands where the language is written. */
export function makeBlock(field: Selected, language = ''): Edit {
  const { value, selectionStart: from, selectionEnd: to } = field
  const before = from > 0 && value[from - 1] !== '\n' ? '\n' : ''
  const after = to < value.length && value[to] !== '\n' ? '\n' : ''
  const open = `${before}\`\`\`${language}`
  const insert = `${open}\n${value.slice(from, to).replace(/\n$/, '')}\n\`\`\`${after}`
  const caret = from === to ? from + open.length + (language ? 1 : 0) : from + open.length
  return { from, to, insert, select: [caret, caret] }
}
