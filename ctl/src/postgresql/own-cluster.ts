import { chown, mkdir, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { directory } from '../resources/directory.ts'
import { file } from '../resources/file.ts'
import { demandNumbers, type Owner } from '../resources/owner.ts'
import type { Plan, Resource } from '../resources/resource.ts'
import { runCommand } from '../resources/run-command.ts'
import type { Settings } from '../settings/settings.ts'
import { exists, programFolder } from './programs.ts'

const RESTART = ['restart postgresql']
const RELOAD = ['reload postgresql']

/** The cluster that Outpost looks after where no GitLab is: data, settings, and who may enter. */
export function ownCluster({ account, database: { local, role } }: Settings): Resource[] {
  const owner: Owner = { user: local.username, group: local.group, mode: 0o700 }
  const text: Owner = { ...owner, mode: 0o600 }
  const data = join(local.directory, 'data')
  const settings = [
    `listen_addresses = ${quoted(local.listenAddress)}`,
    `port = ${local.port}`,
    `unix_socket_directories = ${quoted(local.socketDirectory)}`,
    'unix_socket_permissions = 0777',
    'password_encryption = scram-sha-256',
    'max_connections = 200',
    "log_timezone = 'UTC'",
  ]
  // Accounts enter under their own name; the service's account also under the role that owns its database.
  const access = ['local all all peer map=outpost', 'host all all all scram-sha-256']
  const identities = [`outpost ${account.username} ${role}`, String.raw`outpost /^(.*)$ \1`]
  const lines = (all: string[]): string => ['# Written by outpost-ctl reconfigure.', ...all, ''].join('\n')
  return [
    directory(local.directory, { ...owner, mode: 0o755 }),
    ...(local.socketDirectory === local.directory ? [] : [directory(local.socketDirectory, { ...owner, mode: 0o755 })]),
    cluster(data, owner),
    file(join(data, 'outpost.conf'), lines(settings), text, { triggers: RESTART }),
    file(join(data, 'postgresql.conf'), lines(["include 'outpost.conf'", "include_if_exists 'custom.conf'"]), text, {
      triggers: RESTART,
    }),
    file(join(data, 'pg_hba.conf'), lines(access), text, { triggers: RELOAD }),
    file(join(data, 'pg_ident.conf'), lines(identities), text, { triggers: RELOAD }),
  ]
}

const quoted = (value: string): string => `'${value.replaceAll("'", "''")}'`

/** Made beside its place and moved there when complete: a run that is cut off leaves no half cluster. */
function cluster(data: string, owner: Owner): Resource {
  const plan = async (): Promise<Plan | undefined> => {
    if (await exists(join(data, 'PG_VERSION'))) return undefined
    const apply = async (): Promise<void> => {
      const { uid, gid } = await demandNumbers(owner)
      const draft = `${data}.new`
      await rm(draft, { recursive: true, force: true })
      await mkdir(draft, { mode: 0o700 })
      await chown(draft, uid, gid)
      const initdb = join(await programFolder('initdb', data), 'initdb')
      const options = [
        '--encoding=UTF8',
        '--locale=C.UTF-8',
        '--data-checksums',
        '--auth=peer',
        `--username=${owner.user}`,
      ]
      const env = { PATH: process.env.PATH, LANG: 'C.UTF-8' }
      await runCommand(initdb, ['-D', draft, ...options], { uid, gid, cwd: '/', env, timeout: 300_000 })
      await rename(draft, data)
    }
    return { changes: ['create an empty cluster'], apply }
  }
  return { name: `PostgreSQL data ${data}`, plan }
}
