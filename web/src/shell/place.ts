import { create } from 'zustand'
import type { Id } from '../store/state.ts'

/** Where the reader is; the address tells it, `usePlace` remembers it for whoever is not below the route. */
export interface Place {
  /** '' outside teams */
  readonly teamId: Id
  /** '' on pages that show no channel, such as the list of threads */
  readonly channelId: Id
}

export const usePlace = create<Place>()(() => ({ teamId: '', channelId: '' }))

/** The team in view, for code outside of components. */
export const currentTeamId = (): Id => usePlace.getState().teamId

/** The channel in view, for code outside of components. */
export const currentChannelId = (): Id => usePlace.getState().channelId
