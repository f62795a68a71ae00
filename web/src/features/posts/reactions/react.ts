import { request } from '../../../client/api.ts'
import { getState, update } from '../../../client/store.ts'
import { applyOwnReaction } from '../../../store/react.ts'
import { reactionKey } from '../../../store/state.ts'
import type { Id } from '../../../store/state.ts'
import { showFailure } from '../../../shell/failure.ts'
import { noteEmojiUse } from './emoji-choice.tsx'

/** Reacts to a post, or takes it back: at once on the screen, put back when the server refuses. */
export async function react(postId: Id, emojiName: string, on: boolean): Promise<void> {
  const { me } = getState()
  update((state) => applyOwnReaction(state, postId, emojiName, on, Date.now()))
  if (on) noteEmojiUse(emojiName)
  try {
    const body = { user_id: me, post_id: postId, emoji_name: emojiName, create_at: 0 }
    if (on) await request('POST', '/reactions', body)
    else await request('DELETE', `/users/me/posts/${postId}/reactions/${encodeURIComponent(emojiName)}`)
  } catch (error) {
    update((state) => applyOwnReaction(state, postId, emojiName, !on, Date.now()))
    showFailure(error)
  }
}

/** Reacts if I have not, else takes it back. */
export function toggleReaction(postId: Id, emojiName: string): void {
  const { me, reactions } = getState()
  void react(postId, emojiName, reactions[postId]?.[reactionKey(me, emojiName)] === undefined)
}
