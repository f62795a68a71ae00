import { access, readFile, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { Problem } from '../cli/problem.ts'

/** Where Debian keeps the programs of each major version. */
const DISTRIBUTION = '/usr/lib/postgresql'

/** The oldest version that the server works with. */
export const OLDEST = 14

/**
 * The folder with `program` of the distribution's PostgreSQL: of the version that made the cluster in `data`, or of
 * the newest one while there is none. Throws a Problem when it is not installed.
 */
export async function programFolder(program: string, data: string): Promise<string> {
  const made = (await readFile(join(data, 'PG_VERSION'), 'utf8').catch(() => '')).trim()
  const installed = (await readdir(DISTRIBUTION).catch(() => [])).filter((name) => /^\d+$/.test(name))
  const wanted = made ? [made] : installed.toSorted((a, b) => Number(b) - Number(a))
  for (const version of wanted) {
    const folder = join(DISTRIBUTION, version, 'bin')
    if (Number(version) >= OLDEST && (await exists(join(folder, program)))) return folder
  }
  if (made)
    throw new Problem(
      `The database in ${data} was made by PostgreSQL ${made}, which is not installed.`,
      `Install it (apt-get install postgresql-${made}), or move the data with pg_upgrade.`,
    )
  throw new Problem(`PostgreSQL ${OLDEST} or newer is not installed.`, 'Install it: apt-get install postgresql')
}

/** Whether there is something at a path. */
export async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  )
}
