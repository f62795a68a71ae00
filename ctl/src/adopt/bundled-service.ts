import { lstat } from 'node:fs/promises'
import { Problem } from '../cli/problem.ts'
import { onDisk, type Paths } from '../context.ts'
import { exists } from '../postgresql/programs.ts'
import { tryCommand, type CommandResult } from '../resources/run-command.ts'

const LINK = '/opt/gitlab/service/mattermost'

/** Whether the package's own chat server is to run, and whether it does. */
export async function bundledServices(paths: Paths): Promise<{ isServiceEnabled: boolean; isServiceUp: boolean }> {
  const isServiceEnabled = (await lstat(onDisk(paths, LINK)).catch(() => undefined)) !== undefined
  const isServiceUp = isServiceEnabled && (await command(paths, 'status')).stdout.startsWith('run:')
  return { isServiceEnabled, isServiceUp }
}

/** Stops the package's chat server, so that two servers never share a database. */
export async function stopBundled(paths: Paths): Promise<void> {
  const { code, stdout, stderr } = await command(paths, 'stop')
  if (code === 0) return
  throw new Problem(
    `The chat server of GitLab does not stop: ${(stdout + stderr).trim()}`,
    'gitlab-ctl kill mattermost',
  )
}

/** Starts the package's chat server again. */
export async function startBundled(paths: Paths): Promise<void> {
  const { code, stdout, stderr } = await command(paths, 'start')
  if (code === 0) return
  throw new Problem(
    `The chat server of GitLab does not start: ${(stdout + stderr).trim()}`,
    'gitlab-ctl tail mattermost',
  )
}

/** runit's own tool does what gitlab-ctl would do, and is there without it. */
async function command(paths: Paths, verb: string): Promise<CommandResult> {
  const bundled = onDisk(paths, '/opt/gitlab/embedded/bin/sv')
  const program = (await exists(bundled)) ? bundled : 'sv'
  return tryCommand(program, ['-w', '30', verb, onDisk(paths, LINK)])
}
