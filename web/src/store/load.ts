import { put, putAll, withoutWhere } from './change.ts'
import { forgetChannel, withoutCounts } from './channels.ts'
import type {
  Bookmark,
  Category,
  ChannelMember,
  ChannelStats,
  Draft,
  Emoji,
  Group,
  Preference,
  Role,
  ScheduledPost,
  ServerCategory,
  ServerChannel,
  ServerGroup,
  Team,
  TeamMember,
  User,
} from './entities.ts'
import { draftKey, preferenceKey } from './state.ts'
import type { Id, State, Table } from './state.ts'

// Each function puts one answer of the REST API into the state. Lists that are said to be complete take the place of what
// was known; others add to it.

/** GET /config/client */
export const receivedConfig = (state: State, config: Table<string>): State => ({ ...state, config })

/** GET /license/client */
export const receivedLicense = (state: State, license: Table<string>): State => ({ ...state, license })

/** GET /users/me */
export const receivedMe = (state: State, me: User): State => ({
  ...state,
  me: me.id,
  users: put(state.users, me.id, me),
})

/** Profiles, from wherever they come. My own is left alone: others' lists show less of it. */
export function receivedUsers(state: State, users: readonly User[]): State {
  const others = users.filter((user) => user.id !== state.me)
  return { ...state, users: putAll(state.users, others, (user) => user.id) }
}

/** All pages of GET /users?in_channel= */
export function receivedChannelUsers(state: State, channelId: Id, users: readonly User[]): State {
  const ids = users.map((user) => user.id).toSorted()
  return { ...receivedUsers(state, users), channelUsers: put(state.channelUsers, channelId, ids) }
}

/** POST /users/status/ids */
export function receivedStatuses(state: State, statuses: readonly { user_id: Id; status: string }[]): State {
  const told = Object.fromEntries(statuses.map((one) => [one.user_id, one.status]))
  return { ...state, statuses: { ...state.statuses, ...told } }
}

/** GET /users/me/teams, or one team. */
export const receivedTeams = (state: State, teams: readonly Team[]): State => ({
  ...state,
  teams: putAll(state.teams, teams, (team) => team.id),
})

/** GET /users/me/teams/members, or one membership: only those of teams that are known. */
export function receivedTeamMembers(state: State, members: readonly TeamMember[]): State {
  const mine = members.filter((one) => one.delete_at === 0 && state.teams[one.team_id])
  return { ...state, teamMembers: putAll(state.teamMembers, mine, (one) => one.team_id) }
}

/** Channels I am a member of, with their counters. Those of archived teams are left out: nobody gets there. */
export function receivedChannels(state: State, all: readonly ServerChannel[]): State {
  const channels = all.filter((one) => !one.team_id || state.teams[one.team_id])
  const counts = channels.map((one) => [one.id, { total: one.total_msg_count, totalRoot: one.total_msg_count_root }])
  return {
    ...state,
    channels: putAll(state.channels, channels.map(withoutCounts), (one) => one.id),
    channelCounts: { ...state.channelCounts, ...Object.fromEntries(counts) },
  }
}

/** GET /users/me/channels?include_deleted=true: channels that are not in it are not mine any more. */
export function receivedAllChannels(state: State, channels: readonly ServerChannel[]): State {
  const mine = new Set(channels.map((one) => one.id))
  const gone = Object.keys(state.channels).filter((id) => !mine.has(id))
  return receivedChannels(gone.reduce(forgetChannel, state), channels)
}

/** GET /users/me/channel_members, or one membership. The names of team and channel in it are left out. */
export function receivedChannelMembers(state: State, members: readonly ChannelMember[]): State {
  const mine = members.filter((one) => one.user_id === state.me && state.channels[one.channel_id])
  return { ...state, channelMembers: putAll(state.channelMembers, mine.map(ownFields), (one) => one.channel_id) }
}

function ownFields(member: ChannelMember): ChannelMember {
  const {
    team_display_name: _1,
    team_name: _2,
    team_update_at: _3,
    ...own
  } = member as ChannelMember & Record<string, unknown>
  return own as ChannelMember
}

/** GET /channels/{id}/stats */
export const receivedChannelStats = (state: State, stats: ChannelStats): State => ({
  ...state,
  channelStats: put(state.channelStats, stats.channel_id, stats),
})

/** GET /channels/{id}/bookmarks: complete. */
export const receivedBookmarks = (state: State, channelId: Id, bookmarks: readonly Bookmark[]): State => ({
  ...state,
  bookmarks: put(
    state.bookmarks,
    channelId,
    putAll({}, bookmarks, (one) => one.id),
  ),
})

/** GET /users/me/preferences: complete. */
export const receivedPreferences = (state: State, preferences: readonly Preference[]): State => ({
  ...state,
  preferences: putAll({}, preferences, (one) => preferenceKey(one.category, one.name)),
})

/** POST /roles/names */
export const receivedRoles = (state: State, roles: readonly Role[]): State => ({
  ...state,
  roles: putAll(state.roles, roles, (role) => role.name),
})

/** GET /users/me/teams/{team}/channels/categories: complete. */
export function receivedCategories(
  state: State,
  teamId: Id,
  { categories, order }: { categories: readonly ServerCategory[]; order: readonly Id[] },
): State {
  const others = withoutWhere(state.categories, (one) => one.team_id === teamId)
  return {
    ...state,
    categories: putAll(others, categories.map(withoutSortOrder), (one) => one.id),
    categoryOrder: put(state.categoryOrder, teamId, order),
  }
}

/** A category without its place, which the order of the team tells. */
export function withoutSortOrder(raw: ServerCategory): Category {
  const { sort_order: _, ...category } = raw
  return category
}

/** GET /users/me/teams/{team}/drafts: complete for the team and for direct messages. */
export function receivedDrafts(state: State, teamId: Id, drafts: readonly Draft[]): State {
  const others = withoutWhere(state.drafts, (draft) => isOf(state, teamId, draft.channel_id))
  return { ...state, drafts: putAll(others, drafts, (one) => draftKey(one.channel_id, one.root_id)) }
}

/** GET /posts/scheduled/team/{team}?includeDirectChannels=true: complete for the team and for direct messages. */
export function receivedScheduledPosts(state: State, teamId: Id, byPlace: Table<readonly ScheduledPost[]>): State {
  const others = withoutWhere(state.scheduledPosts, (post) => isOf(state, teamId, post.channel_id))
  return { ...state, scheduledPosts: putAll(others, Object.values(byPlace).flat(), (post) => post.id) }
}

function isOf(state: State, teamId: Id, channelId: Id): boolean {
  const channel = state.channels[channelId]
  return !channel || channel.team_id === teamId || channel.team_id === ''
}

/** GET /emoji, or one emoji. */
export const receivedEmojis = (state: State, emojis: readonly Emoji[]): State => ({
  ...state,
  emojis: putAll(state.emojis, emojis, (emoji) => emoji.id),
})

/** The groups that may be mentioned, and those I am in: complete. */
export const receivedGroups = (state: State, groups: readonly ServerGroup[], mine: readonly Id[]): State => ({
  ...state,
  groups: putAll({}, groups.map(ownGroup), (group) => group.id),
  myGroups: mine.toSorted(),
})

/** A group without the numbers that only some answers hold. */
export function ownGroup(raw: ServerGroup): Group {
  const { id, name, display_name, description, source, remote_id, create_at, update_at, delete_at, allow_reference } =
    raw
  return { id, name, display_name, description, source, remote_id, create_at, update_at, delete_at, allow_reference }
}
