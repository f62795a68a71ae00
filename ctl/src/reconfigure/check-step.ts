import { statfs } from 'node:fs/promises'
import { dirname } from 'node:path'
import { bundledServices } from '../adopt/bundled-service.ts'
import { checkCertificateFiles } from '../certificates/check-files.ts'
import { Problem } from '../cli/problem.ts'
import { exists } from '../postgresql/programs.ts'
import type { Resource, Step } from '../resources/resource.ts'
import { tryCommand } from '../resources/run-command.ts'
import type { Context } from '../context.ts'
import type { Machine } from './machine.ts'

/** What would stop the run half way is found before anything is touched. */
export function checkStep(machine: Machine): Step {
  const { settings, nginx, context } = machine
  const check = (name: string, look: () => Promise<void>): Resource => ({
    name,
    plan: async () => {
      await look()
      return undefined
    },
  })
  const programs = ['sv', 'chpst', 'svlogd', ...(settings.nginx.enabled ? [nginx.program] : [])]
  return {
    title: 'Checks',
    resources: [
      check('programs', () => havePrograms(programs)),
      check('disk space', () => haveSpace(settings.directories.home)),
      check("GitLab's own chat server", () => isAlone(context)),
      check('certificate files', () => checkCertificateFiles(settings)),
    ],
  }
}

async function havePrograms(programs: readonly string[]): Promise<void> {
  for (const program of programs) {
    // Each is asked something harmless; only a missing one makes this fail.
    await tryCommand(program, program.endsWith('nginx') ? ['-v'] : [], {
      timeout: 5_000,
      env: { PATH: process.env.PATH },
    })
  }
}

/** Bytes; less than this does not even hold a fresh database. */
const LEAST = 100_000_000

async function haveSpace(path: string): Promise<void> {
  let folder = path
  while (!(await exists(folder))) folder = dirname(folder)
  const { bavail, bsize } = await statfs(folder)
  if (bavail * bsize >= LEAST) return
  const megabytes = Math.floor((bavail * bsize) / 1_000_000)
  throw new Problem(`Only ${megabytes} MB are free at ${folder}.`, 'Free some space, then run the command again.')
}

/** Two servers on one database would each believe that they alone change it. */
async function isAlone({ paths }: Context): Promise<void> {
  if (!(await bundledServices(paths)).isServiceUp) return
  throw new Problem(
    "The chat server of GitLab's package is running on this machine.",
    "To go on with its people, messages and files: outpost-ctl adopt. To begin anew without them, switch it off first: mattermost['enable'] = false in /etc/gitlab/gitlab.rb and gitlab-ctl reconfigure, Outpost's settings in /etc/outpost/outpost.rb.",
  )
}
