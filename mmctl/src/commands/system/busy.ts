import type { Action } from '../../cli/command.ts'
import { UsageError } from '../../cli/usage-error.ts'

interface Busy {
  readonly busy: boolean
  readonly expires: number
  readonly expires_ts: string
}

/** Prints whether the server is declared busy, and until when. */
export const getBusy: Action = async ({ out, connect }) => {
  const { api } = await connect()
  const state = await api.call<Busy>('GET', '/server_busy')
  out.print(`busy:${state.busy} expires:${state.expires_ts}`, state)
}

/** Declares the server busy: it leaves out what costs much. */
export const setBusy: Action = async ({ flags, out, connect }) => {
  const seconds = flags.int('seconds')
  if (seconds < 1) throw new UsageError('--seconds must be 1 or more')
  const { api } = await connect()
  await api.call('POST', `/server_busy?seconds=${seconds}`)
  out.print('Busy state set', { status: 'ok' })
}

/** Takes that back. */
export const clearBusy: Action = async ({ out, connect }) => {
  const { api } = await connect()
  await api.call('DELETE', '/server_busy')
  out.print('Busy state cleared', { status: 'ok' })
}
