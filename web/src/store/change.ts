import type { Id, StaleKey, State, Table } from './state.ts'

/** The table with one more, or another, entry. */
export const put = <T>(table: Table<T>, id: Id, value: T): Table<T> => ({ ...table, [id]: value })

/** The table without these entries; the same table when it had none of them. */
export function without<T>(table: Table<T>, ...ids: readonly Id[]): Table<T> {
  if (!ids.some((id) => Object.hasOwn(table, id))) return table
  const gone = new Set(ids)
  return Object.fromEntries(Object.entries(table).filter(([id]) => !gone.has(id)))
}

/** The table without the entries for which `fits` holds. */
export function withoutWhere<T>(table: Table<T>, fits: (value: T, id: Id) => boolean): Table<T> {
  const ids = Object.entries(table).flatMap(([id, value]) => (fits(value, id) ? [id] : []))
  return ids.length > 0 ? without(table, ...ids) : table
}

/** The table with each of the things under its key. */
export function putAll<T>(table: Table<T>, things: readonly T[], keyOf: (thing: T) => Id): Table<T> {
  if (things.length === 0) return table
  return { ...table, ...Object.fromEntries(things.map((thing) => [keyOf(thing), thing])) }
}

/** Notes what has to be fetched again. */
export function markStale(state: State, ...keys: readonly StaleKey[]): State {
  const fresh = keys.filter((key) => !state.stale.has(key))
  return fresh.length > 0 ? { ...state, stale: new Set([...state.stale, ...fresh]) } : state
}

/** What the key names has been fetched. */
export function refreshed(state: State, key: StaleKey): State {
  if (!state.stale.has(key)) return state
  return { ...state, stale: new Set([...state.stale].filter((one) => one !== key)) }
}

/** The teams that a channel shows up in: its own, or for direct and group channels every one of mine. */
export function teamsOfChannel(state: State, channelId: Id): readonly Id[] {
  const channel = state.channels[channelId]
  if (!channel) return []
  return channel.team_id ? [channel.team_id] : Object.keys(state.teams)
}

/** The profiles, if they are unknown, have to be fetched. */
export function needUsers(state: State, ...userIds: readonly Id[]): State {
  const unknown = userIds.filter((id) => id && !state.users[id])
  return markStale(state, ...unknown.map((id): StaleKey => `user:${id}`))
}
