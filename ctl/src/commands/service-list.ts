import type { Context } from '../context.ts'
import { placesOf } from '../services/places.ts'
import { listServices } from '../services/sv.ts'

/** One name per line; * after those that are to run. */
export async function run(context: Context): Promise<number> {
  for (const { name, enabled } of await listServices(placesOf(context.paths)))
    context.stdout(`${name}${enabled ? '*' : ''}\n`)
  return 0
}
