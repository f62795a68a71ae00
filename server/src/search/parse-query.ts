import { normalise } from './grams.ts'

/**
 * What a term demands of a text: `text` somewhere in it (words and phrases are the same to the matcher: a phrase only
 * holds blanks), at the start of a word, or as one whole hashtag. `text` is normalised and never empty.
 */
export interface SearchTerm {
  kind: 'text' | 'prefix' | 'hashtag'
  text: string
}

/** Half-open range of creation times, ms. */
export interface TimeRange {
  from: number
  before: number
}

/** A parsed search. Names are as typed, lower-cased, without `@` and `~`; nothing is looked up yet. */
export interface SearchQuery {
  terms: SearchTerm[]
  excluded: SearchTerm[]
  /** true: one of `terms` is enough. */
  anyTerm: boolean
  from: string[]
  notFrom: string[]
  /** Channel names; a leading `@` marks the DM (or, with commas, the GM) with these users. */
  in: string[]
  notIn: string[]
  created: TimeRange
  notCreated: TimeRange[]
  extensions: string[]
  notExtensions: string[]
}

export interface ParseOptions {
  isOrSearch?: boolean | null | undefined
  /** Seconds east of UTC, as the client sends it. */
  timeZoneOffset?: number | null | undefined
}

const MAX_QUERY_LENGTH = 2048
const MAX_TERMS = 24
const MAX_TERM_LENGTH = 256
const MAX_FILTER_VALUES = 32
const DAY = 86_400_000
const MAX_OFFSET_SECONDS = 18 * 3600

const FLAGS = new Set(['from', 'in', 'channel', 'before', 'after', 'on', 'ext'])

interface Token {
  text: string
  quoted: boolean
  negated: boolean
}

/** Splits at white space; a quote opens a phrase that ends at the next quote or, if there is none, at the end. */
function tokenise(query: string): Token[] {
  const tokens: Token[] = []
  const pattern = /(-?)"([^"]*)(?:"|$)|([^\s"]+)/gu
  for (const [, minus, phrase, word] of query.matchAll(pattern)) {
    if (phrase !== undefined) tokens.push({ text: phrase, quoted: true, negated: minus === '-' })
    else if (word!.startsWith('-') && word!.length > 1)
      tokens.push({ text: word!.slice(1), quoted: false, negated: true })
    else tokens.push({ text: word!, quoted: false, negated: false })
  }
  return tokens
}

/** `from:x`, or `from:` with the value in the next token. undefined for words that merely hold a colon. */
function readFlag(
  token: Token,
  next: Token | undefined,
): { flag: string; value: string; usedNext: boolean } | undefined {
  if (token.quoted) return undefined
  const colon = token.text.indexOf(':')
  const flag = token.text.slice(0, Math.max(colon, 0)).toLowerCase()
  if (!FLAGS.has(flag)) return undefined
  const value = token.text.slice(colon + 1)
  if (value) return { flag, value, usedNext: false }
  // `in: "…"` and a bare flag at the end still are flags; their value is the next word, if any.
  return { flag, value: next && !next.negated ? next.text : '', usedNext: Boolean(next && !next.negated) }
}

