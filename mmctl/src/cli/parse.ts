import type { Command, Count, Flag, Path } from './command.ts'
import { pathName } from './command.ts'
import { Flags } from './flags.ts'
import { globalFlags } from './global-flags.ts'
import type { World } from '../world.ts'
import { UsageError } from './usage-error.ts'

export interface Invocation {
  readonly path: Path
  readonly args: readonly string[]
  readonly flags: Flags
  /** --help was given, or a group without one of its commands */
  readonly wantsHelp: boolean
}

/**
 * Reads a command line as programs with POSIX-like flags do: flags stand anywhere, `--` ends them, `--name=value`,
 * `--name value`, `-n5` and joined `-ab` are known, and a bool takes a value only behind `=`. A flag that is not given
 * may come from its MMCTL_ variable. Throws UsageError.
 */
export function parse(root: Command, argv: readonly string[], env: World['env']): Invocation {
  const { path, rest } = findCommand(root, argv)
  try {
    return read(path, rest, env)
  } catch (error) {
    if (error instanceof UsageError) error.command = pathName(path)
    throw error
  }
}

function read(path: Path, rest: readonly string[], env: World['env']): Invocation {
  const command = path.at(-1)!
  const known = [...(command.flags ?? []), ...globalFlags]
  const flags = new Flags(known)
  const args = command.takesAnything ? rest : readFlags(rest, known, flags)
  for (const flag of globalFlags) fromEnvironment(flag, flags, env)
  const wantsHelp = flags.bool('help') || (!command.load && args.length === 0)
  const invocation: Invocation = { path, args: args.map((arg) => arg.trim()), flags, wantsHelp }
  if (!wantsHelp) check(invocation, command)
  return invocation
}

/** Walks down the tree along the words that are commands; the other words stay, in order. */
function findCommand(root: Command, argv: readonly string[]): { path: Path; rest: string[] } {
  let path: Path = [root]
  const rest: string[] = []
  for (let at = 0; at < argv.length; at++) {
    const word = argv[at]!
    const command = path.at(-1)!
    if (word === '--' || command.load) {
      rest.push(...argv.slice(at))
      break
    }
    if (word.startsWith('-') && word.length > 1) {
      rest.push(word)
      if (takesNextWord(word) && at + 1 < argv.length) rest.push(argv[++at]!)
      continue
    }
    const next = command.commands?.find((one) => one.name === word || one.aliases?.includes(word))
    if (!next) {
      rest.push(...argv.slice(at))
      break
    }
    path = [...path, next]
  }
  return { path, rest }
}

/** Before the command is known, only global flags can be. */
function takesNextWord(word: string): boolean {
  const flag = globalFlags.find((one) => `--${one.name}` === word)
  return flag !== undefined && flag.type !== 'bool'
}

function readFlags(words: readonly string[], known: readonly Flag[], flags: Flags): string[] {
  const args: string[] = []
  const queue = [...words]
  for (let word = queue.shift(); word !== undefined; word = queue.shift()) {
    if (word === '--') return [...args, ...queue]
    if (word.startsWith('--')) readLong(word.slice(2), known, flags, queue)
    else if (word.startsWith('-') && word.length > 1) readShort(word.slice(1), known, flags, queue)
    else args.push(word)
  }
  return args
}

function readLong(word: string, known: readonly Flag[], flags: Flags, queue: string[]): void {
  const [name, ...parts] = word.split('=')
  const flag = known.find((one) => one.name === name)
  if (!flag) throw new UsageError(`unknown flag: --${name}`)
  flags.give(flag, parts.length > 0 ? parts.join('=') : nextValue(flag, `--${name}`, queue))
}

function readShort(letters: string, known: readonly Flag[], flags: Flags, queue: string[]): void {
  for (let at = 0; at < letters.length; at++) {
    const flag = known.find((one) => one.short === letters[at])
    if (!flag) throw new UsageError(`unknown shorthand flag: '${letters[at]}' in -${letters}`)
    const behind = letters.slice(at + 1)
    if (behind.startsWith('=')) return flags.give(flag, behind.slice(1))
    if (flag.type !== 'bool') return flags.give(flag, behind || nextValue(flag, `-${letters[at]}`, queue))
    flags.give(flag, 'true')
  }
}

function nextValue(flag: Flag, shown: string, queue: string[]): string {
  if (flag.type === 'bool') return 'true'
  const value = queue.shift()
  if (value === undefined) throw new UsageError(`flag needs an argument: ${shown}`)
  return value
}

function fromEnvironment(flag: Flag, flags: Flags, env: World['env']): void {
  const value = env[`MMCTL_${flag.name.toUpperCase().replaceAll('-', '_')}`]
  if (value && flag.name !== 'help' && !flags.given(flag.name)) flags.give(flag, value)
}

function check({ path, args, flags }: Invocation, command: Command): void {
  if (!command.load) throw new UsageError(unknownCommand(path, args[0]!))
  if (command.count) checkCount(command.count, args, path)
  const missing = (command.flags ?? []).filter((flag) => flag.required && !flags.given(flag.name))
  const names = missing.map((flag) => JSON.stringify(flag.name)).join(', ')
  if (names) throw new UsageError(`required flag(s) ${names} not set`)
}

function checkCount({ min, max }: Count, args: readonly string[], path: Path): void {
  const got = args.length
  if (max === 0 && got > 0) throw new UsageError(`unknown command ${JSON.stringify(args[0])} for "${pathName(path)}"`)
  if (min === max && got !== min) throw new UsageError(`accepts ${min} arg(s), received ${got}`)
  if (got < min) throw new UsageError(`requires at least ${min} arg(s), only received ${got}`)
  if (got > max) throw new UsageError(`accepts at most ${max} arg(s), received ${got}`)
}

function unknownCommand(path: Path, word: string): string {
  const names = path.at(-1)!.commands!.flatMap((one) => (one.hidden ? [] : [one.name]))
  const near = names.filter((name) => name.startsWith(word) || distance(name, word) <= 2)
  const hint = near.length > 0 ? `. Did you mean ${near.map((name) => `"${name}"`).join(' or ')}?` : ''
  return `unknown command ${JSON.stringify(word)} for "${pathName(path)}"${hint}`
}

/** How many letters must be changed, added or dropped to make one word the other. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++) {
      next[j] = Math.min(row[j]! + 1, next[j - 1]! + 1, row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1))
    }
    row = next
  }
  return row[b.length]!
}
