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
  const single = keys.filter((key) => !/^(user|role):/.test(key))
  const users = idsOf(keys, 'user:')
  const roles = idsOf(keys, 'role:')
  const steps = await Promise.all([
    ...single.map((key) => reader.key(key, state)),
    ...chunks(users).map((ids) => reader.users(ids)),
    ...chunks(roles).map((names) => reader.roles(names)),
  ])
  return (now) => needRoles(run(keys.reduce(refreshed, now), steps))
}

const idsOf = (keys: readonly StaleKey[], kind: string): string[] =>
  keys.flatMap((key) => (key.startsWith(kind) ? [key.slice(kind.length)] : []))

/** As many as one request may ask for. */
function chunks(ids: readonly string[]): string[][] {
  const size = 100
  return Array.from({ length: Math.ceil(ids.length / size) }, (_, at) => ids.slice(at * size, (at + 1) * size))
}
