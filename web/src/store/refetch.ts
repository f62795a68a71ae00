import { needRoles } from './apply-event.ts'
import { refreshed } from './change.ts'
import { run } from './reader.ts'
import type { Reader } from './reader.ts'
import type { StaleKey, State } from './state.ts'

/** Teams come before what is in them, then channels. */
const rank = (key: StaleKey): number => (key.startsWith('team:') ? 0 : /^channels?(:|$)/.test(key) ? 1 : 2)

/**
 * Fetches what has become stale, once: the answers as one step. Keys are taken out of the state before the answers are
 * put in, so that what became stale meanwhile stays.
 */
export async function fetchStale(reader: Reader, state: State): Promise<(now: State) => State> {
  const keys = [...state.stale].toSorted((a, b) => rank(a) - rank(b))
  const steps = await Promise.all(keys.map((key) => reader.key(key, state)))
  return (now) => needRoles(run(keys.reduce(refreshed, now), steps))
}
