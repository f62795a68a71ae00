import { create } from 'zustand'
import type { Id } from '../../store/state.ts'

interface Open {
  readonly userId: Id
  /** what it opened from: the card stands beside it and the focus goes back there */
  readonly anchor: Element
}

/** Whose card is open. */
export const useProfileCard = create<{ readonly open: Open | undefined }>()(() => ({ open: undefined }))

/** Opens somebody's card beside an element. */
export const openProfile = (userId: Id, anchor: Element): void => useProfileCard.setState({ open: { userId, anchor } })

/** Closes the card. */
export const closeProfile = (): void => useProfileCard.setState({ open: undefined })
