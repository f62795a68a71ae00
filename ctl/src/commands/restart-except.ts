import { Problem } from '../cli/problem.ts'
import type { Context } from '../context.ts'
import { placesOf } from '../services/places.ts'
import { chosenServices, serviceCommand } from './service-command.ts'

/** Restarts every service but the named ones. */
export async function run(context: Context, args: string[]): Promise<number> {
  if (args.length === 0)
    throw new Problem('restart-except needs the services that are not to be restarted.', 'Name at least one.')
  const places = placesOf(context.paths)
  const spared = new Set((await chosenServices(places, args)).map(({ name }) => name))
  const others = (await chosenServices(places, [])).filter(({ name, enabled }) => enabled && !spared.has(name))
  return others.length === 0
    ? 0
    : serviceCommand(
        context,
        'restart',
        others.map(({ name }) => name),
      )
}
