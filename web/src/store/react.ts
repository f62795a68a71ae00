import { put, without } from './change.ts'
import { putFull } from './posts.ts'
import { reactionKey } from './state.ts'
import type { Id, State } from './state.ts'

/** I react, or take it back: shown before the server has answered. Doing it twice is doing it once. */
export function applyOwnReaction(state: State, postId: Id, emojiName: string, on: boolean, at: number): State {
  if (!state.posts[postId]) return state
  const key = reactionKey(state.me, emojiName)
  const before = state.reactions[postId] ?? {}
  if (on === (before[key] !== undefined)) return state
  const reaction = { user_id: state.me, post_id: postId, emoji_name: emojiName, create_at: at }
  const reactions = on ? put(before, key, reaction) : without(before, key)
  return { ...state, reactions: putFull(state.reactions, postId, reactions) }
}
