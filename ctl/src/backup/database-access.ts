import { join } from 'node:path'
import { readdir } from 'node:fs/promises'
import { Problem } from '../cli/problem.ts'
import { exists } from '../postgresql/programs.ts'
import type { Superuser } from '../postgresql/superuser.ts'
import { findUser } from '../resources/accounts.ts'
import type { Numbers } from '../resources/run-as.ts'
import { tryCommand } from '../resources/run-command.ts'
import type { Settings } from '../settings/settings.ts'
import { PsqlSession } from './psql-session.ts'

/** In whose name PostgreSQL is entered: the account of the process and libpq's variables, password included. */
export interface Login {
  readonly numbers: Numbers
  readonly env: Readonly<Record<string, string>>
}

/** The two ways into the chat's database. */
export interface DatabaseAccess {
  readonly name: string
  /** owner of everything in it */
  readonly role: string
  /** the cluster's superuser where the cluster is this machine's; else the service's own role */
  readonly admin: Login
  readonly service: Login
  /** database that is always there, to make and rename others from */
  readonly maintenance: string
  /** where its files lie, as far as they are on this machine */
  readonly directory: string | undefined
  readonly gitlabDirectory: string
}

/** How the database of the settings is entered. `gitlabDirectory` may hold programs of PostgreSQL. */
export async function accessDatabase(
  { account, database }: Settings,
  superuser: Pick<Superuser, 'numbers'>,
  gitlabDirectory: string,
): Promise<DatabaseAccess> {
  const entry = await findUser(account.username)
  const numbers = entry && entry.uid !== process.geteuid?.() ? { uid: entry.uid, gid: entry.gid } : {}
  const service = { numbers, env: serviceEnv(database) }
  const { manage, local, parsed } = database
  const admin = manage
    ? {
        numbers: await superuser.numbers(),
        env: { PGHOST: local.socketDirectory, PGPORT: String(local.port), PGUSER: local.username },
      }
    : service
  return {
    name: parsed.database,
    role: parsed.user,
    admin,
    service,
    maintenance: 'postgres',
    directory: manage ? local.directory : undefined,
    gitlabDirectory,
  }
}

/** The password travels in the environment: other accounts can read a command line, but not that. */
function serviceEnv({ dataSource, parsed }: Settings['database']): Record<string, string> {
  const { host, port, user, password, sslMode } = parsed
  const env: Record<string, string> = { PGHOST: host, PGPORT: String(port), PGUSER: user, PGSSLMODE: sslMode }
  if (password !== undefined) env.PGPASSWORD = password
  for (const [name, variable] of Object.entries(CERTIFICATES)) {
    const found = new RegExp(String.raw`(?:^|[\s?&])${name}\s*=\s*(?:'([^']*)'|([^\s&]+))`).exec(dataSource)
    const value = found?.[1] ?? found?.[2]
    if (value !== undefined) env[variable] = /^postgres/i.test(dataSource.trim()) ? decodeURIComponent(value) : value
  }
  return env
}

const CERTIFICATES = { sslrootcert: 'PGSSLROOTCERT', sslcert: 'PGSSLCERT', sslkey: 'PGSSLKEY' }

/** Environment of a program of PostgreSQL: nothing of root's own, and no limit of time of the server's. */
export function programEnv(login: Login): Record<string, string> {
  return {
    PATH: process.env.PATH ?? '/usr/sbin:/usr/bin:/sbin:/bin',
    LANG: 'C.UTF-8',
    PGCONNECT_TIMEOUT: '15',
    PGAPPNAME: 'outpost-ctl',
    PGCLIENTENCODING: 'UTF8',
    PGOPTIONS: '-c statement_timeout=0 -c lock_timeout=0 -c idle_in_transaction_session_timeout=0',
    ...login.env,
  }
}

/** Opens a session; `database` is the chat's own unless another is named. */
export async function openSession(
  access: DatabaseAccess,
  login: Login,
  database: string = access.name,
): Promise<PsqlSession> {
  const program = await findProgram(access, 'psql')
  return PsqlSession.open(program, database, { ...login.numbers, env: programEnv(login) })
}

/** Does work in a session that is closed afterwards. */
export async function inSession<T>(
  access: DatabaseAccess,
  login: Login,
  database: string,
  work: (session: PsqlSession) => Promise<T>,
): Promise<T> {
  const session = await openSession(access, login, database)
  try {
    return await work(session)
  } finally {
    await session.close()
  }
}

/** A program of PostgreSQL, GitLab's or the newest of the distribution; `major`: at least this version. */
export async function findProgram(access: DatabaseAccess, name: string, major = 0): Promise<string> {
  const versions = (await readdir('/usr/lib/postgresql').catch(() => [])).filter((entry) => /^\d+$/.test(entry))
  const candidates = [
    join(access.gitlabDirectory, 'embedded/bin', name),
    ...versions
      .toSorted((a, b) => Number(b) - Number(a))
      .map((version) => `/usr/lib/postgresql/${version}/bin/${name}`),
    `/usr/bin/${name}`,
  ]
  for (const program of candidates)
    if ((await exists(program)) && (major === 0 || (await majorOf(program)) >= major)) return program
  const what = major === 0 ? name : `${name} of PostgreSQL ${major} or newer`
  const package_ = major === 0 ? 'postgresql-client' : `postgresql-client-${major}`
  throw new Problem(`${what} is missing.`, `Install it: apt-get install ${package_} (newer ones: apt.postgresql.org)`)
}

async function majorOf(program: string): Promise<number> {
  const { stdout } = await tryCommand(program, ['--version'])
  return Number(/(\d+)/.exec(stdout)?.[1] ?? 0)
}
