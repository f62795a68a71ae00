import { isHeld } from '../../../client/held-posts.ts'
import { update } from '../../../client/store.ts'
import { trimChannels } from '../../../store/forget-posts.ts'
import type { Id } from '../../../store/state.ts'

/** What channels out of view keep: enough to open at once, little enough to stay all day. */
const LIMITS = { posts: 120, channels: 20 }

/** ms after a switch: by then the next channel is drawn */
const SETTLED = 1_000

const shown = new Set<Id>()
let recent: readonly Id[] = []

/** A channel comes into view. Returns what says that it is left: old posts and channels are then forgotten. */
export function keepChannel(channelId: Id): () => void {
  shown.add(channelId)
  recent = [channelId, ...recent.filter((id) => id !== channelId)].slice(0, LIMITS.channels)
  return () => {
    shown.delete(channelId)
    setTimeout(() => update((state) => trimChannels(state, shown, recent, isHeld, LIMITS)), SETTLED)
  }
}
