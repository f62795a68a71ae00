import type { Action } from '../../cli/command.ts'
import { follow } from './setting-path.ts'
import type { JsonObject } from './setting-path.ts'

/** Prints one setting, or everything below a name. */
export const get: Action = async ({ args, out, connect }) => {
  const { api } = await connect()
  const place = follow(await api.call<JsonObject>('GET', '/config'), args[0]!)
  const value = place?.holder[place.key]
  if (value === undefined) throw new Error('invalid key')
  out.printValue(value)
}

/** Prints the whole configuration. Remotely, secrets are masked. */
export const show: Action = async ({ out, connect }) => {
  const { api } = await connect()
  out.printValue(await api.call('GET', '/config'))
}

/** Prints the configuration without secrets, or without what was never changed. */
export const exportConfig: Action = async ({ flags, out, connect }) => {
  const { api } = await connect()
  const query = `remove_masked=${flags.bool('remove-masked')}&remove_defaults=${flags.bool('remove-defaults')}`
  out.printValue(await api.call('GET', `/config?${query}`))
}
