import { api } from '../../../client/api.ts'
import { savePreferences } from '../../../client/preferences.ts'
import { getState, update } from '../../../client/store.ts'
import { showFailure } from '../../../shell/failure.ts'
import type { User } from '../../../store/entities.ts'
import { receivedMe } from '../../../store/load.ts'

/** Of notify_props only what changes: the server replaces them as a whole, so the rest is added when it is sent. */
type Patch = Partial<Omit<User, 'notify_props'>> & {
  readonly notify_props?: Readonly<Record<string, string>>
  readonly password?: string
}

/** Changes under way, oldest first: an answer or an event may know only the older ones. */
const changes: Patch[] = []
/** One is sent after the other: side by side, the server would keep whichever came last. */
let last: Promise<unknown> = Promise.resolve()

/** Saves what belongs to my account: at once on the screen, then on the server. Puts it back and rejects when that refuses. */
export async function saveMe(patch: Patch): Promise<void> {
  const { users, me } = getState()
  const undo = partOf(users[me]!, patch)
  changes.push(patch)
  update((state) => receivedMe(state, changed(state.users[me]!, patch)))
  const work = last.then(() => send(patch)).finally(() => changes.splice(changes.indexOf(patch), 1))
  last = work.catch(() => undefined)
  try {
    const saved = await work
    update((state) => receivedMe(state, changes.reduce(changed, saved)))
  } catch (error) {
    update((state) => receivedMe(state, changes.reduce(changed, changed(state.users[me]!, undo))))
    throw error
  }
}

function send(patch: Patch): Promise<User> {
  const { users, me } = getState()
  const { notify_props } = changes.reduce(changed, users[me]!)
  return api.patchMe({ ...patch, ...(patch.notify_props && { notify_props }) } as Partial<User>)
}

/** What a change makes of me on the screen; an address counts when it is confirmed. */
function changed(user: User, patch: Patch): User {
  const { password: _, email: __, notify_props, ...shown } = patch
  return { ...user, ...shown, notify_props: { ...user.notify_props, ...notify_props } as User['notify_props'] }
}

/** What a change replaces. */
function partOf(user: User, patch: Patch): Patch {
  const of = (all: object, keys: object) =>
    Object.fromEntries(Object.entries(all).filter(([key]) => Object.hasOwn(keys, key)))
  const { notify_props = {} } = patch
  return { ...of(user, patch), notify_props: of(user.notify_props, notify_props) }
}

/** Saves how I want to be told of things. */
export const saveNotifyProps = (notify_props: Readonly<Record<string, string>>): Promise<void> =>
  saveMe({ notify_props })

/** Saves something and says in passing when it did not work. For settings that take effect at once. */
export const saving = (work: Promise<unknown>): void => void work.catch(showFailure)

/** Saves one choice of how things look or work. */
export const choose = (category: string, name: string, value: string): void =>
  saving(savePreferences({ category, name, value }))
