import type { EmojiFind, EmojiGroup } from './search-emoji.ts'

export type PickerGroup = EmojiGroup | 'recent' | 'custom' | 'found'

/** A line of the picker: the title of a group, or some of its emoji. `from` is the place of its first among all. */
export type PickerRow =
  | { kind: 'title'; group: PickerGroup }
  | { kind: 'emoji'; group: PickerGroup; from: number; emoji: EmojiFind[] }

export type PickerSection = { group: PickerGroup; emoji: readonly EmojiFind[] }

/** Lays sections out in lines of so many columns. */
export function layOut(sections: readonly PickerSection[], columns: number): PickerRow[] {
  const rows: PickerRow[] = []
  let from = 0
  for (const { group, emoji } of sections) {
    if (emoji.length === 0) continue
    rows.push({ kind: 'title', group })
    for (let at = 0; at < emoji.length; at += columns) {
      const line = emoji.slice(at, at + columns)
      rows.push({ kind: 'emoji', group, from, emoji: line })
      from += line.length
    }
  }
  return rows
}

/** The line an emoji is in, -1 for none. */
export const rowOf = (rows: readonly PickerRow[], at: number): number =>
  rows.findIndex((row) => row.kind === 'emoji' && at >= row.from && at < row.from + row.emoji.length)

/** How many lines PageUp and PageDown go. */
const PAGE = 6

/** Where a key leads from the emoji at `at`, null for keys that lead nowhere. Columns are kept across groups. */
export function moveInGrid(rows: readonly PickerRow[], at: number, key: string): number | null {
  const lines = rows.filter((row) => row.kind === 'emoji')
  const last = lines.at(-1)
  if (!last) return null
  const end = last.from + last.emoji.length - 1
  const line = lines.findIndex((row) => at >= row.from && at < row.from + row.emoji.length)
  const vertical = (by: number): number => {
    const current = lines[line] ?? lines[0]!
    const target = lines[Math.max(0, Math.min(lines.length - 1, line + by))]!
    return target.from + Math.min(Math.max(0, at - current.from), target.emoji.length - 1)
  }
  switch (key) {
    case 'ArrowRight':
      return Math.min(end, at + 1)
    case 'ArrowLeft':
      return Math.max(0, at - 1)
    case 'ArrowDown':
      return vertical(1)
    case 'ArrowUp':
      return vertical(-1)
    case 'PageDown':
      return vertical(PAGE)
    case 'PageUp':
      return vertical(-PAGE)
    case 'Home':
      return lines[line]?.from ?? 0
    case 'End':
      return lines[line] ? lines[line].from + lines[line].emoji.length - 1 : end
    default:
      return null
  }
}
