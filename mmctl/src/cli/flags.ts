import { UsageError } from './usage-error.ts'
import type { Flag } from './command.ts'

/** The values of flags: given on the command line, else by MMCTL_ variables, else the defaults. */
export class Flags {
  readonly #values = new Map<string, string[]>()
  readonly #known: ReadonlyMap<string, Flag>

  constructor(known: readonly Flag[]) {
    this.#known = new Map(known.map((flag) => [flag.name, flag]))
  }

  /** Takes one value from the command line. Throws UsageError when it is not of the flag's type. */
  give(flag: Flag, text: string): void {
    const value = checked(flag, text)
    const list = flag.type === 'strings' ? value.split(',') : [value]
    const many = flag.type === 'strings' || flag.type === 'repeatable'
    this.#values.set(flag.name, many ? [...(this.#values.get(flag.name) ?? []), ...list] : list)
  }

  /** Was it given, on the command line or by a variable? */
  given(name: string): boolean {
    return this.#values.has(name)
  }

  text(name: string): string {
    return this.#values.get(name)?.at(-1) ?? this.#known.get(name)?.default ?? ''
  }

  bool(name: string): boolean {
    return isTrue(this.text(name))
  }

  int(name: string): number {
    return Number(this.text(name))
  }

  list(name: string): readonly string[] {
    return this.#values.get(name) ?? []
  }
}

const isTrue = (text: string): boolean => /^(1|t|true)$/i.test(text)

function checked(flag: Flag, text: string): string {
  const wrong = (wanted: string) =>
    new UsageError(`invalid argument ${JSON.stringify(text)} for "--${flag.name}": it takes ${wanted}`)
  if (flag.type === 'bool' && !/^(1|t|true|0|f|false)$/i.test(text)) throw wrong('true or false')
  if (flag.type === 'int' && !isInteger(/^[-+]?\d+$/, text)) throw wrong('a whole number')
  if (flag.type === 'uint' && !isInteger(/^\+?\d+$/, text)) throw wrong('a whole number that is not negative')
  return text
}

const isInteger = (form: RegExp, text: string): boolean => form.test(text) && Number.isSafeInteger(Number(text))
