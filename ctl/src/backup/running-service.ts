import { readFile, rm, writeFile } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import { join } from 'node:path'
import { Problem } from '../cli/problem.ts'
import type { Machine } from '../reconfigure/machine.ts'
import { isEnabled, sv } from '../services/sv.ts'
import { waitUntilHealthy } from '../services/wait-until-healthy.ts'
import { inSession, type DatabaseAccess } from './database-access.ts'
import { literal } from './psql-session.ts'

/** Whether the chat server runs, or would be started by its supervisor at any moment. */
export async function isServiceUp({ places }: Machine): Promise<boolean> {
  return (await isEnabled(places, 'outpost')) && (await sv(places, 'status', 'outpost')).code === 0
}

/** What the file says that keeps the service down: a killed restore left it, not an administrator. */
const MARK = 'outpost-ctl restore\n'

const downFile = ({ places }: Machine): string => join(places.definitions, 'outpost/down')

/** Whether a restore that was killed stopped the chat server and owes it a start. */
export async function isStartOwed(machine: Machine): Promise<boolean> {
  return (await readFile(downFile(machine), 'utf8').catch(() => '')) === MARK
}

/** Stops the chat server so that it stays down over a restart of the machine, until `startService`. */
export async function stopService(machine: Machine): Promise<void> {
  await writeFile(downFile(machine), MARK)
  const { code, output } = await sv(machine.places, 'stop', 'outpost')
  if (code === 0) return
  await rm(downFile(machine), { force: true })
  throw new Problem(`The chat server does not stop: ${output.trim()}`, 'See: outpost-ctl status outpost')
}

/** Starts the chat server and waits until it answers. */
export async function startService(machine: Machine): Promise<void> {
  await rm(downFile(machine), { force: true })
  const { code, output } = await sv(machine.places, 'start', 'outpost')
  if (code !== 0) throw new Problem(`The chat server does not start: ${output.trim()}`, 'See: outpost-ctl tail outpost')
  await waitUntilHealthy(machine.places, machine.settings)
}

/** Throws a Problem while others use the database; a service that was just stopped gets a moment to go. */
export async function demandUnused(access: DatabaseAccess): Promise<void> {
  const ask = `SELECT count(*), min(usename || ' with ' || coalesce(nullif(application_name, ''), 'an unnamed program'))
    FROM pg_stat_activity WHERE datname = ${literal(access.name)} AND backend_type = 'client backend';`
  for (let attempt = 0; ; attempt++) {
    const [[count = '0', example = ''] = []] = await inSession(access, access.admin, access.maintenance, (session) =>
      session.query(ask),
    )
    if (count === '0') return
    if (attempt >= 40)
      throw new Problem(
        `The database ${access.name} is in use by ${count} other connections, such as ${example}.`,
        'End them (gitlab-ctl stop mattermost, psql, other servers), then run the command again. Nothing was changed.',
      )
    await sleep(250)
  }
}
