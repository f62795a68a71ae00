import { parseArgs } from 'node:util'
import { noticeLines, reportBlocks } from '../cli/notices.ts'
import { UsageError } from '../cli/problem.ts'
import type { Context } from '../context.ts'
import { loadSettings } from '../settings/load-settings.ts'

/**
 * Checks the settings without applying them: mistakes, and settings that were removed (with --version: up to that
 * release of GitLab). Exit code 1 when there is something to repair; 0 with -n or --no-fail all the same.
 */
export async function run(context: Context, args: string[]): Promise<number> {
  const { values } = parseArgs({
    args,
    options: { version: { type: 'string' }, 'no-fail': { type: 'boolean', short: 'n' }, config: { type: 'string' } },
  })
  const limit = values.version === undefined ? undefined : numberOf(values.version)
  const { report } = await loadSettings(context, { file: values.config })
  const removals = report.removals.filter(({ since }) => limit === undefined || numberOf(since) <= limit)
  if (report.errors.length > 0)
    context.stderr(['The settings cannot be used:', ...report.errors.flatMap(noticeLines), ''].join('\n'))
  const blocks = reportBlocks({ ...report, removals })
  if (blocks.length > 0) context.stdout(`${blocks.join('\n').trimStart()}\n`)
  if (report.errors.length === 0 && removals.length === 0) {
    context.stdout('The settings are in order.\n')
    return 0
  }
  context.stderr('Repair these lines, then run the command again.\n')
  return values['no-fail'] ? 0 : 1
}

/** `X.Y`, or `X.Y.Z`, as a number that can be compared. */
function numberOf(version: string): number {
  const match = /^(\d{1,4})(?:\.(\d{1,4}))?(?:\.\d+)?$/.exec(version)
  if (!match) throw new UsageError('--version wants a release such as 18.11.')
  return Number(match[1]) * 10_000 + Number(match[2] ?? 0)
}
