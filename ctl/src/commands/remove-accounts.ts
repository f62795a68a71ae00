import { demandRoot, readSettings } from '../cli/read-settings.ts'
import { Problem } from '../cli/problem.ts'
import type { Context } from '../context.ts'
import { lookAtMachine } from '../reconfigure/machine.ts'
import { findGroup, findUser } from '../resources/accounts.ts'
import { runCommand } from '../resources/run-command.ts'
import { findSupervisor } from '../services/supervisor.ts'

/** Deletes the accounts that reconfigure made. GitLab's own stay. Files of theirs stay too, owned by a bare number. */
export async function run(context: Context): Promise<number> {
  demandRoot(context, 'remove-accounts')
  const { settings, places, nginx, hasOwnCluster } = await lookAtMachine(context, await readSettings(context))
  if ((await findSupervisor(places)) !== undefined)
    throw new Problem('The services still run under these accounts.', 'Run outpost-ctl uninstall first.')
  const { account, database, nginx: web } = settings
  const accounts = [[account.username, account.group]]
  if (nginx.kind === 'own') accounts.push([web.user, web.group])
  if (hasOwnCluster) accounts.push([database.local.username, database.local.group])
  for (const [user = '', group = ''] of accounts) {
    if (await findUser(user)) await runCommand('userdel', [user])
    // userdel removes the group of the same name itself, where that is the system's habit.
    if (await findGroup(group)) await runCommand('groupdel', [group])
    context.stdout(`Removed ${user}\n`)
  }
  return 0
}
