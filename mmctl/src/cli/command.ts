import type { Connection } from '../connect/connection.ts'
import type { Printer } from '../output/printer.ts'
import type { Prompt } from '../prompt/prompt.ts'
import type { World } from '../world.ts'
import type { Flags } from './flags.ts'

export type FlagType = 'bool' | 'int' | 'uint' | 'string' | 'strings' | 'repeatable'

export interface Flag {
  readonly name: string
  readonly type: FlagType
  readonly short?: string
  /** as it would be typed; '' for none */
  readonly default: string
  readonly required?: boolean
  /** works, but help and completion do not show it */
  readonly hidden?: boolean
  readonly help: string
}

/** How many positional arguments a command takes. */
export interface Count {
  readonly min: number
  readonly max: number
}

/** Everything a command's action works with. */
export interface Context {
  readonly args: readonly string[]
  readonly flags: Flags
  readonly out: Printer
  readonly prompt: Prompt
  readonly world: World
  /** the server this invocation talks to; connects at the first call */
  readonly connect: () => Promise<Connection>
}

export type Action = (context: Context) => Promise<void>

export interface Command {
  readonly name: string
  readonly aliases?: readonly string[]
  /** arguments as the usage line shows them */
  readonly usage?: string
  readonly help: string
  /** lines to try, without `mmctl` */
  readonly examples?: readonly string[]
  readonly count?: Count
  readonly flags?: readonly Flag[]
  readonly hidden?: boolean
  /** flags are not looked at: whatever stands behind the command is handed over */
  readonly takesAnything?: boolean
  /** with --json one item is printed bare, not in an array */
  readonly single?: boolean
  readonly commands?: readonly Command[]
  /** loads what the command does: only what is run is read from disk */
  readonly load?: () => Promise<Action>
}

/** A command on its way down the tree: `mmctl user list` has the path of these three. */
export type Path = readonly [Command, ...Command[]]

export const pathName = (path: readonly Command[]): string => path.map((one) => one.name).join(' ')
