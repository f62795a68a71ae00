import { join } from 'node:path'
import { Problem } from '../cli/problem.ts'
import { ownCluster } from '../postgresql/own-cluster.ts'
import { OLDEST, programFolder } from '../postgresql/programs.ts'
import { database, databaseRole } from '../postgresql/role-and-database.ts'
import type { Connection } from '../postgresql/try-connection.ts'
import { findUser } from '../resources/accounts.ts'
import { envDirectory } from '../resources/env-directory.ts'
import { file } from '../resources/file.ts'
import type { Resource, Step } from '../resources/resource.ts'
import { runAs } from '../resources/run-as.ts'
import { definitionFiles, disabledService, enabledService } from '../services/service.ts'
import { outpostService, postgresqlService } from '../services/scripts.ts'
import { isStopped, sv } from '../services/sv.ts'
import { configFile, logOwner, psqlFile } from './base-steps.ts'
import type { Machine } from './machine.ts'

const ROOT = { user: 'root', group: 'root' }
const LOGS = { ...ROOT, mode: 0o755 }

/** Outpost's own PostgreSQL, on machines where GitLab brings none and no other is named. */
export async function clusterStep({ settings, places, hasOwnCluster }: Machine): Promise<Step> {
  const title = 'PostgreSQL'
  if (!hasOwnCluster) {
    const skipped = settings.database.manage ? "GitLab's is used" : 'another one is named in the settings'
    return { title, resources: [disabledService(places, 'postgresql')], skipped }
  }
  return {
    title,
    resources: [
      ...ownCluster(settings),
      ...(await clusterFiles({ settings, places })),
      enabledService(places, 'postgresql'),
    ],
  }
}

/** The definition of Outpost's own PostgreSQL. */
export async function clusterFiles({ settings, places }: Pick<Machine, 'settings' | 'places'>): Promise<Resource[]> {
  const bin = await programFolder('postgres', join(settings.database.local.directory, 'data'))
  return definitionFiles(places, postgresqlService(settings, bin, places.logs), settings, LOGS)
}

/** Role, database, and the proof that the service's account gets in. */
export function databaseStep(machine: Machine, isDryRun: boolean): Step {
  const { settings, superuser } = machine
  const { manage, name, role } = settings.database
  const made = manage ? [databaseRole(superuser, role), database(superuser, name, role)] : []
  const answer = manage && !isDryRun ? [answeringCluster(machine)] : []
  const proof = isDryRun ? [] : [workingConnection(machine)]
  return { title: 'Database', resources: [...answer, ...made, ...proof, ...psqlFile(machine)] }
}

/** One that was just started, or died and is started again, is waited for; one that somebody stopped is not. */
function answeringCluster({ places, superuser, hasOwnCluster }: Machine): Resource {
  const plan = async (): Promise<undefined> => {
    const isDown = hasOwnCluster && isStopped(await sv(places, 'status', 'postgresql'))
    await superuser.waitUntilUp(isDown ? 0 : 30)
  }
  return { name: 'answer of PostgreSQL', plan }
}

function workingConnection({ settings: { account, database: settings } }: Machine): Resource {
  const { host, port, database: name, user } = settings.parsed
  const plan = async (): Promise<undefined> => {
    const entry = await findUser(account.username)
    const numbers = entry && entry.uid !== process.geteuid?.() ? { uid: entry.uid, gid: entry.gid } : {}
    const module = new URL('../postgresql/try-connection.ts', import.meta.url)
    const found = await runAs<Connection>(numbers, module, settings.dataSource).catch((error: Error) => {
      if (error instanceof Problem) throw error
      throw new Problem(
        `${account.username} cannot enter the database ${name} at ${host}:${port} as ${user}: ${error.message}`,
        HOW,
      )
    })
    if (found.version < OLDEST * 10_000)
      throw new Problem(
        `The database runs PostgreSQL ${Math.floor(found.version / 10_000)}.`,
        `Upgrade it to ${OLDEST} or newer.`,
      )
    if (!found.mayCreate)
      throw new Problem(
        `The role ${user} may not create tables in the database ${name}.`,
        `As its superuser: ALTER DATABASE "${name}" OWNER TO "${user}"`,
      )
  }
  return { name: `connection of ${account.username} to ${name}`, plan }
}

const HOW =
  "Check mattermost['sql_data_source'] and pg_hba.conf. Beside GitLab 19, which no longer knows the role gitlab_mattermost, set postgresql['sql_mattermost_user'] to the name of the service's account."

/** The definition of the chat server. */
export const outpostFiles = ({ settings, places }: Machine): Resource[] =>
  definitionFiles(places, outpostService(settings), settings, logOwner(settings))

/** The environment, config.json and the supervised service itself. */
export async function outpostStep(machine: Machine): Promise<Step> {
  const { settings, places, version } = machine
  const restart = ['restart outpost']
  const { directories } = settings
  const versionFile = join(directories.home, 'VERSION')
  return {
    title: 'Chat server',
    resources: [
      ...(await envDirectory(directories.env, settings.env, restart)),
      configFile(machine),
      ...outpostFiles(machine),
      file(versionFile, version, { ...ROOT, mode: 0o644 }, { triggers: restart }),
      enabledService(places, 'outpost'),
    ],
  }
}
