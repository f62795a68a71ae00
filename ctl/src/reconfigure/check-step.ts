import { statfs } from 'node:fs/promises'
import { dirname } from 'node:path'
import { checkCertificateFiles } from '../certificates/check-files.ts'
import { Problem } from '../cli/problem.ts'
import { exists } from '../postgresql/programs.ts'
import type { Resource, Step } from '../resources/resource.ts'
import { tryCommand } from '../resources/run-command.ts'
import type { Machine } from './machine.ts'

/** What would stop the run half way is found before anything is touched. */
export function checkStep(machine: Machine): Step {
  const { settings, nginx } = machine
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
