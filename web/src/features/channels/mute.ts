import { api } from '../../client/api.ts'
import { getState, update } from '../../client/store.ts'
import { put } from '../../store/change.ts'
import type { Id } from '../../store/state.ts'

/** Mutes a channel, or lets it speak again; at once on the screen. */
export async function toggleMute(channelId: Id): Promise<void> {
  const { channelMembers, me } = getState()
  const member = channelMembers[channelId]
  if (!member) return
  const mark_unread = member.notify_props?.mark_unread === 'mention' ? 'all' : 'mention'
  const changed = { ...member, notify_props: { ...member.notify_props, mark_unread } as typeof member.notify_props }
  update((state) => ({ ...state, channelMembers: put(state.channelMembers, channelId, changed) }))
  try {
    await api.updateChannelNotifyProps({ user_id: me, channel_id: channelId, mark_unread } as never)
  } catch (error) {
    update((state) => ({ ...state, channelMembers: put(state.channelMembers, channelId, member) }))
    throw error
  }
}
