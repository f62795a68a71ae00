import { sectionNames, settings } from '../../../../server/src/config/declare.ts'
import type { Action } from '../../cli/command.ts'
import { confirm } from '../../prompt/confirm.ts'
import { follow } from './setting-path.ts'
import type { Json, JsonObject } from './setting-path.ts'

/** Gives settings, or whole sections, the values of a new server. */
export const reset: Action = async (context) => {
  const { args, out } = context
  const wanted = args.flatMap((key) => settingsBelow(key))
  await confirm(context, `Give ${args.join(', ')} the values of a new server?`)
  const { api } = await context.connect()
  const config = await api.call<JsonObject>('GET', '/config')
  for (const { path, value } of wanted) {
    const place = follow(config, path)
    if (place) place.holder[place.key] = value
  }
  out.print('Value/s reset successfully', await api.call('PUT', '/config', config))
}

function settingsBelow(key: string): { path: string; value: Json }[] {
  const found = settings.filter(({ path }) => path === key || path.startsWith(`${key}.`))
  if (found.length === 0) {
    const near = sectionNames.find((name) => name.toLowerCase() === key.split('.')[0]!.toLowerCase())
    throw new Error(`there is no setting "${key}"${near ? ` in ${near}` : '. `config show` lists all'}`)
  }
  return found.map(({ path, default: value }) => ({ path, value: value as Json }))
}
