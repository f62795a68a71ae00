import type { Context } from '../context.ts'
import { commands, groups, type Command } from './commands.ts'
import { Problem, reasonOf, UsageError } from './problem.ts'

export { UsageError }

/**
 * Runs one command line, without the program's name, and answers the exit code. Whatever goes wrong is told in a
 * sentence on the channel for errors.
 */
export async function runCommandLine(context: Context, words: string[]): Promise<number> {
  const { name, args, verbose, quiet } = readGlobals(words)
  if (name === undefined || name === 'help' || name === '--help' || name === '-h') return help(context, args[0])
  const command = commands.find((one) => one.name === name)
  if (!command) {
    context.stderr(`I don't know that command: ${printable(name)}\n`)
    help(context, undefined)
    return 1
  }
  if (command.name !== 'psql' && args.some((arg) => arg === '--help')) return helpOf(context, command)
  try {
    if (command.usage === '' && args.length > 0) throw new UsageError(`${name} takes no arguments.`)
    const env = { ...context.env, ...(verbose && { OUTPOST_CTL_VERBOSE: '1' }) }
    return await command.run({ ...context, env, stdout: quiet ? () => undefined : context.stdout }, args)
  } catch (error) {
    return explain(context, command, error)
  }
}

/** -v and -q may stand before the command. */
function readGlobals(words: string[]): { name: string | undefined; args: string[]; verbose: boolean; quiet: boolean } {
  const at = words.findIndex((word) => !['-v', '--verbose', '-q', '--quiet'].includes(word))
  const flags = at < 0 ? words : words.slice(0, at)
  const [name, ...args] = at < 0 ? [] : words.slice(at)
  const has = (...names: string[]): boolean => flags.some((flag) => names.includes(flag))
  return { name, args, verbose: has('-v', '--verbose'), quiet: has('-q', '--quiet') }
}

function explain(context: Context, command: Command, error: unknown): number {
  const { code = '' } = error as NodeJS.ErrnoException
  if (error instanceof UsageError || code.startsWith('ERR_PARSE_ARGS')) {
    context.stderr(`${(error as Error).message}\nUsage: outpost-ctl ${command.name} ${command.usage}\n`)
    return 2
  }
  if (error instanceof Problem) {
    context.stderr(`${error.message}\n${error.repair}\n`)
    return 1
  }
  const isSystem = error instanceof Error && /^E[A-Z]+$/.test(code)
  context.stderr(`${isSystem ? reasonOf(error) : ((error as Error).stack ?? String(error))}\n`)
  return 1
}

function help(context: Context, name: string | undefined): number {
  const command = commands.find((one) => one.name === name)
  if (command) return helpOf(context, command)
  const width = Math.max(...commands.map((one) => one.name.length))
  const lines = ['Usage: outpost-ctl [-v] [-q] COMMAND [SERVICE] [OPTIONS]']
  for (const [heading, list] of groups) {
    lines.push('', `${heading}:`, ...list.map((one) => `  ${one.name.padEnd(width)}  ${one.summary}`))
  }
  context.stdout(`${lines.join('\n')}\n`)
  return 0
}

function helpOf(context: Context, { name, usage, summary }: Command): number {
  context.stdout(`Usage: outpost-ctl ${name} ${usage}\n\n${summary[0]!.toUpperCase()}${summary.slice(1)}.\n`)
  return 0
}

/** A word as it may be shown: whatever steers a terminal is taken out. */
const printable = (word: string): string => word.replaceAll(/\p{Cc}/gu, '?').slice(0, 100)
