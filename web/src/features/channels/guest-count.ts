import { useStore } from '../../client/store.ts'
import type { Id } from '../../store/state.ts'

/** How many guests are in a channel of a team; 0 where the other members are named anyway, and while it is not known. */
export const useGuestCount = (channelId: Id): number =>
  useStore((state) => {
    const type = state.channels[channelId]?.type
    return type === 'O' || type === 'P' ? (state.channelStats[channelId]?.guest_count ?? 0) : 0
  })
