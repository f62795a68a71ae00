import { request } from '../../client/api.ts'
import { getState, update } from '../../client/store.ts'
import { currentTeamId } from '../../shell/place.ts'
import { emptyThread } from '../../store/posts.ts'
import { putThread } from '../../store/threads.ts'
import type { Id } from '../../store/state.ts'
import { showFailure } from '../../shell/failure.ts'

/** The team in whose name the server keeps my place in a thread: that of its channel, or for direct messages the one in view. */
export function teamOfThread(rootId: Id): Id {
  const { posts, channels, teams } = getState()
  const channel = channels[posts[rootId]?.channel_id ?? '']
  return channel?.team_id || currentTeamId() || Object.keys(teams)[0] || ''
}

/** Follows a thread or stops to: shown at once, put back when the server refuses. The event that comes brings my place in it. */
export async function followThread(rootId: Id, on: boolean): Promise<void> {
  const set = (following: boolean): void =>
    update((state) => putThread(state, { ...(state.threads[rootId] ?? emptyThread(rootId)), following }))
  if (on) set(true)
  try {
    await request(on ? 'PUT' : 'DELETE', `/users/me/teams/${teamOfThread(rootId)}/threads/${rootId}/following`)
  } catch (error) {
    if (on) set(false)
    showFailure(error)
  }
}
