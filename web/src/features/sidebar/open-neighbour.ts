import { getState } from '../../client/store.ts'
import { channelPath, goTo } from '../../shell/navigate.ts'
import type { Id } from '../../store/state.ts'
import { unreadOf } from '../../store/unread.ts'

/** Opens the channel after (1) or before (-1) the one in view, round the ends; or the next one with something unread. */
export function openNeighbour(ids: readonly Id[], from: Id, step: 1 | -1, onlyUnread: boolean): void {
  const state = getState()
  const start = ids.indexOf(from)
  for (let distance = 1; distance <= ids.length; distance++) {
    const at = (start + step * distance + ids.length * 2) % ids.length
    const id = ids[at]!
    if (!onlyUnread || (unreadOf(state, id).unread && id !== from)) return goTo(channelPath(id))
  }
}
