import { Problem } from '../cli/problem.ts'
import type { Context } from '../context.ts'
import { placesOf, type Places } from '../services/places.ts'
import { listServices, sv } from '../services/sv.ts'

/** Commands that say nothing when they succeed. */
const SILENT = new Set(['once', 'hup', 'int', 'term', 'kill', 'usr1', 'usr2'])
/** runit's own words for signals. */
const WORDS: Record<string, string> = { int: 'interrupt', usr1: '1', usr2: '2' }
/** GitLab's name of the chat; people and scripts go on using it. */
const ALIASES: Record<string, string> = { mattermost: 'outpost' }

/**
 * One of runit's verbs for the named services, or for all of them in alphabetical order. Answers the sum of the single
 * codes, as GitLab's package does. An unknown name is a Problem.
 */
export async function serviceCommand(context: Context, verb: string, args: string[]): Promise<number> {
  const places = placesOf(context.paths)
  let sum = 0
  for (const { name, enabled } of await chosenServices(places, args)) {
    if (enabled) sum += await one(context, places, verb, name)
    else if (args.length > 0 || context.env.OUTPOST_CTL_VERBOSE) context.stdout(`${name} disabled\n`)
  }
  return Math.min(sum, 255)
}

async function one(context: Context, places: Places, verb: string, name: string): Promise<number> {
  const { output, code } = await sv(places, WORDS[verb] ?? verb, name)
  if (!SILENT.has(verb) || code !== 0) context.stdout(output)
  return code
}

/** The services that the arguments name; all of them when there are no arguments. Throws a Problem for an unknown one. */
export async function chosenServices(
  places: Places,
  args: readonly string[],
): Promise<{ name: string; enabled: boolean }[]> {
  const all = await listServices(places)
  const unknown = args.filter((arg) => !all.some(({ name }) => name === canonical(arg)))
  if (unknown.length > 0) {
    const known =
      all.length > 0
        ? `Known: ${all.map(({ name }) => name).join(', ')}.`
        : 'There is none yet: run outpost-ctl reconfigure.'
    throw new Problem(`There is no service ${unknown.map(shown).join(', ')}.`, known)
  }
  const wanted = new Set(args.map(canonical))
  return args.length === 0 ? all : all.filter(({ name }) => wanted.has(name))
}

/** A service's name in our words. */
export const canonical = (name: string): string => ALIASES[name] ?? name

const shown = (name: string): string => name.replaceAll(/[^\w.-]/g, '?').slice(0, 60)
