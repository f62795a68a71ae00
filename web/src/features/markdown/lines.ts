/** Number of spaces at `from`. */
export function countSpaces(text: string, from = 0): number {
  let at = from
  while (text[at] === ' ') at++
  return at - from
}

/** The line with tabs in its indentation made spaces, at stops of four. */
export function expandTabs(line: string): string {
  let column = 0
  let at = 0
  let tab = false
  for (; line[at] === ' ' || line[at] === '\t'; at++) {
    if (line[at] === '\t') {
      tab = true
      column += 4 - (column % 4)
    } else column++
  }
  return tab ? ' '.repeat(column) + line.slice(at) : line
}

/** The rest of a line behind a quote mark, null if there is none. */
export function afterQuoteMark(line: string): string | null {
  const indent = countSpaces(line)
  if (indent > 3 || line[indent] !== '>') return null
  const rest = expandTabs(line.slice(indent + 1))
  return rest[0] === ' ' ? rest.slice(1) : rest
}

/** Three or more `*`, `-` or `_`, alone in the line. */
export const isRule = (line: string): boolean => /^(?:(?:\* *){3,}|(?:- *){3,}|(?:_ *){3,})$/.test(line)

/** A list marker at the start of a line: `number` is null for bullets, `content` the column where the item's text starts. */
export type Marker = { number: number | null; content: number; empty: boolean; rest: string }

/** Reads `- `, `* `, `+ `, `1. ` or `1) ` at the start of a line without indentation. */
export function readMarker(line: string): Marker | null {
  const found = /^(?:[-+*]|(\d{1,9})[.)])(?=[ \t]|$)/.exec(line)
  if (!found) return null
  const width = found[0].length
  const rest = expandTabs(line.slice(width))
  const spaces = countSpaces(rest)
  const empty = spaces === rest.length
  const gap = empty || spaces > 4 ? 1 : spaces
  const number = found[1] === undefined ? null : Number(found[1])
  return { number, content: width + gap, empty, rest: rest.slice(gap) }
}

/** An opening fence: its character, its length and the first word behind it. */
export type FenceMark = { mark: string; length: number; language: string }

/** Reads ``` or ~~~ and what follows, at the start of a line without indentation. */
export function readFence(line: string): FenceMark | null {
  const found = /^(?:(`{3,})([^`]*)|(~{3,})(.*))$/.exec(line)
  if (!found) return null
  const run = found[1] ?? found[3] ?? ''
  const info = (found[2] ?? found[4] ?? '').trim()
  return { mark: run.charAt(0), length: run.length, language: info.split(/[\s{,]/, 1)[0] ?? '' }
}

/** Whether a line closes the fence: only its character, at least as often, indented by three at most. */
export function closesFence(line: string, fence: FenceMark): boolean {
  if (countSpaces(line) > 3) return false
  const text = line.trim()
  if (text.length < fence.length) return false
  for (const char of text) if (char !== fence.mark) return false
  return true
}
