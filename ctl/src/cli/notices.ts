import type { Notice, Report } from '../settings/settings.ts'

/** A notice as a block of lines: where, then what. */
export function noticeLines({ text, place }: Notice): string[] {
  const where = place ? `${place.file}:${place.line}: ` : ''
  const [first = '', ...rest] = text.split('\n')
  return [`  * ${where}${first}`, ...rest.map((line) => `    ${line}`)]
}

/** The titled blocks that end a run: Removals, Warnings, Notes. Empty ones are left out. */
export function reportBlocks(report: Pick<Report, 'removals' | 'warnings' | 'notes'>): string[] {
  const removals = report.removals.map((removal) => ({
    ...removal,
    text:
      removal.replacement && !removal.text.includes(removal.replacement)
        ? `${removal.text}\n${removal.replacement}`
        : removal.text,
  }))
  const blocks: [string, readonly Notice[]][] = [
    ['Removals:', removals],
    ['Warnings:', report.warnings],
    ['Notes:', report.notes],
  ]
  return blocks.flatMap(([title, list]) => (list.length === 0 ? [] : ['', title, ...list.flatMap(noticeLines)]))
}
