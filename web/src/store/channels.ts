import { markStale, put, putAll, without, withoutWhere } from './change.ts'
import type { Channel, ChannelMember, ServerChannel } from './entities.ts'
import type { Id, StaleKey, State, Table } from './state.ts'
import { dropPosts } from './posts.ts'

/** I have read these channels up to a time (ms): nothing in them is unread, nothing mentions me. The same state when I had before. */
export function applyViewed(state: State, times: Table<number>): State {
  const viewed = Object.entries(times).flatMap(([id, at]): ChannelMember[] => {
    const member = state.channelMembers[id]
    if (!member) return []
    const { total, totalRoot } = state.channelCounts[id] ?? { total: 0, totalRoot: 0 }
    const after = {
      ...member,
      last_viewed_at: Math.max(member.last_viewed_at, at),
      msg_count: Math.max(member.msg_count, total),
      msg_count_root: Math.max(member.msg_count_root, totalRoot),
      mention_count: 0,
      mention_count_root: 0,
      urgent_mention_count: 0,
    }
    return CHANGED_BY_VIEW.some((key) => after[key] !== member[key]) ? [after] : []
  })
  if (viewed.length === 0) return state
  return { ...state, channelMembers: putAll(state.channelMembers, viewed, (one) => one.channel_id) }
}

const CHANGED_BY_VIEW = [
  'last_viewed_at',
  'msg_count',
  'msg_count_root',
  'mention_count',
  'mention_count_root',
  'urgent_mention_count',
] as const

/** A channel without its counters. */
export function withoutCounts(raw: ServerChannel): Channel {
  const { total_msg_count: _1, total_msg_count_root: _2, ...channel } = raw
  return channel
}

/** I am no member of the channel any more, or it is gone: nothing of it stays. Its threads and drafts must be asked for. */
export function forgetChannel(state: State, channelId: Id): State {
  const channel = state.channels[channelId]
  const inIt = (thing: { channel_id: Id }) => thing.channel_id === channelId
  const posts = Object.values(state.posts).filter(inIt)
  const teams = channel ? (channel.team_id ? [channel.team_id] : Object.keys(state.teams)) : []
  const hadThreads = posts.some((post) => state.threads[post.id]?.own)
  const dropped = dropPosts(
    state,
    posts.map((post) => post.id),
  )
  const categories = Object.values(state.categories).filter((one) => one.channel_ids.includes(channelId))
  const left = categories.map((one) => ({ ...one, channel_ids: one.channel_ids.filter((id) => id !== channelId) }))
  const stale = hadThreads ? teams.map((team): StaleKey => `threads:${team}`) : []
  return markStale(
    {
      ...dropped,
      channels: without(state.channels, channelId),
      channelMembers: without(state.channelMembers, channelId),
      channelCounts: without(state.channelCounts, channelId),
      channelStats: without(state.channelStats, channelId),
      channelUsers: without(state.channelUsers, channelId),
      bookmarks: without(state.bookmarks, channelId),
      channelPosts: without(dropped.channelPosts, channelId),
      drafts: withoutWhere(state.drafts, inIt),
      categories: putAll(state.categories, left, (one) => one.id),
      stale: withoutKeysOf(state.stale, channelId),
    },
    ...stale,
  )
}

/** I am no member of the team any more, or it is gone: nothing of it and of its channels stays. */
export function forgetTeam(state: State, teamId: Id): State {
  let after = state
  for (const channel of Object.values(state.channels)) {
    if (channel.team_id === teamId) after = forgetChannel(after, channel.id)
  }
  return {
    ...after,
    teams: without(after.teams, teamId),
    teamMembers: without(after.teamMembers, teamId),
    teamThreads: without(after.teamThreads, teamId),
    categories: withoutWhere(after.categories, (one) => one.team_id === teamId),
    categoryOrder: without(after.categoryOrder, teamId),
    stale: withoutKeysOf(after.stale, teamId),
  }
}

/** What is forgotten need not be fetched. */
const withoutKeysOf = (stale: ReadonlySet<StaleKey>, id: Id): ReadonlySet<StaleKey> =>
  new Set([...stale].filter((key) => !key.endsWith(`:${id}`)))

/** Somebody came into or left a channel. */
export function changeChannelUsers(state: State, channelId: Id, change: { joined?: Id; left?: Id }): State {
  const known = state.channelUsers[channelId]
  const stats: StaleKey[] = state.channelStats[channelId] ? [`channelStats:${channelId}`] : []
  if (!known) return markStale(state, ...stats)
  const others = known.filter((id) => id !== change.joined && id !== change.left)
  const users = change.joined ? [...others, change.joined].toSorted() : others
  return markStale({ ...state, channelUsers: put(state.channelUsers, channelId, users) }, ...stats)
}
