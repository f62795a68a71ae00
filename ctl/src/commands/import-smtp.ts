import { readFile } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import { defaultOf, getAt, settings as declared } from '../../../server/src/config/declare.ts'
import { noticeLines } from '../cli/notices.ts'
import { Problem } from '../cli/problem.ts'
import { readSettings } from '../cli/read-settings.ts'
import { onDisk, type Context } from '../context.ts'
import { readRuby } from '../ruby/read-ruby.ts'
import { planSmtp } from '../settings/plan-smtp.ts'
import { Reader } from '../settings/reader.ts'
import { rubyText } from '../settings/removed-keys.ts'
import type { Settings } from '../settings/settings.ts'
import { readDocument } from './import-config.ts'

/**
 * Turns GitLab's mail server, `gitlab_rails['smtp_…']`, into lines for the chat's settings: these on stdout, what cannot
 * be carried over on stderr. What the chat has settings of its own for is left out. Changes nothing. Without FILE it
 * reads /etc/gitlab/gitlab.rb.
 */
export async function run(context: Context, args: string[]): Promise<number> {
  const { positionals } = parseArgs({ args, options: {}, allowPositionals: true })
  const file = positionals[0] ?? onDisk(context.paths, context.paths.gitlabSettingsFile)
  const reader = await readFileOf(context, file)
  const { settings: smtp, left } = planSmtp(reader)
  const { errors } = reader.report
  if (errors.length > 0)
    throw new Problem(
      [`The mail settings of ${file} cannot be used:`, ...errors.flatMap(noticeLines)].join('\n'),
      'Correct them, then run the command again.',
    )
  const settings = await readSettings(context)
  const own = await ownMail(settings)
  const kept = Object.keys(smtp).filter((name) => own.has(name))
  const lines = Object.entries(smtp)
    .filter(([name, value]) => !own.has(name) && value !== '')
    .map(([name, value]) => `mattermost['env']['MM_EMAILSETTINGS_${name.toUpperCase()}'] = ${rubyText(value)}`)
  context.stdout(lines.map((line) => `${line}\n`).join(''))
  context.stderr(reportOf(lines.length, kept, left, settings).join(''))
  return 0
}

async function readFileOf(context: Context, file: string): Promise<Reader> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new Problem(`${file} cannot be read (${error.code}).`, "Name GitLab's settings: outpost-ctl import-smtp FILE")
  })
  return new Reader(await readRuby(context, [{ file, text }]))
}

/** Settings of mail that the chat has already: in its settings file, or in config.json other than the default. */
async function ownMail({ env, directories }: Settings): Promise<ReadonlySet<string>> {
  const values = (await readDocument(directories.configFile))?.values ?? {}
  const mail = declared.filter(({ keys }) => keys[0] === 'EmailSettings')
  const own = mail.filter((setting) => {
    const value = getAt(values, setting.keys)
    return env[setting.env] || !(value === undefined || value === '' || value === defaultOf(setting, false))
  })
  // A mail server of the chat's own comes with its own way in: parts of another would only break it.
  const all = own.some(({ path }) => path === 'EmailSettings.SMTPServer') ? mail : own
  return new Set(all.map(({ keys }) => keys[1]!))
}

function reportOf(count: number, kept: string[], left: readonly string[], { source }: Settings): string[] {
  return [
    ...(kept.length > 0 ? [`Left out, because the chat has its own: ${kept.join(', ')}\n`] : []),
    ...left.map((text) => `${text}\n`),
    ...(count > 0
      ? [
          `Append the lines to ${source.file} (mode 0600: they may hold a password), then run: outpost-ctl reconfigure\n`,
        ]
      : ['There is nothing to carry over.\n']),
  ]
}
