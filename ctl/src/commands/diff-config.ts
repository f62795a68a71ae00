import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { Problem } from '../cli/problem.ts'
import { onDisk, type Context } from '../context.ts'
import { findSettingsFile } from '../settings/settings-file.ts'

const template = fileURLToPath(new URL('../settings/outpost.rb.template', import.meta.url))

/** Shows how the settings file differs from the template of this version. Exit code 0, also with differences; 1 when the file is missing. */
export async function run(context: Context, args: string[]): Promise<number> {
  const { values } = parseArgs({ args, options: { config: { type: 'string' } } })
  const { file, kind } = findSettingsFile(context, values.config)
  const real = kind === 'given' ? file : onDisk(context.paths, file)
  if (!existsSync(real)) throw new Problem(`There is no settings file ${file}.`, 'Name one with --config FILE.')
  const { stdout, status, stderr, error } = spawnSync(
    'diff',
    ['-u', '--label', 'template', '--label', file, template, real],
    {
      encoding: 'utf8',
      maxBuffer: 1 << 26,
      env: { PATH: context.env.PATH ?? '/usr/bin:/bin', LC_ALL: 'C.UTF-8' },
    },
  )
  if (error || status === null || status > 1)
    throw new Problem(`diff failed: ${(error?.message ?? stderr).trim()}`, 'Install the package diffutils.')
  context.stdout(stdout)
  return 0
}
