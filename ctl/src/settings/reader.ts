import { quote } from '../ruby/assign.ts'
import type { RubySettings } from '../ruby/read-ruby.ts'
import { isNumber, kindOf, RubySymbol, toText, Unknown, type RubyMap, type RubyValue } from '../ruby/values.ts'
import type { Notice, Place, Report } from './settings.ts'

/** Reads settings as what they should be, and notes every mistake with its place instead of stopping at the first. */
export class Reader {
  readonly ruby: RubySettings
  readonly report: Report

  constructor(ruby: RubySettings) {
    this.ruby = ruby
    this.report = { errors: ruby.errors, removals: [], warnings: ruby.warnings, notes: [] }
  }

  /** Where `path` (`mattermost.env.X`) was set, or the nearest thing around it. */
  placeOf(path: string): Place | undefined {
    for (let at = path; at !== ''; at = at.slice(0, Math.max(0, at.lastIndexOf('.')))) {
      const place = this.ruby.origins.get(at)
      if (place) return place
    }
    // Of a section only its keys were assigned.
    const first = [...this.ruby.origins.keys()].find((key) => key.startsWith(`${path}.`))
    return first === undefined ? undefined : this.ruby.origins.get(first)
  }

  notice(path: string, text: string): Notice {
    const place = this.placeOf(path)
    return place ? { text, place } : { text }
  }

  /** Notes a mistake of a setting: `mattermost['uid'] is …`. */
  error(path: string, problem: string): void {
    this.report.errors.push(this.notice(path, `${quote(path)} ${problem}`))
  }

  warn(path: string, text: string): void {
    this.report.warnings.push(this.notice(path, text))
  }

  /** The value, nil when nobody set it. A value that was not evaluated is a mistake here, because somebody asks for it. */
  value(path: string): RubyValue {
    const [word, ...keys] = path.split('.')
    let value: RubyValue = this.ruby.words.get(word!) ?? null
    for (const key of keys) {
      if (value instanceof Unknown || value === null) break
      if (!(value instanceof Map)) {
        const around = path.slice(0, path.lastIndexOf('.'))
        this.once(around, `must be a hash and is ${kindOf(value)}`)
        return null
      }
      value = value.get(key) ?? null
    }
    return this.known(path, value)
  }

  /** `value` unless it was not evaluated; that is then a mistake of `path`. */
  known(path: string, value: RubyValue): RubyValue {
    if (!(value instanceof Unknown)) return value
    const { message, hint, place } = value.refusal
    const line = path.includes('.') ? `${quote(path)} = 'value'` : `${path} 'value'`
    const text = `${quote(path)} cannot be read: ${lowerFirst(message)}. ${hint}, as in: ${line}`
    if (!this.report.errors.some((error) => error.text === text)) this.report.errors.push({ text, place })
    return null
  }

  private once(path: string, problem: string): void {
    const text = `${quote(path)} ${problem}`
    if (!this.report.errors.some((error) => error.text === text)) this.error(path, problem)
  }

  /** True when the file sets it to anything but nil, evaluated or not. */
  isSet(path: string): boolean {
    const [word, ...keys] = path.split('.')
    let value: RubyValue | undefined = this.ruby.words.get(word!)
    for (const key of keys) value = value instanceof Map ? value.get(key) : undefined
    return value !== undefined && value !== null
  }

  /** True when the file says `= nil`, where that means something else than leaving the line out. */
  isNil(path: string): boolean {
    const at = path.lastIndexOf('.')
    const section = this.ruby.words.get(path.slice(0, at))
    return section instanceof Map && section.get(path.slice(at + 1)) === null && section.has(path.slice(at + 1))
  }

  text(path: string): string | undefined
  text(path: string, otherwise: string): string
  text(path: string, otherwise?: string): string | undefined {
    const value = this.value(path)
    if (value === null) return otherwise
    const text = typeof value === 'boolean' ? undefined : toText(value)
    if (text === undefined) this.error(path, `must be a text and is ${kindOf(value)}.`)
    else if (text.includes('\0')) this.error(path, 'must not hold a NUL character.')
    else return text
    return otherwise
  }

