import { create } from 'zustand'
import { emptyState } from '../store/state.ts'
import type { State } from '../store/state.ts'

/** All that the client knows of the server. Components read it with a selector that answers with a part of it. */
export const useStore = create<State>()(() => emptyState)

/** The state right now, for code outside of components. */
export const getState = (): State => useStore.getState()

/** Puts an answer, an event or a guess into the state: `update((state) => receivedUsers(state, users))`. */
export function update(step: (state: State) => State): void {
  useStore.setState((state) => step(state), true)
}
