import { api } from '../../../client/api.ts'
import { savePreferences } from '../../../client/preferences.ts'
import { getState, update } from '../../../client/store.ts'
import { showFailure } from '../../../shell/failure.ts'
import type { User } from '../../../store/entities.ts'
import { receivedMe } from '../../../store/load.ts'

type Patch = Partial<User> & { readonly password?: string }

/** Saves what belongs to my account: at once on the screen, then on the server. Puts it back and rejects when that refuses. */
export async function saveMe(patch: Patch): Promise<void> {
  const { users, me } = getState()
  const before = users[me]!
  const { password: _, email: __, ...shown } = patch
  update((state) => receivedMe(state, { ...before, ...shown }))
  try {
    const saved = await api.patchMe(patch)
    update((state) => receivedMe(state, saved))
  } catch (error) {
    update((state) => receivedMe(state, { ...state.users[me]!, ...partOf(before, shown) }))
    throw error
  }
}

const partOf = (user: User, keys: object): Partial<User> =>
  Object.fromEntries(Object.entries(user).filter(([key]) => Object.hasOwn(keys, key)))

/** Saves how I want to be told of things. The server replaces them as a whole. */
export function saveNotifyProps(changes: Readonly<Record<string, string>>): Promise<void> {
  const { users, me } = getState()
  return saveMe({ notify_props: { ...users[me]!.notify_props, ...changes } as User['notify_props'] })
}

/** Saves something and says in passing when it did not work. For settings that take effect at once. */
export const saving = (work: Promise<unknown>): void => void work.catch(showFailure)

/** Saves one choice of how things look or work. */
export const choose = (category: string, name: string, value: string): void =>
  saving(savePreferences({ category, name, value }))
