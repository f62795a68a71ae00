import type { Action, Command } from '../../cli/command.ts'
import { globalFlags } from '../../cli/global-flags.ts'

type Candidate = readonly [word: string, help: string]

/**
 * Answers the completion scripts: one candidate a line, a tab, its help. The last argument is the word that is being
 * typed, the others stand before it.
 */
export const complete =
  (root: Command): Action =>
  async ({ args, out }) => {
    const typed = args.at(-1) ?? ''
    let command = root
    for (const word of args.slice(0, -1)) {
      command = command.commands?.find((one) => one.name === word || one.aliases?.includes(word)) ?? command
    }
    const candidates = typed.startsWith('-') ? flagsOf(command) : commandsOf(command)
    for (const [word, help] of candidates) if (word.startsWith(typed)) out.print(`${word}\t${help}`)
  }

const commandsOf = ({ commands = [] }: Command): Candidate[] =>
  commands.filter((one) => !one.hidden).map((one) => [one.name, one.help])

const flagsOf = ({ flags = [] }: Command): Candidate[] =>
  [...flags, ...globalFlags].filter((one) => !one.hidden).map((one) => [`--${one.name}`, one.help])
