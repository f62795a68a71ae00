import { api } from '../../../client/api.ts'
import { getState, update } from '../../../client/store.ts'
import { receivedMe } from '../../../store/load.ts'

/** Switches the second factor on or off, and shows it. Rejects when the server refuses. */
export async function changeMfa(active: boolean, code = ''): Promise<void> {
  await api.updateUserMfa(getState().me, active, code)
  update((state) => receivedMe(state, { ...state.users[state.me]!, mfa_active: active }))
}
