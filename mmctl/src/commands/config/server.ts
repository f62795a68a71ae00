import type { Action } from '../../cli/command.ts'

/** Lets the server read its configuration again. */
export const reload: Action = async ({ connect }) => {
  const { api } = await connect()
  await api.reloadConfig()
}

/** Copies the configuration to another place; the server does so only for the machine's administrator. */
export const migrate: Action = async ({ args: [from, to], flags, connect }) => {
  if (!flags.bool('local')) throw new Error('this works in local mode only: use --local on the server itself')
  const { api } = await connect()
  await api.call('POST', '/config/migrate', { from, to })
}
