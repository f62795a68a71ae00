import { markStale } from './change.ts'
import { reducers } from './events/reducers.ts'
import type { Broadcast } from './events/reducer.ts'
import type { StaleKey, State } from './state.ts'

/** An event as it comes off the socket. Its sequence number is the connection's affair. */
export interface SocketEvent {
  readonly event: string
  readonly data: object
  readonly broadcast: Broadcast
}

/** The state after an event. One that this client does not know changes nothing: newer servers say more. */
export function applyEvent(state: State, { event, data, broadcast }: SocketEvent): State {
  if (!Object.hasOwn(reducers, event)) return state
  const reduce = reducers[event as keyof typeof reducers] as (state: State, data: object, to: Broadcast) => State
  const after = reduce(state, data, broadcast)
  const sameRoles =
    after.users[after.me] === state.users[state.me] &&
    after.teamMembers === state.teamMembers &&
    after.channelMembers === state.channelMembers
  return sameRoles ? after : needRoles(after)
}

/** Roles that I hold somewhere and that were never loaded have to be fetched: without them the client allows too little. */
export function needRoles(state: State): State {
  const holders = [state.users[state.me], ...Object.values(state.teamMembers), ...Object.values(state.channelMembers)]
  const names = new Set(holders.flatMap((holder) => holder?.roles.split(' ') ?? []))
  const unknown = [...names].filter((name) => name && !Object.hasOwn(state.roles, name))
  return markStale(state, ...unknown.map((name): StaleKey => `role:${name}`))
}
