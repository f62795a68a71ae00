import type { Align } from './ast.ts'

const DELIMITER = /^\|? *:?-+:? *(?:\| *:?-+:? *)*\|? *$/

/**
 * The alignments a delimiter row such as `|:--|--:|` states, null when `row` is none or when it has not as many cells
 * as the head above it.
 */
export function readDelimiterRow(row: string, head: string): Align[] | null {
  if (!row.includes('|') || !DELIMITER.test(row)) return null
  const cells = splitCells(row)
  if (cells.length !== splitCells(head).length) return null
  return cells.map((cell) => {
    const left = cell.startsWith(':')
    const right = cell.endsWith(':')
    if (left) return right ? 'center' : 'left'
    return right ? 'right' : null
  })
}

/** The cells of a row. A pipe behind a backslash belongs to its cell, in code too. */
export function splitCells(row: string): string[] {
  const cells: string[] = []
  const text = row.trim()
  let cell = ''
  for (let at = text[0] === '|' ? 1 : 0; at < text.length; at++) {
    const char = text[at]!
    if (char === '\\' && at + 1 < text.length) {
      const next = text[++at]!
      cell += next === '|' ? '|' : char + next
    } else if (char === '|') {
      cells.push(cell.trim())
      cell = ''
    } else cell += char
  }
  if (cell.trim() !== '' || cells.length === 0) cells.push(cell.trim())
  return cells
}