/** Punctuation around a word belongs to the sentence it was copied from; inside a word it is kept and matched. */
function trimPunctuation(word: string): string {
  if (/^:[\w+-]+:$/u.test(word)) return word
  const trimmed = word.replace(/^[([{<>~,;!?:'‘’“”「」、。]+/u, '').replace(/[)\]}<>~,;!?.:'‘’“”「」、。]+$/u, '')
  return trimmed || word
}

/** A hashtag as the server stores it: a letter first, a letter or digit last, three characters or more with the `#`. */
const HASHTAG = /^#\p{L}[\p{L}\p{M}\p{N}\-_.]*[\p{L}\p{M}\p{N}]$/u

function readTerm(token: Token): SearchTerm | undefined {
  const text = normalise(token.text).slice(0, MAX_TERM_LENGTH).toWellFormed().trim()
  if (token.quoted) return text ? { kind: 'text', text } : undefined
  const star = /^[^*]+\*+$/u.test(text)
  const bare = trimPunctuation(text.replace(/^\*+|\*+$/gu, ''))
  if (!bare || bare === '-') return undefined
  const tag = bare.replace(/^#+/u, '#')
  if (HASHTAG.test(tag) && !star) return { kind: 'hashtag', text: tag }
  return { kind: star ? 'prefix' : 'text', text: bare }
}

/** Start of a day of the client in ms, or undefined for anything that is not a day of the calendar. */
function startOfDay(value: string, offsetSeconds: number): number | undefined {
  const match = /^(\d{4})-(\d{1,2})-(\d{1,2})$/u.exec(value)
  if (!match) return undefined
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])]
  const utc = Date.UTC(year, month - 1, day)
  if (new Date(utc).getUTCMonth() !== month - 1) return undefined
  return utc - offsetSeconds * 1000
}

function applyDate(query: SearchQuery, flag: string, start: number, negated: boolean): void {
  const range: TimeRange =
    flag === 'before'
      ? { from: 0, before: start }
      : flag === 'after'
        ? { from: start + DAY, before: Number.MAX_SAFE_INTEGER }
        : { from: start, before: start + DAY }
  if (negated) {
    if (query.notCreated.length < MAX_FILTER_VALUES) query.notCreated.push(range)
    return
  }
  query.created.from = Math.max(query.created.from, range.from)
  query.created.before = Math.min(query.created.before, range.before)
}

function applyFlag(query: SearchQuery, flag: string, raw: string, negated: boolean, offset: number): void {
  const value = normalise(raw).replace(/^~+/u, '').slice(0, MAX_TERM_LENGTH)
  if (!value) return
  const add = (list: string[], entry: string) => {
    if (entry && list.length < MAX_FILTER_VALUES && !list.includes(entry)) list.push(entry)
  }
  switch (flag) {
    case 'from':
      return add(negated ? query.notFrom : query.from, value.replace(/^@+/u, ''))
    case 'in':
    case 'channel':
      return add(negated ? query.notIn : query.in, value)
    case 'ext':
      return add(negated ? query.notExtensions : query.extensions, value.replace(/^\.+/u, ''))
    default: {
      const start = startOfDay(value, offset)
      if (start !== undefined) applyDate(query, flag, start, negated)
    }
  }
}

/**
 * Reads what a person typed: words (all of them, or one with `isOrSearch`), "phrases", `prefix*`, `#hashtag`, `-without`
 * and the filters from: in: channel: before: after: on: ext:, each of which `-` turns round. Dates are days of the client.
 * Never throws: whatever is not a string, a date or a filter is ignored or read as a word; lengths are capped.
 */
export function parseQuery(input: unknown, options: ParseOptions = {}): SearchQuery {
  const query: SearchQuery = {
    terms: [],
    excluded: [],
    anyTerm: options.isOrSearch === true,
    from: [],
    notFrom: [],
    in: [],
    notIn: [],
    created: { from: 0, before: Number.MAX_SAFE_INTEGER },
    notCreated: [],
    extensions: [],
    notExtensions: [],
  }
  const wanted = Number.isFinite(options.timeZoneOffset) ? Math.trunc(options.timeZoneOffset!) : 0
  const offset = Math.max(-MAX_OFFSET_SECONDS, Math.min(MAX_OFFSET_SECONDS, wanted))
  const tokens = tokenise(typeof input === 'string' ? input.slice(0, MAX_QUERY_LENGTH).toWellFormed() : '')
  for (let i = 0; i < tokens.length; i++) {
    const token = tokens[i]!
    const flag = readFlag(token, tokens[i + 1])
    if (flag) {
      if (flag.usedNext) i++
      applyFlag(query, flag.flag, flag.value, token.negated, offset)
      continue
    }
    const term = readTerm(token)
    const list = token.negated ? query.excluded : query.terms
    if (term && query.terms.length + query.excluded.length < MAX_TERMS && !hasTerm(list, term)) list.push(term)
  }
  return query
}

function hasTerm(list: SearchTerm[], term: SearchTerm): boolean {
  return list.some((other) => other.kind === term.kind && other.text === term.text)
}

/** Whether there is nothing to search for: an empty query finds nothing rather than everything. */
export function isEmptyQuery(query: SearchQuery): boolean {
  const lists = [query.terms, query.excluded, query.from, query.notFrom, query.in, query.notIn]
  return (
    [...lists, query.notCreated, query.extensions, query.notExtensions].every((list) => list.length === 0) &&
    query.created.from === 0 &&
    query.created.before === Number.MAX_SAFE_INTEGER
  )
}
