import { join } from 'node:path'
import { onDisk } from '../context.ts'
import { group, user, type AccountChange } from '../resources/accounts.ts'
import { changeGroups, directory } from '../resources/directory.ts'
import { file } from '../resources/file.ts'
import type { Owner } from '../resources/owner.ts'
import type { Resource, Step } from '../resources/resource.ts'
import type { Places } from '../services/places.ts'
import { isEnabled, sv } from '../services/sv.ts'
import type { Machine } from './machine.ts'

const ROOT = { user: 'root', group: 'root' }

/** Accounts of the service, and those of nginx and PostgreSQL where these are Outpost's own. */
export function accountStep({ settings, places, nginx, hasOwnCluster }: Machine): Step {
  const { account, database, nginx: web } = settings
  if (!account.manage) return { title: 'Accounts', resources: [], skipped: "manage_accounts['enable'] is false" }
  const change = aroundChange(places)
  const { directories } = settings
  const own = [directories.home, directories.files, directories.plugins, directories.clientPlugins, directories.logs]
  const regroup = async (from: number, to: number): Promise<void> => {
    await change.before(from, to)
    for (const path of own) await changeGroups(path, from, to)
  }
  const neighbour = (name: string, primary: string, home: string, shell?: string): Resource[] => [
    group(primary, undefined),
    user({ name, group: primary, uid: undefined, home, shell }),
  ]
  const { username, group: primary, uid, gid, home } = account
  return {
    title: 'Accounts',
    resources: [
      group(primary, gid, { ...change, before: regroup }),
      user({ name: username, group: primary, uid, home, change }),
      ...(web.enabled && nginx.kind === 'own' ? neighbour(web.user, web.group, web.directory) : []),
      // The guide to backups says `sudo -i -u gitlab-psql`, and that needs a shell.
      ...(hasOwnCluster
        ? neighbour(database.local.username, database.local.group, database.local.directory, '/bin/sh')
        : []),
    ],
  }
}

/** No process of the account may run while its numbers change; one that ran is started again afterwards. */
function aroundChange(places: Places): AccountChange {
  const runs = async (): Promise<boolean> =>
    (await isEnabled(places, 'outpost')) && (await sv(places, 'status', 'outpost')).code === 0
  return {
    before: async () => {
      if (await runs()) await sv(places, 'stop', 'outpost')
    },
    triggers: async () => ((await runs()) ? ['start outpost'] : []),
  }
}

/** Where the service keeps its data and logs. After a change of uid everything inside follows. */
export function directoryStep({ settings, places, context }: Machine): Step {
  const { account, directories } = settings
  const owner: Owner = { user: account.username, group: 'root', mode: 0o755 }
  const own = [...new Set([directories.home, directories.files, directories.plugins, directories.clientPlugins])]
  // A machine has this folder; below a prefix somebody has to make it.
  const scratch = places.isMachine ? [] : [directory(onDisk(context.paths, '/var/tmp'), { ...ROOT, mode: 0o1777 })]
  return {
    title: 'Directories',
    resources: [
      ...scratch,
      directory(places.state, { ...ROOT, mode: 0o755 }),
      directory(places.logs, { ...ROOT, mode: 0o755 }),
      ...own.filter((path) => path !== places.state).map((path) => directory(path, owner, { withContents: true })),
      directory(directories.logs, logOwner(settings), { withContents: true }),
    ],
  }
}

/** Owner of the service's log directory: with a log group its members may read, and nobody else. */
export function logOwner({ account, logging: { logGroup } }: Machine['settings']): Owner {
  return { user: account.username, group: logGroup ?? 'root', mode: logGroup ? 0o750 : 0o755 }
}

/**
 * The service's own configuration: written once, from then on the server's and the administrator's. It holds the
 * socket for mmctl --local; the server fills in the rest.
 */
export function configFile({ settings: { account, directories }, context }: Machine): Resource {
  const socket = onDisk(context.paths, '/var/tmp/mattermost_local.socket')
  const first = { ServiceSettings: { EnableLocalMode: true, LocalModeSocketLocation: socket } }
  // The server rewrites the file, and then it has the server's group.
  const owner = { user: account.username, group: account.group, mode: 0o600 }
  return file(directories.configFile, `${JSON.stringify(first, null, 4)}\n`, owner, { once: true })
}

/** What outpost-psql has to know: the local cluster, or the data source of one elsewhere. Root's alone. */
export function psqlFile({ settings, places }: Machine): Resource[] {
  const { database } = settings
  const { local } = database
  const content = database.manage
    ? {
        directory: local.directory,
        socketDirectory: local.socketDirectory,
        port: local.port,
        username: local.username,
        database: database.name,
      }
    : { dataSource: database.dataSource }
  const folder = join(places.psqlFile, '..')
  return [
    directory(folder, { ...ROOT, mode: 0o755 }),
    file(places.psqlFile, `${JSON.stringify(content, null, 2)}\n`, { ...ROOT, mode: 0o600 }),
  ]
}
