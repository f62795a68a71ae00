import { readFile } from 'node:fs/promises'
import { VERSION } from '../../../../server/src/version.ts'
import type { Action } from '../../cli/command.ts'

const ARCHITECTURES: Readonly<Record<string, string>> = { x64: 'amd64', ia32: '386' }

/** What a package says about its making, in a file beside the folders of the code; a checkout has none. */
const BUILD_FILE = new URL('../../../../build.json', import.meta.url)

/** Prints the version of mmctl itself. The lines are those of the original, so that scripts find theirs. */
export const version: Action = async ({ out }) => {
  const build = await readBuild()
  const info = {
    Version: VERSION,
    BuiltDate: build.date ?? 'unknown',
    CommitDate: build.commit_date ?? 'unknown',
    GitCommit: build.commit ?? 'unknown',
    GitTreeState: build.commit ? 'clean' : 'unknown',
    GoVersion: `none (Node.js ${process.versions.node})`,
    Compiler: 'none',
    Platform: `${process.platform}/${ARCHITECTURES[process.arch] ?? process.arch}`,
  }
  const lines = Object.entries(info).map(([name, value]) => `${name}:\t${value}`)
  out.print(['mmctl:', ...lines].join('\n'), info)
}

type Build = Readonly<Partial<Record<'date' | 'commit' | 'commit_date', string>>>

async function readBuild(): Promise<Build> {
  const text = await readFile(BUILD_FILE, 'utf8').catch(() => '{}')
  return JSON.parse(text) as Build
}
