import type { Action } from '../../cli/command.ts'
import { isId } from '../../resolve/user.ts'

interface Group {
  readonly id: string
  readonly name: string
}

/** Brings back a group that people made and somebody deleted; by its name or id. */
export const restore: Action = async ({ args, connect }) => {
  const arg = args[0]!
  const { api } = await connect()
  const query = `filter_archived=true&include_archived=true&q=${encodeURIComponent(arg)}`
  const found = isId(arg)
    ? undefined
    : (await api.call<Group[]>('GET', `/groups?${query}`)).find((one) => one.name === arg)
  if (!found && !isId(arg)) throw new Error(`there is no deleted group "${arg}"`)
  await api.call('POST', `/groups/${found?.id ?? arg}/restore`)
}
