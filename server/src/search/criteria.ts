import { channelGram, queryGrams, tagGram } from './grams.ts'
import type { SearchQuery, SearchTerm, TimeRange } from './parse-query.ts'

/** A query after look-up: what the index can be asked. All lists hold ids or normalised words. */
export interface Criteria {
  /** Channels the reader may see, narrowed by in: and -in:. Never wider than his memberships. */
  channelIds: string[]
  userIds: string[] | undefined
  notUserIds: string[]
  terms: SearchTerm[]
  excluded: SearchTerm[]
  anyTerm: boolean
  created: TimeRange
  notCreated: TimeRange[]
  extensions: string[]
  notExtensions: string[]
}

/** The parts of a parsed query that need no look-up. */
export function termCriteria(query: SearchQuery): Omit<Criteria, 'channelIds' | 'userIds' | 'notUserIds'> {
  const { terms, excluded, anyTerm, created, notCreated, extensions, notExtensions } = query
  return { terms, excluded, anyTerm, created, notCreated, extensions, notExtensions }
}

/** Numbered parameters of one statement. */
export class Parameters {
  readonly values: unknown[] = []

  /** Adds a value and returns its place holder, with a cast where PostgreSQL could not guess the type. */
  add(value: unknown, type = ''): string {
    this.values.push(value)
    return `$${this.values.length}${type && `::${type}`}`
  }
}

/** Letters that go on a word in alphabets with words. Scripts written without blanks are left out on purpose. */
const LETTERS = 'a-z0-9_\u00df-\u024f\u0370-\u052f'
const STARTS_WITH_LETTER = new RegExp(`^[${LETTERS}]`, 'u')

function termCondition(term: SearchTerm, parameters: Parameters): string {
  if (term.kind === 'hashtag') return `strpos(tags, ${parameters.add(` ${term.text} `, 'text')}) > 0`
  const contains = `strpos(body, ${parameters.add(term.text, 'text')}) > 0`
  if (term.kind === 'text' || !STARTS_WITH_LETTER.test(term.text)) return contains
  // Ranges, not [[:alnum:]]: classes depend on the locale of the database. strpos goes first because it is cheaper.
  const escaped = term.text.replace(/[^\p{L}\p{N}]/gu, (char) => (char < '\u0080' ? `\\${char}` : char))
  return `(${contains} AND body ~ ${parameters.add(`(^|[^${LETTERS}])${escaped}`, 'text')})`
}

function rangeCondition(range: TimeRange, parameters: Parameters): string[] {
  const conditions: string[] = []
  if (range.from > 0) conditions.push(`create_at >= ${parameters.add(range.from, 'bigint')}`)
  if (range.before < Number.MAX_SAFE_INTEGER) conditions.push(`create_at < ${parameters.add(range.before, 'bigint')}`)
  return conditions
}

/** The wanted range of creation times, half-open; no condition for an open end. */
export function createdCondition(criteria: Criteria, parameters: Parameters): string[] {
  return rangeCondition(criteria.created, parameters)
}

/** Everything about the text and the author that makes a candidate a hit. Exact: no false hit passes. */
export function matchConditions(criteria: Criteria, parameters: Parameters): string[] {
  const conditions: string[] = []
  const list = (ids: string[]) => parameters.add(ids, 'text[]')
  if (criteria.userIds) conditions.push(`user_id = ANY(${list(criteria.userIds)})`)
  if (criteria.notUserIds.length > 0) conditions.push(`user_id <> ALL(${list(criteria.notUserIds)})`)
  if (criteria.extensions.length > 0) conditions.push(`extension = ANY(${list(criteria.extensions)})`)
  if (criteria.notExtensions.length > 0) conditions.push(`extension <> ALL(${list(criteria.notExtensions)})`)
  for (const range of criteria.notCreated) {
    const inside = rangeCondition(range, parameters)
    if (inside.length > 0) conditions.push(`NOT (${inside.join(' AND ')})`)
  }
  if (criteria.terms.length > 0) {
    const terms = criteria.terms.map((term) => termCondition(term, parameters))
    conditions.push(`(${terms.join(criteria.anyTerm ? ' OR ' : ' AND ')})`)
  }
  for (const term of criteria.excluded) conditions.push(`NOT ${termCondition(term, parameters)}`)
  return conditions
}

/** Above this many channels, intersecting their lists costs more than dropping foreign candidates afterwards. */
const MAX_CHANNEL_GRAMS = 64

function termGrams(term: SearchTerm): number[] {
  return term.kind === 'hashtag' ? [tagGram(term.text)] : queryGrams(term.text)
}

const literal = (grams: Iterable<number>): string => `{${[...grams].join(',')}}`

/** The condition the GIN index answers, or undefined where no gram narrows the search. */
export function gramCondition(criteria: Criteria, parameters: Parameters): string | undefined {
  const perTerm = criteria.terms.map(termGrams)
  let condition: string
  if (criteria.anyTerm) {
    if (perTerm.length === 0 || perTerm.some((grams) => grams.length === 0)) return undefined
    condition = perTerm.map((grams) => `grams @> ${parameters.add(literal(grams), 'smallint[]')}`).join(' OR ')
  } else {
    const all = new Set(perTerm.flat())
    if (all.size === 0) return undefined
    condition = `grams @> ${parameters.add(literal(all), 'smallint[]')}`
  }
  if (criteria.channelIds.length > MAX_CHANNEL_GRAMS) return `(${condition})`
  const channels = literal(new Set(criteria.channelIds.map(channelGram)))
  return `(${condition}) AND grams && ${parameters.add(channels, 'smallint[]')}`
}
