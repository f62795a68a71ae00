import type { Action, Command, Path } from '../../cli/command.ts'
import { helpText } from '../../cli/help.ts'
import { pathName } from '../../cli/command.ts'

/** Shows how the command is used that the words name. */
export const helpOn =
  (root: Command): Action =>
  async ({ args, out }) => {
    let path: Path = [root]
    for (const word of args) {
      const next = path.at(-1)!.commands?.find((one) => one.name === word || one.aliases?.includes(word))
      if (!next) throw new Error(`there is no command "${pathName(path)} ${word}"`)
      path = [...path, next]
    }
    out.print(helpText(path).trimEnd())
  }
