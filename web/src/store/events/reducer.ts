import type { EventName, EventPayloads } from '../../../../server/src/realtime/events.ts'
import type { State } from '../state.ts'

export type { EventName }

/** Whom an event was sent to; '' where it does not matter. */
export interface Broadcast {
  readonly user_id: string
  readonly channel_id: string
  readonly team_id: string
}

/** What an event makes of the state: pure, no clock, no network. What cannot be told from it becomes stale. */
export type Reducer<N extends EventName> = (state: State, data: EventPayloads[N], broadcast: Broadcast) => State

/** Reducers of some events; a name that the server does not know is an error. */
export type Reducers<N extends EventName> = { readonly [Name in N]: Reducer<Name> }

/** Reads the JSON that most payloads carry inside a string. */
export const parse = <T>(json: string): T => JSON.parse(json) as T
