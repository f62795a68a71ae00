import { request } from '../../../client/api.ts'
import { getState, update } from '../../../client/store.ts'
import { applyViewed } from '../../../store/channels.ts'
import type { Id } from '../../../store/state.ts'

/** I have read the channel: at once here, then on the server. A failure is made good by the next post that is read. */
export async function viewChannel(channelId: Id): Promise<void> {
  const { channels, channelMembers } = getState()
  const channel = channels[channelId]
  const member = channelMembers[channelId]
  if (!channel || !member) return
  update((state) => applyViewed(state, { [channelId]: Math.max(channel.last_post_at, member.last_viewed_at) }))
  try {
    await request('POST', '/channels/members/me/view', { channel_id: channelId, collapsed_threads_supported: true })
  } catch {
    // The reader can do nothing about it, and nothing is lost.
  }
}
