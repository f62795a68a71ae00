import type { Context } from '../context.ts'
import type { Notice, Place } from '../settings/settings.ts'
import type { RubyParser, RubySource } from './parse-ruby.ts'
import { Refusal, Unknown, type RubyMap, type RubyValue } from './values.ts'

/** The work a file may ask for. GitLab's template with every line in use needs a fiftieth of it. */
const MAX_STEPS = 200_000
const MAX_DEPTH = 300

/** Ends the evaluation at once. */
export class Exhausted extends Error {
  override name = 'Exhausted'
}

/** One evaluation of one or several settings files: everything that the statements can change. */
export class Run {
  readonly context: Context
  readonly parse: RubyParser
  /** Top-level words: sections (hashes) and setters (their argument). */
  readonly words: RubyMap = new Map()
  readonly locals: RubyMap = new Map()
  /** Where each setting was last assigned, by dotted path. */
  readonly origins = new Map<string, Place>()
  readonly errors: Notice[] = []
  readonly warnings: Notice[] = []
  /** Files being read, outermost first. */
  readonly open: string[] = []
  readonly read: string[] = []
  /** Inside conditions and loops, where assigning again is what people mean. */
  nesting = 0
  /** Paths of settings that the statement at hand has looked at. */
  readonly looked = new Set<string>()
  /** Local variables that hold something not evaluated, until somebody needs them. */
  readonly unused = new Map<string, Refusal>()
  source!: RubySource
  private steps = 0
  private depth = 0

  constructor(context: Context, parse: RubyParser) {
    this.context = context
    this.parse = parse
  }

  /** Counts work; ends everything when a file asks for too much. */
  charge(steps = 1): void {
    this.steps += steps
    if (this.steps > MAX_STEPS)
      throw new Exhausted('The settings ask for too much work; loops and texts must stay small.')
  }

  /** Runs `work` one level deeper. */
  deeper<T>(place: Place, work: () => T): T {
    this.charge()
    if (this.depth >= MAX_DEPTH) throw new Refusal(place, 'This expression is nested too deeply', 'Write it flatter')
    this.depth++
    try {
      return work()
    } finally {
      this.depth--
    }
  }

  /** The value, or what stands for it when the file is refused there. */
  attempt(work: () => RubyValue): RubyValue {
    try {
      return work()
    } catch (error) {
      if (error instanceof Refusal) return new Unknown(error)
      throw error
    }
  }

  /** A value that shares nothing with `value`, so that no hash can come to hold itself. */
  copy(value: RubyValue): RubyValue {
    this.charge()
    if (Array.isArray(value)) return value.map((item) => this.copy(item))
    if (value instanceof Map) return new Map([...value].map(([key, item]) => [key, this.copy(item)]))
    return value
  }

  refuse(error: Refusal): void {
    const text = `${error.message}. ${error.hint}.`
    const { file, line, column } = error.place
    const same = ({ place }: Notice): boolean => place?.file === file && place.line === line && place.column === column
    if (!this.errors.some(same)) this.errors.push({ text, place: error.place })
  }
}
