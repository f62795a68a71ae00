import { goTo, postPath } from '../../shell/navigate.ts'
import { closeAllPanels } from '../../shell/panels.ts'
import { getState } from '../../client/store.ts'
import type { Id } from '../../store/state.ts'

/** The side panel lies over the conversation there. */
const COVERS = '(max-width: 1099px)'

/** The address of a post, in the team of its channel. */
export function resultPath(postId: Id, channelId: Id): string {
  return postPath(postId, getState().channels[channelId]?.team_id)
}

/** Shows a post in its channel; where the panel covers the conversation, it gives way. */
export function jumpTo(postId: Id, channelId: Id): void {
  goTo(resultPath(postId, channelId))
  if (matchMedia(COVERS).matches) closeAllPanels()
}
