import { markStale, needUsers, put, teamsOfChannel } from '../change.ts'
import { applyViewed, changeChannelUsers, forgetChannel, withoutCounts } from '../channels.ts'
import type { ChannelMember, ServerChannel } from '../entities.ts'
import { draftKey } from '../state.ts'
import type { Id, StaleKey, State } from '../state.ts'
import { parse } from './reducer.ts'
import type { Reducers } from './reducer.ts'

export const channelReducers: Reducers<
  | 'channel_created'
  | 'channel_updated'
  | 'channel_converted'
  | 'channel_deleted'
  | 'channel_restored'
  | 'channel_member_updated'
  | 'channel_scheme_updated'
  | 'direct_added'
  | 'group_added'
  | 'user_added'
  | 'user_removed'
  | 'multiple_channels_viewed'
  | 'typing'
> = {
  channel_created: (state, data) => newChannel(state, data.channel_id, data.team_id),
  channel_updated: (state, data) => {
    if ('channel_id' in data) return staleChannel(state, data.channel_id)
    return updateChannel(state, parse<ServerChannel>(data.channel))
  },
  channel_converted: (state, data) => staleChannel(state, data.channel_id),
  /** Archived or gone for good: the event is the same for both, so the server has to be asked. */
  channel_deleted: (state, data) => {
    const channel = state.channels[data.channel_id]
    if (!channel) return state
    const archived = put(state.channels, channel.id, { ...channel, delete_at: data.delete_at })
    return staleChannelWithLists({ ...state, channels: archived }, channel.id)
  },
  channel_restored: (state, data) => {
    const channel = state.channels[data.channel_id]
    if (!channel) return state
    const restored = put(state.channels, channel.id, { ...channel, delete_at: 0 })
    return staleChannelWithLists({ ...state, channels: restored }, channel.id)
  },
  channel_member_updated: (state, data) => {
    const member = parse<ChannelMember>(data.channelMember)
    if (member.user_id !== state.me || !state.channels[member.channel_id]) return state
    return { ...state, channelMembers: put(state.channelMembers, member.channel_id, member) }
  },
  /** Other roles apply in the channel from now on; my own membership names them. */
  channel_scheme_updated: (state, _data, { channel_id }) => staleChannel(state, channel_id),
  direct_added: (state, data, { channel_id }) => {
    return needUsers(newChannel(state, channel_id, ''), data.creator_id, data.teammate_id)
  },
  group_added: (state, data, { channel_id }) => {
    return needUsers(newChannel(state, channel_id, ''), ...parse<Id[]>(data.teammate_ids))
  },
  user_added: (state, data, { channel_id }) => {
    if (data.user_id === state.me) return newChannel(state, channel_id, data.team_id)
    if (!state.channels[channel_id]) return state
    return changeChannelUsers(needUsers(state, data.user_id), channel_id, { joined: data.user_id })
  },
  user_removed: (state, data, { channel_id }) => {
    if ('channel_id' in data) return forgetChannel(state, data.channel_id)
    if (data.user_id === state.me) return forgetChannel(state, channel_id)
    return changeChannelUsers(state, channel_id, { left: data.user_id })
  },
  multiple_channels_viewed: (state, data) => applyViewed(state, data.channel_times),
  typing: (state, data, { channel_id }) => {
    const key = draftKey(channel_id, data.parent_id)
    const before = state.typing[key] ?? {}
    const typing = put(before, data.user_id, (before[data.user_id] ?? 0) + 1)
    return { ...state, typing: put(state.typing, key, typing) }
  },
}

const listsOf = (teams: readonly Id[]): StaleKey[] =>
  teams.flatMap((team): StaleKey[] => [`categories:${team}`, `threads:${team}`])

/** I have become a member. Threads that I followed and drafts that I left in an earlier time there come back with it. */
function newChannel(state: State, channelId: Id, teamId: Id): State {
  const teams = teamId ? [teamId] : Object.keys(state.teams)
  const ofChannel: StaleKey[] = [`channel:${channelId}`, `channelUsers:${channelId}`, `channelStats:${channelId}`]
  return markStale(state, ...ofChannel, ...listsOf(teams), ...teams.map((team): StaleKey => `drafts:${team}`))
}

const staleChannel = (state: State, channelId: Id): State =>
  state.channels[channelId] ? markStale(state, `channel:${channelId}`) : state

function staleChannelWithLists(state: State, channelId: Id): State {
  const teamId = state.channels[channelId]?.team_id
  return markStale(state, `channel:${channelId}`, ...listsOf(teamId ? [teamId] : Object.keys(state.teams)))
}

/** The counters in the payload are left alone: posts that are still on their way will move them. */
function updateChannel(state: State, raw: ServerChannel): State {
  const before = state.channels[raw.id]
  if (!before) return state
  const { last_post_at, last_root_post_at } = before
  const updated = {
    ...state,
    channels: put(state.channels, raw.id, { ...withoutCounts(raw), last_post_at, last_root_post_at }),
  }
  // Channels that nobody has put in an order stand in the order of their names.
  const renamed = before.display_name === raw.display_name ? [] : teamsOfChannel(state, raw.id)
  if (before.team_id === raw.team_id)
    return markStale(updated, ...renamed.map((team): StaleKey => `categories:${team}`))
  // It has moved, or a group message became a channel: memberships and sidebars follow.
  const teams = before.team_id && raw.team_id ? [before.team_id, raw.team_id] : Object.keys(state.teams)
  const mine = teams.filter((team) => state.teams[team])
  return markStale(updated, `channel:${raw.id}`, ...listsOf(mine))
}
