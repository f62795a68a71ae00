import type { Place } from '../settings/settings.ts'

/** A symbol. As a key it equals the string of the same name, as in GitLab's settings. */
export class RubySymbol {
  readonly name: string
  constructor(name: string) {
    this.name = name
  }
}

/** Something that is not evaluated here: what it is, and what to write instead. */
export class Refusal extends Error {
  readonly place: Place
  readonly hint: string
  constructor(place: Place, what: string, hint: string) {
    super(what)
    this.place = place
    this.hint = hint
  }
}

/** Stands where a value would be, had the file not been refused there. Only whoever needs the value complains. */
export class Unknown {
  readonly refusal: Refusal
  constructor(refusal: Refusal) {
    this.refusal = refusal
  }
}

/** A hash: symbol and string keys are the same key. */
export type RubyMap = Map<string, RubyValue>
/** A value of a settings file. bigint = Integer, number = Float. */
export type RubyValue = null | boolean | bigint | number | string | RubySymbol | RubyValue[] | RubyMap | Unknown

/** Ruby's notion of truth: only nil and false are not. */
export const isTruthy = (value: RubyValue): boolean => value !== null && value !== false

/** `to_s`. Collections have none here: undefined. */
export function toText(value: RubyValue): string | undefined {
  if (value === null) return ''
  if (value instanceof RubySymbol) return value.name
  if (typeof value === 'number') return Number.isInteger(value) ? value.toFixed(1) : String(value)
  if (typeof value === 'object') return undefined
  return String(value)
}

/** What the value is, for people. */
export function kindOf(value: RubyValue): string {
  if (value === null) return 'nil'
  if (Array.isArray(value)) return 'a list'
  if (value instanceof Map) return 'a hash'
  if (value instanceof RubySymbol) return 'a symbol'
  if (value instanceof Unknown) return 'an unknown value'
  if (typeof value === 'string') return 'a text'
  if (typeof value === 'boolean') return String(value)
  return 'a number'
}

/** `==`. */
export function isEqual(left: RubyValue, right: RubyValue): boolean {
  if (left instanceof RubySymbol && right instanceof RubySymbol) return left.name === right.name
  if (Array.isArray(left) && Array.isArray(right))
    return left.length === right.length && left.every((item, at) => isEqual(item, right[at]!))
  if (left instanceof Map && right instanceof Map)
    return (
      left.size === right.size && [...left].every(([key, item]) => right.has(key) && isEqual(item, right.get(key)!))
    )
  // Loose on purpose: Ruby finds 1 and 1.0 equal.
  if (isNumber(left) && isNumber(right)) return Number(left) === Number(right)
  return left === right
}

/** Integer or Float. */
export const isNumber = (value: RubyValue): value is bigint | number =>
  typeof value === 'bigint' || typeof value === 'number'

/** Plain JSON of a value; a symbol is its name, a large Integer a text, something unknown says so. */
export function toJson(value: RubyValue): unknown {
  if (value instanceof Map) return Object.fromEntries([...value].map(([key, item]) => [key, toJson(item)]))
  if (Array.isArray(value)) return value.map(toJson)
  if (value instanceof RubySymbol) return value.name
  if (value instanceof Unknown) return `(not evaluated: ${value.refusal.message})`
  if (typeof value === 'bigint') return Number.isSafeInteger(Number(value)) ? Number(value) : String(value)
  return value
}

/** The Ruby value of parsed JSON. */
export function fromJson(value: unknown): RubyValue {
  if (Array.isArray(value)) return value.map(fromJson)
  if (typeof value === 'number') return Number.isSafeInteger(value) ? BigInt(value) : value
  if (typeof value === 'object' && value !== null)
    return new Map(Object.entries(value).map(([key, item]) => [key, fromJson(item)]))
  return value as string | boolean | null
}
