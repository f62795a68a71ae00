import { request } from '../../client/api.ts'
import { getState, update } from '../../client/store.ts'
import { receivedStatuses } from '../../store/load.ts'

/** Says whether I am there; `until` (ms) ends a do-not-disturb, 0 does not. */
export async function setPresence(status: 'online' | 'away' | 'dnd' | 'offline', until = 0): Promise<void> {
  const { me, statuses } = getState()
  const before = statuses[me] ?? 'offline'
  update((state) => receivedStatuses(state, [{ user_id: me, status }]))
  try {
    const end = until > 0 && { dnd_end_time: Math.floor(until / 1000) }
    await request('PUT', '/users/me/status', { user_id: me, status, ...end })
  } catch (error) {
    update((state) => receivedStatuses(state, [{ user_id: me, status: before }]))
    throw error
  }
}

/** Takes back what I say of myself. */
export const clearStatus = (): Promise<unknown> => request('DELETE', '/users/me/status/custom')
