import { rm, unlink } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { Problem } from '../cli/problem.ts'
import { exists } from '../postgresql/programs.ts'
import { runCommand, tryCommand } from '../resources/run-command.ts'
import type { Places } from './places.ts'
import { findSupervisor } from './supervisor.ts'
import { listServices, sv } from './sv.ts'

const UNIT = 'outpost-runsvdir.service'

/** Stops every service and its supervision, so that nothing starts again at boot. Data and definitions stay. */
export async function endSupervision(places: Places, say: (text: string) => void): Promise<void> {
  const services = (await listServices(places)).filter(({ enabled }) => enabled)
  for (const { name } of services) say((await sv(places, 'stop', name)).output.trim())
  const unit = `/etc/systemd/system/${UNIT}`
  if (places.isMachine && (await exists('/run/systemd/system')) && (await exists(unit))) {
    await runCommand('systemctl', ['disable', '--now', UNIT])
    await rm(unit, { force: true })
    await runCommand('systemctl', ['daemon-reload'])
  }
  const pid = await findSupervisor(places)
  if (pid !== undefined) await end(pid)
  for (const { name } of services) await leave(places, name)
}

/** The service's own supervisor ends a moment after runsvdir; until then the next one could not take over. */
async function leave(places: Places, name: string): Promise<void> {
  await unlink(join(places.enabled, name))
  for (let attempt = 0; attempt < 100; attempt++) {
    const status = await tryCommand('sv', ['status', join(places.definitions, name)])
    if (/runsv not running/.test(status.stdout)) return
    await sleep(50)
  }
}

/** HUP makes runsvdir end what it supervises before itself. */
async function end(pid: number): Promise<void> {
  process.kill(pid, 'SIGHUP')
  for (let attempt = 0; attempt < 200; attempt++) {
    if (!(await exists(`/proc/${pid}`))) return
    await sleep(50)
  }
  throw new Problem(`runsvdir (process ${pid}) does not end.`, `kill -TERM ${pid}`)
}
