import { parseQuery } from '../../../../server/src/search/parse-query.ts'

/** A term to be marked in messages. */
export type Highlight = {
  term: string
  /** `mention`: a keyword of the reader's own; `search`: what he searched for. */
  kind: 'mention' | 'search'
  /** Latin letters at the edges of a `word` are edges of a word of the text; Korean particles may follow. */
  match: 'word' | 'prefix' | 'anywhere'
  caseSensitive?: boolean
}

/** A stretch of text and how it is marked. */
export type Marked = { text: string; kind: Highlight['kind'] | null }

export type Marker = (text: string) => Marked[]

/** More than this nobody can tell apart. */
const MOST = 200

/** The reader's mention keywords (`mention_keys`, comma-separated) and, if it counts as one, his first name. */
export function mentionHighlights(mentionKeys: string, firstName = ''): Highlight[] {
  const keys = mentionKeys.split(',').map((key): Highlight => ({ term: key.trim(), kind: 'mention', match: 'word' }))
  return [
    ...keys,
    { term: firstName.trim(), kind: 'mention' as const, match: 'word' as const, caseSensitive: true },
  ].filter(({ term }) => term !== '' && !term.startsWith('@'))
}

/** What a search marks in its results: the terms as the server reads them, without filters and excluded words. */
export function searchHighlights(query: string): Highlight[] {
  const matches = { text: 'anywhere', prefix: 'prefix', hashtag: 'word' } as const
  return parseQuery(query).terms.map(({ kind, text }) => ({ term: text, kind: 'search', match: matches[kind] }))
}

/** Makes a function that finds the terms in a text; null when there is nothing to find. */
export function compileHighlights(highlights: readonly Highlight[]): Marker | null {
  const usable = highlights.filter(({ term }) => term.trim() !== '').slice(0, MOST)
  if (usable.length === 0) return null
  const byLength = usable.toSorted((a, b) => b.term.length - a.term.length)
  const pattern = new RegExp(byLength.map(termPattern).join('|'), 'giu')
  return (text) => mark(text, pattern, byLength)
}

/** Blanks in a term match any blanks. */
function termPattern({ term, match }: Highlight): string {
  const body = term
    .trim()
    .replaceAll(/[\\^$.*+?()[\]{}|/]/g, String.raw`\$&`)
    .replaceAll(/\s+/g, String.raw`\s+`)
  const before = match !== 'anywhere' && /^\w/.test(term) ? '(?<![A-Za-z0-9_])' : ''
  const after = match === 'word' && /\w$/.test(term) ? '(?![A-Za-z0-9_])' : ''
  return `(${before}${body}${after})`
}

function mark(text: string, pattern: RegExp, highlights: readonly Highlight[]): Marked[] {
  const found: Marked[] = []
  let from = 0
  for (const match of text.matchAll(pattern)) {
    const which = match.slice(1).findIndex((group) => group !== undefined)
    const { kind, caseSensitive, term } = highlights[which]!
    if (caseSensitive && match[0] !== term.trim()) continue
    if (match.index > from) found.push({ text: text.slice(from, match.index), kind: null })
    found.push({ text: match[0], kind })
    from = match.index + match[0].length
  }
  if (from < text.length || found.length === 0) found.push({ text: text.slice(from), kind: null })
  return found
}
