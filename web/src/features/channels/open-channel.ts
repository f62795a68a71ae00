import type { Id } from '../../store/state.ts'

/** Looks a channel up by the name in an address, joins it or makes the direct channel, and puts it into the state. Rejects when there is none for me. */
export async function openChannelByName(teamId: Id, kind: 'channels' | 'messages', name: string): Promise<void> {
  throw new Error(`${teamId} ${kind} ${name}`)
}
