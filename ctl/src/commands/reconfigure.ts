import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { noticeLines, reportBlocks } from '../cli/notices.ts'
import { Problem, reasonOf } from '../cli/problem.ts'
import { demandRoot } from '../cli/read-settings.ts'
import type { Context } from '../context.ts'
import { withLock } from '../reconfigure/lock.ts'
import { reconfigure } from '../reconfigure/reconfigure.ts'
import { RunLog } from '../reconfigure/run-log.ts'
import { StepError } from '../resources/apply-steps.ts'
import { placesOf } from '../services/places.ts'
import { loadSettings } from '../settings/load-settings.ts'
import type { Notice, Report, Settings } from '../settings/settings.ts'

interface Options {
  readonly isDryRun: boolean
  readonly configFile: string | undefined
  readonly gitlabToken: string | undefined
}

/** Makes the machine what the settings say. 0 when it is, 1 when something stands in the way. */
export async function run(context: Context, args: string[]): Promise<number> {
  demandRoot(context, 'reconfigure')
  const options = await readOptions(context, args)
  const { settings, report } = await loadSettings(context, { file: options.configFile })
  const refused = report.removals.some((removal) => removal.blocking)
  if (!settings || refused) return refuse(context, report)
  if (options.isDryRun) return perform(context, settings, report, options, new RunLog(context, undefined))
  const places = placesOf(context.paths)
  return withLock(places.lockFile, 'reconfigure', async () => {
    const log = new RunLog(context, join(places.logs, 'reconfigure'))
    try {
      return await perform(context, settings, report, options, log)
    } finally {
      log.close()
    }
  })
}

async function readOptions(context: Context, args: string[]): Promise<Options> {
  const { values } = parseArgs({
    args,
    options: { 'dry-run': { type: 'boolean' }, config: { type: 'string' }, 'gitlab-token-file': { type: 'string' } },
  })
  const file = values['gitlab-token-file']
  const token = file === undefined ? context.env.OUTPOST_GITLAB_TOKEN : await readFile(file, 'utf8').catch(unreadable)
  return { isDryRun: values['dry-run'] ?? false, configFile: values.config, gitlabToken: token?.trim() || undefined }
}

function unreadable(error: unknown): never {
  throw new Problem(`The token cannot be read: ${reasonOf(error)}.`, 'Name a file with the token in its first line.')
}

function refuse(context: Context, report: Report): number {
  const lines = report.errors.length > 0 ? ['The settings cannot be used:', ...report.errors.flatMap(noticeLines)] : []
  const removed = 'The settings name what no longer exists; each line below says what to write instead.'
  const head = report.errors.length > 0 ? lines : [removed]
  context.stderr(`${[...head, ...reportBlocks(report), '', 'Nothing was changed.'].join('\n')}\n`)
  return 1
}

async function perform(
  context: Context,
  settings: Settings,
  report: Report,
  options: Options,
  log: RunLog,
): Promise<number> {
  const { say } = log
  say(`Reading ${settings.source.read.join(', ')}`)
  try {
    const { changed, warnings, notes } = await reconfigure(context, settings, { ...options, say })
    const warned = withoutRepeats([...report.warnings, ...warnings.map((text) => ({ text }))])
    const all = {
      removals: report.removals,
      warnings: warned,
      notes: [...report.notes, ...notes.map((text) => ({ text }))],
    }
    for (const line of reportBlocks(all)) say(line)
    say('')
    if (options.isDryRun) say(`Dry run: ${counted(changed)} would change; nothing was changed.`)
    else say(`${changed === 0 ? 'Everything was up to date' : `${counted(changed)} changed`}.\noutpost Reconfigured!`)
    return 0
  } catch (error) {
    explain(error, report, log)
    return 1
  }
}

function withoutRepeats(notices: Notice[]): Notice[] {
  return notices.filter(({ text }, at) => !notices.slice(0, at).some((earlier) => earlier.text.includes(text)))
}

const counted = (number: number): string => (number === 1 ? '1 thing' : `${number} things`)

function explain(error: unknown, report: Report, { complain, file }: RunLog): void {
  const red = process.stderr.isTTY ? (text: string) => `\u001B[31m${text}\u001B[0m` : (text: string) => text
  complain('')
  if (error instanceof StepError) {
    complain(red(`Reconfigure failed at the step "${error.step}": ${error.resource}`))
    complain(`  Cause:  ${error.message.replaceAll('\n', '\n          ')}`)
    complain(`  Repair: ${error.repair}`)
  } else if (error instanceof Problem) {
    complain(red(`Reconfigure failed: ${error.message}`))
    complain(`  Repair: ${error.repair}`)
  } else {
    complain(red(`Reconfigure failed: ${reasonOf(error)}`))
    complain((error as Error).stack ?? '')
  }
  for (const line of reportBlocks(report)) complain(line)
  complain('')
  complain(`Services that were running go on running.${file === undefined ? '' : ` Everything that was done: ${file}`}`)
}
