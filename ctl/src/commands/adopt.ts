import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { adopt } from '../adopt/adopt.ts'
import { findBundled, isAccidental } from '../adopt/bundled.ts'
import { demandInputs } from '../adopt/inputs.ts'
import { planAdoption, planLines, type AdoptOptions } from '../adopt/plan.ts'
import { accidentLines, reportLines } from '../adopt/report.ts'
import { readAdoption, savedFolder } from '../adopt/saved.ts'
import { settingsText } from '../adopt/settings-text.ts'
import { undo } from '../adopt/undo.ts'
import { Problem, UsageError } from '../cli/problem.ts'
import { demandRoot } from '../cli/read-settings.ts'
import { onDisk, type Context } from '../context.ts'
import { exists } from '../postgresql/programs.ts'
import { hasOwnSettings } from '../settings/settings-file.ts'
import { rubyText } from '../settings/removed-keys.ts'

interface Options extends AdoptOptions {
  readonly isDryRun: boolean
  readonly isUndo: boolean
  readonly gitlabRb: string | undefined
}

/**
 * Takes over the chat of GitLab's package: in place (the same database and files), as a copy, or from a dump. Tells
 * first what it found; --dry-run tells the steps too and changes nothing, --undo takes it back.
 */
export async function run(context: Context, args: string[]): Promise<number> {
  demandRoot(context, 'adopt')
  const options = readOptions(args)
  const earlier = await readAdoption(context)
  const saved = join(savedFolder(context), 'gitlab.rb')
  // Cut off after gitlab.rb was edited, or before the way back: the chat's lines are in the saved copy.
  const gitlabRb = options.gitlabRb ?? (earlier && (await exists(saved)) ? saved : undefined)
  if (options.isUndo && !earlier)
    throw new Problem('Nothing was adopted on this machine.', 'There is nothing to take back.')
  const bundled = await findBundled(context, gitlabRb)
  if (options.isUndo) {
    await undo(context, bundled)
    return 0
  }
  if (earlier?.isDone)
    throw new Problem(`The chat was taken over already, ${earlier.began}.`, 'The way back: outpost-ctl adopt --undo')
  if (!earlier) demandNoSettings(context)
  await demandInputs(options)
  context.stdout(`${reportLines(bundled).join('\n')}\n`)
  if (isAccidental(bundled) && options.dump === undefined) {
    context.stdout(`\n${accidentLines(bundled).join('\n')}\n`)
    return 1
  }
  const plan = planAdoption(bundled, options)
  context.stdout(`${planLines(plan, bundled, options).join('\n')}\n`)
  if (!options.isDryRun) return (await adopt(context, bundled, options)) ? 0 : 1
  const { settingsFile } = context.paths
  context.stdout(`\n${settingsFile} would be:\n\n${masked(settingsText(bundled.settings, plan.changes))}\n`)
  context.stdout('Dry run: nothing was changed.\n')
  return 0
}

function readOptions(args: string[]): Options {
  const boolean = { type: 'boolean', default: false } as const
  const text = { type: 'string' } as const
  const { values } = parseArgs({
    args,
    options: {
      'dry-run': boolean,
      undo: boolean,
      copy: boolean,
      'edit-gitlab-rb': boolean,
      database: text,
      files: text,
      'gitlab-rb': text,
    },
  })
  if (values.undo && args.length > 1) throw new UsageError('--undo stands alone.')
  if (values.copy && values.database !== undefined)
    throw new UsageError('--copy takes the database that runs, --database a dump of it: choose one.')
  if (values.files !== undefined && values.database === undefined)
    throw new UsageError('--files belongs to --database.')
  return {
    isDryRun: values['dry-run'],
    isUndo: values.undo,
    isCopy: values.copy,
    editsGitLabRb: values['edit-gitlab-rb'],
    dump: values.database,
    data: values.files,
    gitlabRb: values['gitlab-rb'],
  }
}

/** Settings that somebody wrote are never overwritten. */
function demandNoSettings(context: Context): void {
  if (!hasOwnSettings(context)) return
  throw new Problem(
    `${onDisk(context.paths, context.paths.settingsFile)} has settings already: this machine has a chat of its own.`,
    'Move it away if the chat of GitLab is to be taken over instead.',
  )
}

/** Lines that may hold secrets show their name alone. */
function masked(text: string): string {
  const secret = /^(\S+\['[^']*(secret|salt|_key|password|data_source|env)'\]) = .*$/gm
  return text.replaceAll(secret, (_all, name: string) => `${name} = ${rubyText('(not shown)')}`)
}
