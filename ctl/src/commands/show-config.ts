import { parseArgs } from 'node:util'
import { noticeLines } from '../cli/notices.ts'
import type { Context } from '../context.ts'
import { loadSettings } from '../settings/load-settings.ts'
import { maskSecrets } from '../settings/mask-settings.ts'
import type { Settings } from '../settings/settings.ts'

/**
 * Prints as JSON what the settings files say (`written`) and what follows from it (`effective`). Changes nothing.
 * Secrets are masked unless --secrets is given. Exit code 1, with every mistake named, when the settings are wrong.
 */
export async function run(context: Context, args: string[]): Promise<number> {
  const { values } = parseArgs({
    args,
    options: { secrets: { type: 'boolean' }, 'show-secrets': { type: 'boolean' }, config: { type: 'string' } },
  })
  const { settings, report } = await loadSettings(context, { file: values.config })
  if (!settings) {
    context.stderr(['The settings cannot be used:', ...report.errors.flatMap(noticeLines), ''].join('\n'))
    return 1
  }
  const shown = view(settings)
  const secrets = values.secrets || values['show-secrets']
  context.stdout(`${JSON.stringify(secrets ? shown : maskSecrets(shown), null, 2)}\n`)
  return 0
}

function view({ source, written, ...effective }: Settings): unknown {
  return { settings_file: source.file, read: source.read, written, effective }
}
