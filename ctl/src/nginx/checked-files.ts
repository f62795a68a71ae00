import { lstat, readFile, rm } from 'node:fs/promises'
import { Problem } from '../cli/problem.ts'
import { file } from '../resources/file.ts'
import type { Plan, Resource, Trigger } from '../resources/resource.ts'
import { tryCommand } from '../resources/run-command.ts'
import { syncFolder, writeAtomically } from '../resources/write-atomically.ts'
import { dirname } from 'node:path'
import type { Nginx } from './which-nginx.ts'

const OWNER = { user: 'root', group: 'root', mode: 0o644 }

/**
 * Files of nginx's configuration that go live together or not at all: nginx is asked before it is told to read them,
 * and when it refuses, every file is as it was. `undefined` as text: the file is to be gone.
 */
export function checkedFiles(
  nginx: Nginx,
  files: Readonly<Record<string, string | undefined>>,
  trigger: Trigger,
): Resource {
  const plan = async (): Promise<Plan | undefined> => {
    const plans: Plan[] = []
    const changes: string[] = []
    for (const [path, text] of Object.entries(files)) {
      const one = text === undefined ? await removal(path) : await file(path, text, OWNER).plan()
      if (!one) continue
      plans.push(one)
      changes.push(...one.changes.map((change) => `${path}: ${change}`))
    }
    if (plans.length === 0) return undefined
    const difference = plans
      .map((one) => one.difference)
      .filter(Boolean)
      .join('\n')
    const apply = (): Promise<void> => applyTogether(nginx, Object.keys(files), plans)
    return { changes, difference: difference || undefined, triggers: nginx.isIncluded ? [trigger] : [], apply }
  }
  return { name: 'nginx configuration', plan }
}

async function removal(path: string): Promise<Plan | undefined> {
  const found = await lstat(path).catch(() => undefined)
  return found && { changes: ['remove'], apply: () => rm(path, { force: true }) }
}

async function applyTogether(nginx: Nginx, paths: readonly string[], plans: readonly Plan[]): Promise<void> {
  const before = await Promise.all(paths.map((path) => readFile(path).catch(() => undefined)))
  const putBack = async (): Promise<void> => {
    for (const [at, path] of paths.entries()) {
      const old = before[at]
      if (old === undefined) await rm(path, { force: true })
      else await writeAtomically(path, old, { uid: 0, gid: 0, mode: OWNER.mode })
      await syncFolder(dirname(path)).catch(() => undefined)
    }
  }
  try {
    for (const plan of plans) await plan.apply()
    if (nginx.isIncluded) await testConfiguration(nginx)
  } catch (error) {
    await putBack()
    throw error
  }
}

/** Asks nginx what it thinks of its configuration. A refusal is a Problem with nginx's words. */
export async function testConfiguration({ program, place }: Nginx): Promise<void> {
  const { code, stderr } = await tryCommand(program, [...place, '-t', '-q'])
  if (code === 0) return
  const said = stderr
    .trim()
    .split('\n')
    .filter((line) => /\[(emerg|alert|crit|error)\]/.test(line))
  throw new Problem(
    `nginx refuses its new configuration: ${said.slice(0, 5).join('\n') || stderr.trim()}\nThe old one was put back and goes on serving.`,
    "Correct the setting that nginx names (often mattermost_nginx['custom_gitlab_mattermost_server_config'] or a certificate), then run the command again.",
  )
}
