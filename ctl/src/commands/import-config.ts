import { parseArgs } from 'node:util'
import { ConfigError } from '../../../server/src/config/config-error.ts'
import { parseConfigText, readConfigText } from '../../../server/src/config/config-file.ts'
import type { ConfigDocument } from '../../../server/src/config/read-document.ts'
import { noticeLines } from '../cli/notices.ts'
import { Problem } from '../cli/problem.ts'
import { onDisk, type Context } from '../context.ts'
import { planImport, type ImportPlan } from '../settings/import-lines.ts'
import { loadSettings } from '../settings/load-settings.ts'
import type { Settings } from '../settings/settings.ts'

/**
 * Turns what a config.json changes into lines for the settings file: these on stdout, ready to be appended (they hold
 * the file's secrets), and a report of every difference on stderr. Changes nothing. Without FILE it reads the
 * service's own config.json.
 */
export async function run(context: Context, args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    options: { config: { type: 'string' } },
    allowPositionals: true,
  })
  const { settings, report } = await loadSettings(context, { file: values.config })
  if (!settings) {
    context.stderr(['The settings cannot be used:', ...report.errors.flatMap(noticeLines), ''].join('\n'))
    return 1
  }
  const file = positionals[0] ?? onDisk(context.paths, settings.directories.configFile)
  const document = await readDocument(file)
  if (!document) throw new Problem(`There is no file ${file}.`, 'Name the config.json: outpost-ctl import-config FILE')
  const plan = planImport(document, settings.env)
  if (plan.lines.length > 0) context.stdout(`${plan.lines.join('\n')}\n`)
  context.stderr(`${reportOf(plan, file, settings).join('\n')}\n`)
  return 0
}

/** A config.json, or undefined where there is none. Throws a Problem for a damaged one. */
export async function readDocument(file: string): Promise<ConfigDocument | undefined> {
  try {
    const text = await readConfigText(file)
    return text === undefined ? undefined : parseConfigText(text, file)
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error
    throw new Problem(error.message, 'Then run the command again.')
  }
}

function reportOf(plan: ImportPlan, file: string, { source }: Settings): string[] {
  const block = (title: string, lines: string[]): string[] =>
    lines.length === 0 ? [] : [title, ...lines.map((line) => `  * ${line}`), '']
  const lines = [
    ...block(`Changed in ${file}; lines for the settings file are above:`, plan.carried),
    ...block(`Decided by ${source.file}; the value of config.json has no effect:`, plan.decided),
    ...block('Cannot be said by a variable:', plan.impossible),
  ]
  if (lines.length === 0) return [`${file} changes nothing that the settings file would have to say.`]
  if (plan.lines.length > 0)
    lines.push('The lines hold passwords where config.json does: keep the settings file at mode 0600.')
  return lines
}
