import { api, request } from '../../client/api.ts'
import { getState, update } from '../../client/store.ts'
import { applyViewed } from '../../store/channels.ts'
import type { Id } from '../../store/state.ts'
import { unreadOf } from '../../store/unread.ts'

/** Marks channels as read, here at once and on the server. */
export async function markRead(channelIds: readonly Id[]): Promise<void> {
  const state = getState()
  const unread = channelIds.filter((id) => unreadOf(state, id).unread)
  if (unread.length === 0) return
  await request('POST', '/channels/members/me/mark_read', unread)
  const now = Date.now()
  update((current) => applyViewed(current, Object.fromEntries(unread.map((id) => [id, now]))))
}

/** Makes the last post of a channel unread again; the server tells by an event how much that is. */
export async function markUnread(channelId: Id): Promise<void> {
  const { channelPosts, me } = getState()
  const known = channelPosts[channelId]
  const last = known?.reachesNewest ? known.order[0] : undefined
  const postId = last ?? (await api.getPosts(channelId, 0, 1)).order[0]
  if (postId) await api.markPostAsUnread(me, postId)
}
