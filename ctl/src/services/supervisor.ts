import { spawn } from 'node:child_process'
import { mkdir, readFile, readdir } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import { Problem } from '../cli/problem.ts'
import { exists } from '../postgresql/programs.ts'
import { directory } from '../resources/directory.ts'
import { file } from '../resources/file.ts'
import type { Plan, Resource } from '../resources/resource.ts'
import { runCommand } from '../resources/run-command.ts'
import type { Places } from './places.ts'

const UNIT = '/etc/systemd/system/outpost-runsvdir.service'
const ROOT = { user: 'root', group: 'root' }

/** The process that keeps every service running: under systemd where that runs the machine, else by itself. */
export async function supervisor(places: Places): Promise<Resource[]> {
  const byUnit = places.isMachine && (await exists('/run/systemd/system'))
  const folders = [places.definitions, places.enabled].map((path) => directory(path, { ...ROOT, mode: 0o755 }))
  if (!byUnit) return [...folders, runningSupervisor(places, () => startAlone(places))]
  const start = async (): Promise<void> => {
    await runCommand('systemctl', ['daemon-reload'])
    await runCommand('systemctl', ['enable', '--now', 'outpost-runsvdir.service'])
  }
  return [...folders, file(UNIT, unitText(places), { ...ROOT, mode: 0o644 }), runningSupervisor(places, start)]
}

function unitText(places: Places): string {
  return `# Written by outpost-ctl reconfigure.
[Unit]
Description=Outpost's services
After=network-online.target
Wants=network-online.target

[Service]
ExecStart=/usr/bin/runsvdir -P ${places.enabled}
Environment=PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
# HUP makes runsvdir end the services before itself.
KillSignal=SIGHUP
KillMode=mixed
Restart=always
TasksMax=infinity
LimitNOFILE=1048576

[Install]
WantedBy=multi-user.target
`
}

function runningSupervisor(places: Places, start: () => Promise<void>): Resource {
  const plan = async (): Promise<Plan | undefined> => {
    if (await findSupervisor(places)) return undefined
    const apply = async (): Promise<void> => {
      await start()
      for (let attempt = 0; attempt < 100; attempt++) {
        if (await findSupervisor(places)) return
        await sleep(50)
      }
      throw new Problem('runsvdir does not stay up.', `Start it by hand to see why: runsvdir -P ${places.enabled}`)
    }
    return { changes: ['start runsvdir'], apply }
  }
  return { name: 'supervisor', plan }
}

/** Without systemd nobody starts it at boot; a container's own start script does. */
async function startAlone(places: Places): Promise<void> {
  await mkdir(places.enabled, { recursive: true })
  const env = { PATH: process.env.PATH ?? '/usr/sbin:/usr/bin:/sbin:/bin' }
  const child = spawn('runsvdir', ['-P', places.enabled], { cwd: '/', detached: true, stdio: 'ignore', env })
  await new Promise<void>((done, fail) => {
    child.once('spawn', done)
    child.once('error', () => fail(new Problem('runsvdir is missing.', 'Install it: apt-get install runit')))
  })
  child.unref()
}

/** The process that supervises the folder; undefined when there is none. */
export async function findSupervisor(places: Places): Promise<number | undefined> {
  for (const pid of (await readdir('/proc')).filter((name) => /^\d+$/.test(name))) {
    const words = (await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')).split('\0')
    if (words[0]?.split('/').at(-1) === 'runsvdir' && words.includes(places.enabled)) return Number(pid)
  }
  return undefined
}
