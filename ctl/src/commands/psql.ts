import { readFile } from 'node:fs/promises'

import { Problem } from '../cli/problem.ts'
import { onDisk, type Context } from '../context.ts'
import { parseDataSource } from '../../../server/src/database/data-source.ts'
import { exists } from '../postgresql/programs.ts'
import { Superuser } from '../postgresql/superuser.ts'
import { placesOf } from '../services/places.ts'
import type { LocalCluster } from '../settings/settings.ts'

/** What reconfigure wrote down: the cluster of this machine, or the data source of one elsewhere. */
interface Known {
  readonly socketDirectory?: string
  readonly directory?: string
  readonly port?: number
  readonly username?: string
  readonly database?: string
  readonly dataSource?: string
}

/**
 * Opens the chat's database with psql, whose arguments are passed on; a later -d wins. On this machine's cluster as its
 * superuser, elsewhere with the service's own data source. This process becomes psql.
 */
export async function run(context: Context, args: string[]): Promise<number> {
  const known = await read(context)
  if (known.dataSource !== undefined) return become('psql', args, remoteEnv(context, known.dataSource))
  const { socketDirectory = '', directory = '', port = 5432, username = '', database = '' } = known
  const cluster: LocalCluster = {
    enabled: true,
    directory,
    socketDirectory,
    port,
    username,
    group: username,
    listenAddress: '',
  }
  const superuser = new Superuser(cluster, onDisk(context.paths, context.paths.gitlabDirectory))
  const psql = await superuser.psql()
  const { uid, gid } = await superuser.numbers()
  if (uid !== undefined && gid !== undefined) dropTo(uid, gid)
  process.chdir('/tmp')
  return become(psql, ['-p', String(port), '-h', socketDirectory, '-U', username, '-d', database, ...args], context.env)
}

async function read(context: Context): Promise<Known> {
  const file = placesOf(context.paths).psqlFile
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    const why = error.code === 'ENOENT' ? 'does not exist' : 'cannot be read'
    const how = error.code === 'ENOENT' ? 'Run outpost-ctl reconfigure first.' : 'Run the command as root.'
    throw new Problem(`${file} ${why}.`, how)
  })
  return JSON.parse(text) as Known
}

function dropTo(uid: number, gid: number): void {
  process.setgroups!([gid])
  process.setgid!(gid)
  process.setuid!(uid)
}

/** The password travels in the environment: other accounts can read a command line, but not that. */
function remoteEnv(context: Context, dataSource: string): Context['env'] {
  const { host, port, user, password, database, sslMode } = parseDataSource(dataSource, {})
  const given = { PGHOST: host, PGPORT: String(port), PGUSER: user, PGDATABASE: database, PGSSLMODE: sslMode }
  return { ...context.env, ...given, ...(password !== undefined && { PGPASSWORD: password }) }
}

async function become(program: string, args: string[], env: Context['env']): Promise<never> {
  const path = program.includes('/') ? program : await find(program, env.PATH ?? '/usr/bin')
  const plain = Object.entries(env).filter((pair): pair is [string, string] => pair[1] !== undefined)
  return process.execve!(path, [path, ...args], Object.fromEntries(plain))
}

async function find(program: string, path: string): Promise<string> {
  for (const folder of path.split(':')) if (await exists(`${folder}/${program}`)) return `${folder}/${program}`
  throw new Problem('psql is missing.', 'Install it: apt-get install postgresql-client')
}
