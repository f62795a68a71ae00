import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { Problem } from '../cli/problem.ts'
import { directory } from './directory.ts'
import { absent, file } from './file.ts'
import type { Resource, Trigger } from './resource.ts'

const ROOT_ONLY = { user: 'root', group: 'root' }

/**
 * A directory as `chpst -e` reads it: one file for each variable, readable by root alone. Files for other variables
 * are removed. chpst reads the first line only, so a value of several lines is refused; an empty file unsets the variable.
 */
export async function envDirectory(
  path: string,
  variables: Readonly<Record<string, string>>,
  triggers: readonly Trigger[],
): Promise<Resource[]> {
  for (const [name, value] of Object.entries(variables)) check(name, value)
  const there = await readdir(path).catch(() => [])
  const unwanted = there.filter((name) => !name.startsWith('.') && !Object.hasOwn(variables, name))
  return [
    directory(path, { ...ROOT_ONLY, mode: 0o700 }),
    ...Object.entries(variables)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, value]) => file(join(path, name), value, { ...ROOT_ONLY, mode: 0o600 }, { triggers })),
    ...unwanted.map((name) => absent(join(path, name), triggers)),
  ]
}

function check(name: string, value: string): void {
  const repair = "Correct it in mattermost['env']."
  if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(name))
    throw new Problem(`${JSON.stringify(name)} is not the name of an environment variable.`, repair)
  if (/[\n\0]/.test(value)) throw new Problem(`The value of ${name} has more than one line.`, repair)
}
