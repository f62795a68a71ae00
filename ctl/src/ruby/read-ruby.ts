import type { Context } from '../context.ts'
import type { Notice, Place } from '../settings/settings.ts'
import { loadRubyParser } from './parse-ruby.ts'
import { Exhausted, Run } from './run.ts'
import { execute, warnOfUnused } from './statements.ts'
import type { RubyMap } from './values.ts'

/** What the settings files say, before anybody asked what it means. */
export interface RubySettings {
  /** Top-level words: sections, and setters with their argument. Values that were not evaluated stand there as Unknown. */
  words: RubyMap
  /** Where each setting was last assigned, by dotted path. */
  origins: ReadonlyMap<string, Place>
  errors: Notice[]
  warnings: Notice[]
  /** Names of what was read, in order. */
  read: string[]
}

/**
 * Evaluates texts of gitlab.rb one after the other, later ones overriding. Only a harmless part of Ruby is understood;
 * nothing is executed. The rest is noted with its place, and what depends on it is left unknown.
 */
export async function readRuby(context: Context, sources: { file: string; text: string }[]): Promise<RubySettings> {
  const run = new Run(context, await loadRubyParser())
  const { fqdn, hostname } = context
  const domain = fqdn.includes('.') ? fqdn.slice(fqdn.indexOf('.') + 1) : null
  run.words.set(
    'node',
    new Map<string, string | null>([
      ['fqdn', fqdn],
      ['hostname', hostname],
      ['machinename', hostname],
      ['domain', domain],
    ]),
  )
  for (const { file, text } of sources) {
    run.read.push(file)
    const parsed = run.parse(file, text)
    if (!parsed.source) {
      run.errors.push(...parsed.errors)
      continue
    }
    run.source = parsed.source
    run.open.push(file)
    try {
      execute(run, parsed.source.statements)
    } catch (error) {
      if (!(error instanceof Exhausted)) throw error
      run.errors.push({ text: error.message, place: { file, line: 1, column: 1 } })
    }
    run.open.length = 0
  }
  warnOfUnused(run)
  run.words.delete('node')
  const { words, origins, errors, warnings, read } = run
  return { words, origins, errors, warnings, read }
}