  /** A text for one line of a configuration: no line break, and none of `;{}`, which would end or open something. */
  word(path: string, otherwise: string): string {
    const text = this.text(path, otherwise)
    if (!/[\r\n;{}]/.test(text)) return text
    this.error(path, 'must be one line without any of ; { }.')
    return otherwise
  }

  flag(path: string): boolean | undefined
  flag(path: string, otherwise: boolean): boolean
  flag(path: string, otherwise?: boolean): boolean | undefined {
    const value = this.value(path)
    if (value === null) return otherwise
    if (typeof value === 'boolean') return value
    // Ruby would find any text true, also "false": never what was meant.
    if (value === 'true' || value === 'false') {
      this.warn(path, `${quote(path)} is the text "${value}"; it is taken as ${value}. Write it without quotes.`)
      return value === 'true'
    }
    this.error(path, `must be true or false and is ${kindOf(value)}.`)
    return otherwise
  }

  /** A whole number; also one written as a text. */
  integer(path: string, range: { min: number; max: number }): number | undefined
  integer(path: string, range: { min: number; max: number }, otherwise: number): number
  integer(path: string, { min, max }: { min: number; max: number }, otherwise?: number): number | undefined {
    const value = this.value(path)
    if (value === null) return otherwise
    const number =
      isNumber(value) || (typeof value === 'string' && /^\s*[+-]?\d+\s*$/.test(value)) ? Number(value) : NaN
    if (Number.isInteger(number) && number >= min && number <= max) return number
    this.error(path, `must be a whole number from ${min} to ${max}.`)
    return otherwise
  }

  /** A list of texts; a single text is a list of one. */
  list(path: string, otherwise: string[]): string[] {
    const value = this.value(path)
    if (value === null) return otherwise
    const items = Array.isArray(value) ? value.map((item) => this.known(path, item)) : [value]
    const texts = items.filter((item) => item !== null).map(toText)
    if (texts.every((text) => text !== undefined)) return texts
    this.error(path, 'must be a list of texts.')
    return otherwise
  }

  /** A hash as it stands; empty when it is not set. */
  hash(path: string): RubyMap {
    const value = this.value(path)
    if (value instanceof Map) return value
    if (value !== null) this.error(path, `must be a hash and is ${kindOf(value)}.`)
    return new Map()
  }

  /** A hash of texts. Numbers and true or false become texts, nil stays. */
  texts(path: string): Map<string, string | null> {
    const texts = new Map<string, string | null>()
    for (const [key, value] of this.hash(path)) {
      const item = this.known(`${path}.${key}`, value)
      const text = toText(item)
      if (text === undefined) this.error(`${path}.${key}`, `must be a text and is ${kindOf(item)}.`)
      texts.set(key, item === null ? null : (text ?? ''))
    }
    return texts
  }

  /** An absolute path. */
  path(path: string, otherwise: string): string {
    const text = this.text(path, otherwise)
    if (/^\/[^\0\r\n]*$/.test(text)) return text.length > 1 ? text.replace(/\/+$/, '') : text
    this.error(path, 'must be an absolute path, such as /srv/chat.')
    return otherwise
  }

  /** One of several words. */
  choice<T extends string>(path: string, among: readonly T[], otherwise: T): T {
    const text = this.text(path, otherwise)
    const found = among.find((one) => one === text)
    if (found === undefined) this.error(path, `must be one of ${among.join(', ')}.`)
    return found ?? otherwise
  }
}

/** For messages that go on after a colon. */
const lowerFirst = (text: string): string => text.replace(/^[A-Z](?=[a-z ])/, (letter) => letter.toLowerCase())

/** A symbol or text as its name. */
export const nameOf = (value: RubyValue): string | undefined =>
  value instanceof RubySymbol ? value.name : typeof value === 'string' ? value : undefined
