import { chmod, mkdir, readFile, readdir, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { inSession } from '../backup/database-access.ts'
import { identifier, literal } from '../backup/psql-session.ts'
import { Problem } from '../cli/problem.ts'
import { stopEverything } from '../commands/uninstall.ts'
import { onDisk, type Context } from '../context.ts'
import { exists } from '../postgresql/programs.ts'
import { bundledServices, startBundled } from './bundled-service.ts'
import type { Bundled } from './bundled.ts'
import { restoreGitLabRb } from './gitlab-rb.ts'
import { readAdoption, savedEnv, savedFolder, type Adoption } from './saved.ts'

/**
 * Gives the chat back to GitLab's package: database, environment and settings as they were. What people wrote meanwhile
 * stays where Outpost kept it: in place, that is the package's own database.
 */
export async function undo(context: Context, bundled: Bundled): Promise<void> {
  const adoption = await readAdoption(context)
  if (!adoption) throw new Problem('Nothing was adopted on this machine.', 'There is nothing to take back.')
  const say = (text: string): void => context.stdout(`${text}\n`)
  const url = bundled.settings.url?.href ?? ''
  await stopEverything(context)
  if (adoption.mode === 'in place') await giveDatabaseBack(bundled, adoption)
  await restoreEnvironment(context, bundled, adoption)
  if (adoption.isGitLabRbEdited && !(await restoreGitLabRb(context, url)))
    say(`gitlab.rb was changed since: put the lines of ${join(savedFolder(context), 'gitlab.rb')} back by hand.`)
  await putAside(context)
  const { isServiceEnabled } = await bundledServices(context.paths)
  if (adoption.wasUp && isServiceEnabled) await startBundled(context.paths)
  say("The chat is GitLab's again. Run gitlab-ctl reconfigure to have its own settings in force.")
  if (adoption.mode === 'copy')
    say(
      `What was written since the move is only in the database ${adoption.database}_outpost and /var/opt/outpost/mattermost.`,
    )
  if (!isServiceEnabled && bundled.gitlabVersion !== undefined)
    say(
      `GitLab ${bundled.gitlabVersion} does not run its own chat here: reconfigure starts it where the version still has one.`,
    )
}

async function giveDatabaseBack({ access }: Bundled, { database, oldRole, newRole }: Adoption): Promise<void> {
  if (newRole === undefined) return
  const [from, to] = [identifier(newRole), identifier(oldRole)]
  const isThere = await inSession(access, access.admin, access.maintenance, (session) =>
    session.value(`SELECT 1 FROM pg_roles WHERE rolname = ${literal(newRole)};`),
  )
  if (isThere !== '1') return
  await inSession(access, access.admin, database, async (session) => {
    await session.query(`REASSIGN OWNED BY ${from} TO ${to};`)
    await session.query(`ALTER DATABASE ${identifier(database)} OWNER TO ${to};`)
  })
}

/** As the package writes it: readable, because its own service reads it under its own account. */
async function restoreEnvironment(context: Context, { machine }: Bundled, { envDirectory }: Adoption): Promise<void> {
  const variables = await savedEnv(context)
  if (envDirectory !== undefined && variables.size > 0) {
    await mkdir(envDirectory, { recursive: true })
    for (const name of await readdir(envDirectory))
      if (!variables.has(name)) await rm(join(envDirectory, name), { force: true })
    for (const [name, text] of variables) await writeFile(join(envDirectory, name), text, { mode: 0o644 })
    await chmod(envDirectory, 0o755)
  }
  const version = await readFile(join(savedFolder(context), 'VERSION'), 'utf8').catch(() => undefined)
  if (version !== undefined) await writeFile(join(machine.settings.directories.home, 'VERSION'), version)
}

/** Outpost's settings and what was saved are kept under another name; from now on gitlab.rb counts. */
async function putAside(context: Context): Promise<void> {
  const { settingsFile, secretsFile } = context.paths
  const saved = savedFolder(context)
  for (const path of [settingsFile, secretsFile].map((file) => onDisk(context.paths, file)))
    if (await exists(path)) await rename(path, join(saved, `outpost${path.endsWith('.rb') ? '.rb' : '-secrets.json'}`))
  await rename(saved, `${saved}-undone-${new Date().toISOString().slice(0, 19).replaceAll(':', '-')}`)
}
