import { chmod, mkdir, readdir, rename, rm, stat } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { parseArgs } from 'node:util'
import { create } from 'tar'
import { UsageError } from '../cli/problem.ts'
import { demandRoot } from '../cli/read-settings.ts'
import { onDisk, type Context } from '../context.ts'
import { exists } from '../postgresql/programs.ts'
import { loadSettings } from '../settings/load-settings.ts'

const NAME = /^outpost_config_(\d+)_\d{4}_\d\d_\d\d\.tar$/

/**
 * Writes one archive, for root's eyes only, of everything under /etc that the chat is made from: Outpost's own folder
 * and GitLab's settings, secrets and certificates where they are read.
 */
export async function run(context: Context, args: string[]): Promise<number> {
  demandRoot(context, 'backup-etc')
  const { values, positionals } = parseArgs({
    args,
    options: { path: { type: 'string', short: 'p' }, 'delete-old-backups': { type: 'boolean', default: true } },
    allowNegative: true,
    allowPositionals: true,
  })
  if (positionals.length > 1) throw new UsageError('backup-etc takes one folder: -p DIR')
  if (positionals[0] !== undefined) context.stderr('A folder without -p is accepted for now; write: -p DIR\n')
  const given = values.path ?? positionals[0]
  const folder = given ?? onDisk(context.paths, '/etc/outpost/config_backup')
  await prepare(context, folder, given !== undefined)
  const archive = await write(context, folder)
  context.stdout(`Settings and secrets are in ${archive}\nKeep it apart from the backups of the data: it opens them.\n`)
  if (values['delete-old-backups']) await prune(context, folder)
  return 0
}

async function prepare(context: Context, folder: string, isForeign: boolean): Promise<void> {
  if (!(await exists(folder))) await mkdir(folder, { recursive: true, mode: 0o700 })
  const { mode, uid } = await stat(folder)
  if ((mode & 0o077) === 0 && uid === 0) return
  if (isForeign)
    context.stderr(`Warning: ${folder} is not for root alone; others could list or replace the archives.\n`)
  else await chmod(folder, 0o700)
}

async function write(context: Context, folder: string): Promise<string> {
  const now = new Date()
  const date = now.toISOString().slice(0, 10).replaceAll('-', '_')
  const archive = join(folder, `outpost_config_${Math.floor(now.getTime() / 1000)}_${date}.tar`)
  const base = onDisk(context.paths, '/') || '/'
  const sources = ['/etc/outpost', ...GITLAB].map((path) => onDisk(context.paths, path))
  const present: string[] = []
  for (const path of sources) if (await exists(path)) present.push(relative(base, path))
  const draft = `${archive}.new`
  const isBackup = (path: string): boolean => /(^|\/)config_backup(\/|$)/.test(path)
  await create({ cwd: base, file: draft, mode: 0o600, portable: false, filter: (path) => !isBackup(path) }, present)
  await chmod(draft, 0o600)
  await rename(draft, archive)
  return archive
}

/** What of GitLab's folder the chat is made from; the rest is in GitLab's own archive. */
const GITLAB = ['gitlab.rb', 'gitlab-secrets.json', 'ssl', 'trusted-certs'].map((name) => `/etc/gitlab/${name}`)

/** Removes archives that are older than GitLab's setting for backups says; without one, none. */
async function prune(context: Context, folder: string): Promise<void> {
  const { settings } = await loadSettings(context)
  const rails = settings?.written.gitlab_rails as Record<string, unknown> | undefined
  const keep = Number(rails?.backup_keep_time ?? 0)
  if (!(keep > 0)) return
  const oldest = Date.now() / 1000 - keep
  for (const name of await readdir(folder)) {
    const time = NAME.exec(name)?.[1]
    if (time === undefined || Number(time) >= oldest) continue
    await rm(join(folder, name), { force: true })
    context.stdout(`Removed ${join(folder, name)}\n`)
  }
}
