import { mkdir, rename } from 'node:fs/promises'
import { dirname } from 'node:path'
import { inSession } from '../backup/database-access.ts'
import { run as reconfigure } from '../commands/reconfigure.ts'
import { run as restore } from '../commands/restore.ts'
import { Problem } from '../cli/problem.ts'
import { noticeLines } from '../cli/notices.ts'
import { onDisk, type Context } from '../context.ts'
import { exists } from '../postgresql/programs.ts'
import { loadSettings } from '../settings/load-settings.ts'
import type { Settings } from '../settings/settings.ts'
import type { Bundled } from './bundled.ts'
import { stopBundled } from './bundled-service.ts'
import { copyArchive } from './copy-archive.ts'
import { editGitLabRb } from './gitlab-rb.ts'
import { withInputs } from './inputs.ts'
import { planAdoption, type AdoptOptions, type AdoptPlan } from './plan.ts'
import { put, readAdoption, saveFound, writeAdoption, type Adoption } from './saved.ts'
import { settingsText, type Changes } from './settings-text.ts'

/**
 * Moves the package's chat over to Outpost. Each step may be repeated: cut off anywhere, the same command goes on.
 * Answers whether it succeeded.
 */
export async function adopt(context: Context, bundled: Bundled, options: AdoptOptions): Promise<boolean> {
  const say = (text: string): void => context.stdout(`${text}\n`)
  const plan = planAdoption(bundled, options)
  await saveFound(context, bundled)
  const began = (await readAdoption(context)) ?? (await remember(context, bundled, plan))
  await writeSettings(context, bundled.settings, plan.changes)
  await writeSecrets(context, bundled)
  if (bundled.isServiceUp) {
    say("Stopping GitLab's own chat server ...")
    await stopBundled(context.paths)
  }
  const archive = plan.mode === 'copy' ? await copyArchive(context, bundled) : undefined
  if ((await reconfigure(context, [])) !== 0) return false
  const bringBack = async (files: string[]): Promise<number> =>
    files.length > 0 ? restore(context, ['--stop', ...files]) : 0
  if ((await (archive ? bringBack([archive]) : withInputs(context, options, bringBack))) !== 0) return false
  await verify(bundled, plan)
  const url = bundled.settings.url?.href ?? bundled.settings.gitlab.chatUrlForGitLab ?? ''
  const isGitLabRbEdited = options.editsGitLabRb && (await editGitLabRb(context, url))
  if (options.editsGitLabRb && !isGitLabRbEdited) say('gitlab.rb has statements over several lines: edit it by hand.')
  await writeAdoption(context, { ...began, isDone: true, isGitLabRbEdited })
  say(`\nOutpost has taken over the chat. ${nextSteps(context, bundled, url, isGitLabRbEdited)}`)
  return true
}

/** Written down before anything changes: the first run knows how things were. */
async function remember(context: Context, bundled: Bundled, { mode, newRole }: AdoptPlan): Promise<Adoption> {
  const adoption = {
    isDone: false,
    mode,
    began: new Date().toISOString(),
    wasUp: bundled.isServiceUp,
    database: bundled.access.name,
    oldRole: bundled.database?.owner ?? bundled.access.role,
    newRole,
    envDirectory: bundled.envDirectory,
    isGitLabRbEdited: false,
  }
  await writeAdoption(context, adoption)
  return adoption
}

/** Written only when it says the same as gitlab.rb, apart from what is meant to differ. */
async function writeSettings(context: Context, old: Settings, changes: Changes): Promise<void> {
  const file = onDisk(context.paths, context.paths.settingsFile)
  await mkdir(dirname(file), { recursive: true, mode: 0o755 })
  const draft = `${file}.adopted`
  await put(draft, settingsText(old, changes))
  const { settings, report } = await loadSettings(context, { file: draft })
  if (!settings)
    throw new Problem(
      `The settings that were made of ${old.source.file} cannot be used:\n${report.errors.flatMap(noticeLines).join('\n')}`,
      `Correct ${draft}, move it to ${file} and run outpost-ctl reconfigure.`,
    )
  compare(old, settings, changes)
  await rename(draft, file)
}

function compare(old: Settings, settings: Settings, changes: Changes): void {
  const isCopy = 'mattermost.home' in changes
  const meant = [
    // Without a secrets file each reading makes up others.
    /ATRESTENCRYPTKEY|GITLABSETTINGS_(ID|SECRET|ENABLE|SCOPE)/,
    ...(Object.keys(changes).length > 0 ? [/_DATASOURCE$/] : []),
    ...(isCopy ? [/(FILELOCATION|DIRECTORY)$/] : []),
    ...(old.url === undefined ? [/_SITEURL$/] : []),
  ]
  const names = [...new Set([...Object.keys(old.env), ...Object.keys(settings.env)])]
  const different = names.filter(
    (name) => !meant.some((pattern) => pattern.test(name)) && old.env[name] !== settings.env[name],
  )
  const compared: (keyof Settings)[] = ['listen', 'logging']
  if (!isCopy) compared.push('account', 'directories')
  if (old.url !== undefined) compared.push('nginx', 'letsencrypt')
  const parts = compared.filter((part) => JSON.stringify(old[part]) !== JSON.stringify(settings[part]))
  if (different.length + parts.length === 0) return
  throw new Problem(
    `The settings of ${old.source.file} cannot be carried over as they are: ${[...parts, ...different].join(', ')} would differ.`,
    'Write /etc/outpost/outpost.rb yourself (docs/outpost-ctl-settings.md), then run outpost-ctl reconfigure.',
  )
}

/** What the package's service used; reconfigure adds what is missing. */
async function writeSecrets(context: Context, { secrets }: Bundled): Promise<void> {
  const file = onDisk(context.paths, context.paths.secretsFile)
  if (await exists(file)) return
  await put(file, `${JSON.stringify({ mattermost: secrets.section }, null, 2)}\n`)
}

/** People and posts are as many as before. */
async function verify({ access, database }: Bundled, { mode }: AdoptPlan): Promise<void> {
  if (mode !== 'in place' || !database) return
  const posts = Number(
    await inSession(access, access.admin, access.name, (s) => s.value('SELECT count(*) FROM posts;')),
  )
  if (posts >= database.posts) return
  throw new Problem(
    `There were ${database.posts} posts and are ${posts}.`,
    'Take the adoption back (outpost-ctl adopt --undo) and ask for help.',
  )
}

function nextSteps(context: Context, { settings }: Bundled, url: string, isEdited: boolean): string {
  const back = 'Back to where it was: outpost-ctl adopt --undo'
  if (!settings.gitlab.installed) return back
  const { gitlabSettingsFile } = context.paths
  const edit = isEdited
    ? `${gitlabSettingsFile} has no lines of the chat any more.`
    : `In ${gitlabSettingsFile} remove the lines with mattermost (GitLab 19 refuses them) and add:\n  gitlab_rails['mattermost_host'] = '${url}'`
  return `${edit}\nThen run gitlab-ctl reconfigure.\n${back}`
}
