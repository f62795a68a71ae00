import { isAddress, isInCode, makeBlock, makeLink, replaceWith } from './edit-text.ts'
import type { Edit, Selected } from './edit-text.ts'

/** What the clipboard holds, as far as a composer takes it. */
export interface Pasted {
  readonly text: string
  readonly html: string
  /** what Visual Studio Code says of the code */
  readonly editor: string
}

/**
 * What pasting does, where it is more than putting the text in: an address over selected words makes a link, cells make a
 * table, code makes a block. Null leaves it to the browser.
 */
export function pasteEdit(field: Selected, { text, html, editor }: Pasted): Edit | null {
  const { value, selectionStart, selectionEnd } = field
  const before = value.slice(0, selectionStart)
  if (isInCode(before)) return null
  const selected = value.slice(selectionStart, selectionEnd)
  const address = text.trim()
  if (selected.trim() && !selected.includes('\n') && isAddress(address) && !isAddress(selected.trim())) {
    return makeLink(field, address)
  }
  if (editor && text.includes('\n')) return block(field, text, languageOf(editor))
  if (!html) return null
  const { body } = new DOMParser().parseFromString(html, 'text/html')
  const code = codeIn(body, text)
  if (code) return block(field, code.text, code.language)
  const table = tableIn(body)
  if (table) return replaceWith(`${before === '' || before.endsWith('\n') ? '' : '\n'}${table}\n`, field)
  const link = linkIn(body, text)
  return link && !selected ? replaceWith(link, field) : null
}

function block(field: Selected, code: string, language: string): Edit {
  const { value, selectionStart: from, selectionEnd: to } = field
  const whole = makeBlock({ value: code, selectionStart: 0, selectionEnd: code.length }, language).insert
  const before = from > 0 && value[from - 1] !== '\n' ? '\n' : ''
  return replaceWith(`${before}${whole}\n`, { value, selectionStart: from, selectionEnd: to })
}

function languageOf(editor: string): string {
  try {
    const { mode } = JSON.parse(editor) as { mode?: unknown }
    return typeof mode === 'string' && mode !== 'plaintext' ? mode : ''
  } catch {
    return ''
  }
}

/** A listing copied from a page: one `pre` and nothing beside it. */
function codeIn(body: HTMLElement, text: string): { text: string; language: string } | null {
  const listings = body.querySelectorAll('pre')
  const listing = listings[0]
  if (listings.length !== 1 || !listing || !text.trim().includes('\n')) return null
  if (squeezed(listing.textContent) !== squeezed(body.textContent)) return null
  const language = /language-([\w+#-]+)/.exec(listing.innerHTML + listing.className)?.[1] ?? ''
  return { text: text.replace(/\n+$/, ''), language }
}

const squeezed = (text: string | null): string => (text ?? '').replace(/\s+/g, '')

/** One table and nothing beside it, as spreadsheets and pages copy it. */
function tableIn(body: HTMLElement): string | null {
  const tables = body.querySelectorAll('table')
  const table = tables[0]
  if (tables.length !== 1 || !table || squeezed(table.textContent) !== squeezed(body.textContent)) return null
  const rows = [...table.rows].map((row) => [...row.cells].map(cellText))
  const width = Math.max(0, ...rows.map((row) => row.length))
  if (rows.length === 0 || width < 2) return null
  const line = (cells: readonly string[]): string =>
    `| ${Array.from({ length: width }, (_, at) => cells[at] ?? '').join(' | ')} |`
  const [head, ...rest] = rows
  return [line(head!), `|${' --- |'.repeat(width)}`, ...rest.map(line)].join('\n')
}

const cellText = (cell: HTMLElement): string =>
  (cell.textContent ?? '').trim().replace(/\s+/g, ' ').replace(/\|/g, '\\|')

/** A single link whose words are not its address. */
function linkIn(body: HTMLElement, text: string): string | null {
  const links = body.querySelectorAll('a[href]')
  const link = links[0]
  const words = text.trim()
  if (links.length !== 1 || !link || squeezed(link.textContent) !== squeezed(body.textContent)) return null
  const address = link.getAttribute('href') ?? ''
  if (!isAddress(address) || words === '' || isAddress(words) || words.includes('\n')) return null
  return `[${words.replace(/[[\]]/g, '\\$&')}](${address})`
}

/** The time in names of pasted pictures, which browsers all call image.png. */
export function pastedName(file: File, at = new Date()): string {
  if (!/^image\.\w+$/.test(file.name)) return file.name
  const stamp = new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 19)
  return `${stamp.replace('T', '_').replace(/:/g, '-')}.${file.name.split('.')[1]}`
}
