import { collapsesThreads } from './posts.ts'
import type { Id, State } from './state.ts'

/** What a channel says about itself in the sidebar. */
export interface Unread {
  /** something new that I have not seen, and I want to know */
  readonly unread: boolean
  /** how often I am meant */
  readonly mentions: number
  readonly urgent: boolean
  readonly muted: boolean
}

export const NOTHING_UNREAD: Unread = { unread: false, mentions: 0, urgent: false, muted: false }

/** How much of a channel is unread: replies count only where they stand in the channel. A muted one speaks up for mentions alone. */
export function unreadOf(state: State, channelId: Id): Unread {
  const member = state.channelMembers[channelId]
  const counts = state.channelCounts[channelId]
  const channel = state.channels[channelId]
  if (!member || !counts || !channel) return NOTHING_UNREAD
  const collapsed = collapsesThreads(state)
  const muted = member.notify_props?.mark_unread === 'mention'
  if (channel.delete_at) return { ...NOTHING_UNREAD, muted }
  const news = collapsed ? counts.totalRoot - member.msg_count_root : counts.total - member.msg_count
  const mentions = collapsed ? member.mention_count_root : member.mention_count
  return {
    unread: (news > 0 && !muted) || mentions > 0,
    mentions,
    urgent: (member.urgent_mention_count ?? 0) > 0,
    muted,
  }
}

/** What a team says about itself in the rail: its channels, and the threads that I follow in it. Direct messages belong to none. */
export function unreadOfTeam(state: State, teamId: Id): Unread {
  let total = NOTHING_UNREAD
  for (const channel of Object.values(state.channels)) {
    if (channel.team_id === teamId) total = both(total, unreadOf(state, channel.id))
  }
  return both(total, unreadThreadsOf(state, teamId))
}

/** The threads that I follow, where they are shown apart from channels. */
export function unreadThreadsOf(state: State, teamId: Id): Unread {
  const threads = state.teamThreads[teamId]
  if (!threads || !collapsesThreads(state)) return NOTHING_UNREAD
  return {
    unread: threads.unreadThreads > 0 || threads.unreadMentions > 0,
    mentions: threads.unreadMentions,
    urgent: threads.unreadUrgentMentions > 0,
    muted: false,
  }
}

const both = (one: Unread, other: Unread): Unread => ({
  unread: one.unread || other.unread,
  mentions: one.mentions + other.mentions,
  urgent: one.urgent || other.urgent,
  muted: false,
})

/** Everything that is unread, for the title and the icon of the window. */
export function unreadInAll(state: State): Unread {
  let total = NOTHING_UNREAD
  for (const id of Object.keys(state.channels)) total = both(total, unreadOf(state, id))
  for (const id of Object.keys(state.teamThreads)) total = both(total, unreadThreadsOf(state, id))
  return total
}
