import { create } from 'zustand'
import type { Id } from '../../store/state.ts'

interface Open {
  readonly groupId: Id
  /** what it opened from: the card stands beside it and the focus goes back there */
  readonly anchor: Element
}

/** Which group's card is open. */
export const useGroupCard = create<{ readonly open: Open | undefined }>()(() => ({ open: undefined }))

/** Opens a group's card beside an element, such as a mention of it. */
export const openGroup = (groupId: Id, anchor: Element): void => useGroupCard.setState({ open: { groupId, anchor } })

/** Closes the card. */
export const closeGroup = (): void => useGroupCard.setState({ open: undefined })
