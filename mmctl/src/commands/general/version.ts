import { VERSION } from '../../../../server/src/version.ts'
import type { Action } from '../../cli/command.ts'

const ARCHITECTURES: Readonly<Record<string, string>> = { x64: 'amd64', ia32: '386' }

/** Prints the version of mmctl itself. The lines are those of the original, so that scripts find theirs. */
export const version: Action = async ({ out, world }) => {
  const unknown = 'unknown'
  const info = {
    Version: VERSION,
    BuiltDate: world.env.OUTPOST_BUILD_DATE || unknown,
    CommitDate: world.env.OUTPOST_BUILD_DATE || unknown,
    GitCommit: world.env.OUTPOST_BUILD_HASH || unknown,
    GitTreeState: unknown,
    GoVersion: `none (Node.js ${process.versions.node})`,
    Compiler: 'none',
    Platform: `${process.platform}/${ARCHITECTURES[process.arch] ?? process.arch}`,
  }
  const lines = Object.entries(info).map(([name, value]) => `${name}:\t${value}`)
  out.print(['mmctl:', ...lines].join('\n'), info)
}
