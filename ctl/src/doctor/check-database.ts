import { reasonOf } from '../cli/problem.ts'
import { OLDEST } from '../postgresql/programs.ts'
import type { Connection } from '../postgresql/try-connection.ts'
import { findUser } from '../resources/accounts.ts'
import { runAs } from '../resources/run-as.ts'
import { fail, ok, type Finding, type Patient } from './finding.ts'

/** Whether the service's own account gets into its database. */
export async function checkDatabase({ settings }: Patient): Promise<Finding[]> {
  const { account, database } = settings
  const { host, port, database: name } = database.parsed
  const repair = database.manage
    ? 'Is PostgreSQL up? outpost-ctl status, gitlab-ctl status'
    : "Check mattermost['sql_data_source']."
  const entry = await findUser(account.username)
  if (!entry) return [fail(`The account ${account.username} does not exist.`, 'Run outpost-ctl reconfigure.')]
  const numbers = entry.uid === process.geteuid?.() ? {} : { uid: entry.uid, gid: entry.gid }
  const module = new URL('../postgresql/try-connection.ts', import.meta.url)
  const found = await runAs<Connection>(numbers, module, database.dataSource).catch(reasonOf)
  if (typeof found === 'string')
    return [fail(`The database ${name} at ${host}:${port} cannot be entered: ${found}`, repair)]
  const major = Math.floor(found.version / 10_000)
  if (major < OLDEST) return [fail(`The database runs PostgreSQL ${major}.`, `Upgrade it to ${OLDEST} or newer.`)]
  if (found.encoding !== 'UTF8')
    return [fail(`The database ${name} is encoded in ${found.encoding}.`, 'Move it into one in UTF8.')]
  if (!found.mayCreate)
    return [fail(`The service may not create tables in ${name}.`, `ALTER DATABASE "${name}" OWNER TO its role.`)]
  return [ok(`The database ${name} at ${host} answers (PostgreSQL ${major}).`)]
}
