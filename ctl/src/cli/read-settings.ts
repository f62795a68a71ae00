import type { Context } from '../context.ts'
import { rooted } from '../reconfigure/rooted.ts'
import { loadSettings } from '../settings/load-settings.ts'
import type { Settings } from '../settings/settings.ts'
import { noticeLines } from './notices.ts'
import { Problem } from './problem.ts'

/** The machine's settings with every place below the root prefix. Settings that cannot be used are a Problem. */
export async function readSettings(context: Context, file?: string): Promise<Settings> {
  const { settings, report } = await loadSettings(context, { file })
  if (settings) return rooted(settings, context.paths)
  throw new Problem(
    ['The settings cannot be used:', ...report.errors.flatMap(noticeLines)].join('\n'),
    'Correct them, then run the command again.',
  )
}

/** Throws a Problem unless root calls. */
export function demandRoot(context: Context, command: string): void {
  if (context.uid !== 0)
    throw new Problem(`outpost-ctl ${command} has to be run as root.`, `Try: sudo outpost-ctl ${command}`)
}
