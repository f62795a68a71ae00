import type { Action, Command, Count, Flag, FlagType } from './command.ts'

type FlagOptions = Partial<Pick<Flag, 'short' | 'default' | 'required' | 'hidden'>>

const flagOf =
  (type: FlagType, fallback: string) =>
  (name: string, help: string, options: FlagOptions = {}): Flag => ({ name, type, help, default: fallback, ...options })

export const bool = flagOf('bool', 'false')
export const int = flagOf('int', '0')
export const uint = flagOf('uint', '0')
export const string = flagOf('string', '')
/** one value with commas, or several */
export const strings = flagOf('strings', '')
/** may be given several times; commas belong to the value */
export const repeatable = flagOf('repeatable', '')

export const required = { required: true } as const

/** Exactly so many arguments. */
export const exactly = (count: number): Count => ({ min: count, max: count })
/** So many arguments or more. */
export const atLeast = (count: number): Count => ({ min: count, max: Infinity })

/** A command that only holds others. */
export function group(name: string, help: string, commands: readonly Command[], aliases?: readonly string[]): Command {
  return { name, help, commands, aliases }
}

type Options = Omit<Command, 'name' | 'help' | 'load' | 'commands'>

/** A command that does something. `load` reads its action from disk when it is run. */
export function command(name: string, help: string, options: Options, load: () => Promise<Action>): Command {
  return { name, help, ...options, load }
}

/** --page, --per-page and --all of commands that list in pages. */
export const paging = (perPage = 200): Flag[] => [
  int('page', 'Which page of the list to show, from 0'),
  int('per-page', 'How many entries a page has, at most 200', { default: String(perPage) }),
  bool('all', 'Show all pages; --page then has no effect'),
]
