import { api } from '../../client/api.ts'
import { savePreferences } from '../../client/preferences.ts'
import { getState, update } from '../../client/store.ts'
import { channelPath, goTo } from '../../shell/navigate.ts'
import type { ServerChannel } from '../../store/entities.ts'
import { receivedChannelMembers, receivedChannels, receivedUsers } from '../../store/load.ts'
import type { Id } from '../../store/state.ts'

/** Puts a channel and my membership of it into the state. */
export async function takeChannel(channel: ServerChannel): Promise<void> {
  const member = await api.getMyChannelMember(channel.id)
  update((state) => receivedChannelMembers(receivedChannels(state, [channel]), [member]))
}

/**
 * Looks a channel up by the name in an address and puts it into the state: open ones are joined, direct ones are made.
 * Rejects with the server's error when there is none for me.
 */
export async function openChannelByName(teamId: Id, kind: 'channels' | 'messages', name: string): Promise<void> {
  if (kind === 'messages') return openMessages(name)
  const team = getState().teams[teamId]
  const channel = (await api.getChannelByNameAndTeamName(team?.name ?? '', name, true)) as ServerChannel
  if (channel.type === 'O') await api.addToChannel(getState().me, channel.id)
  await takeChannel(channel)
}

async function openMessages(name: string): Promise<void> {
  if (!name.startsWith('@')) return takeChannel((await api.getChannel(name)) as ServerChannel)
  const user = await api.getUserByUsername(name.slice(1).toLowerCase())
  update((state) => receivedUsers(state, [user]))
  await openDirect(user.id, { go: false })
}

/** Opens the conversation with somebody, made if need be, and shows it in the sidebar. */
export async function openDirect(userId: Id, { go = true } = {}): Promise<Id> {
  const { me } = getState()
  const channel = (await api.createDirectChannel([me, userId])) as ServerChannel
  await takeChannel(channel)
  await savePreferences({ category: 'direct_channel_show', name: userId, value: 'true' })
  if (go) goTo(channelPath(channel.id))
  return channel.id
}

/** Opens the conversation of several people (two to seven others). */
export async function openGroup(userIds: readonly Id[]): Promise<Id> {
  const channel = (await api.createGroupChannel([...userIds])) as ServerChannel
  await takeChannel(channel)
  await savePreferences({ category: 'group_channel_show', name: channel.id, value: 'true' })
  goTo(channelPath(channel.id))
  return channel.id
}
