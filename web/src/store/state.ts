import type {
  Bookmark,
  Category,
  Channel,
  ChannelCounts,
  ChannelMember,
  ChannelPosts,
  ChannelStats,
  Draft,
  Emoji,
  Group,
  Post,
  Preference,
  Reaction,
  Role,
  ScheduledPost,
  Team,
  TeamMember,
  TeamThreads,
  Thread,
  User,
} from './entities.ts'

export type Id = string
export type Table<T> = Readonly<Record<Id, T>>

/**
 * Something of the state that an event made old without saying what it is now. Whoever applies events fetches exactly
 * what the key names, puts it into the state with the functions of load.ts (teams first, then channels) and takes the key
 * out with `refreshed`. Whether events that arrive meanwhile are in the answer nobody knows: then it is fetched again.
 *
 * | key | what to fetch |
 * |---|---|
 * | `channels` | all my channels and memberships |
 * | `channel:<id>` | the channel and my membership of it; gone or closed → `forgetChannel` |
 * | `channelStats:<id>`, `channelUsers:<id>`, `bookmarks:<id>` | numbers, members, bookmarks of a channel |
 * | `categories:<team>`, `drafts:<team>`, `scheduled:<team>` | my sidebar, drafts, scheduled posts of a team |
 * | `thread:<root>` | root and replies and, of a thread that I follow, my place in it |
 * | `threads:<team>` | the first page of followed threads, with the totals |
 * | `threadCounts:<team>` | the totals only |
 * | `team:<id>` | the team and my membership of it; gone or closed → `forgetTeam` |
 * | `user:<id>`, `users` | one profile, all known profiles |
 * | `role:<name>` | a role |
 * | `preferences` | all my preferences |
 * | `groups` | the groups that may be mentioned, and mine |
 */
export type StaleKey =
  | 'channels'
  | 'users'
  | 'preferences'
  | 'groups'
  | `${
      | 'channel'
      | 'channelStats'
      | 'channelUsers'
      | 'bookmarks'
      | 'categories'
      | 'drafts'
      | 'scheduled'
      | 'thread'
      | 'threads'
      | 'threadCounts'
      | 'team'
      | 'user'
      | 'role'}:${string}`

/** All that a client knows, each thing once. Never changed in place: a reducer answers with a new one. */
export interface State {
  /** my user id, '' before signing in */
  readonly me: Id
  /** of the socket, told by `hello` */
  readonly connectionId: string
  readonly serverVersion: string
  readonly config: Table<string>
  readonly license: Table<string>
  readonly users: Table<User>
  /** members of the channels whose members were loaded, sorted */
  readonly channelUsers: Table<readonly Id[]>
  readonly teams: Table<Team>
  /** mine, by team */
  readonly teamMembers: Table<TeamMember>
  /** those I am a member of, archived ones included */
  readonly channels: Table<Channel>
  /** mine, by channel */
  readonly channelMembers: Table<ChannelMember>
  readonly channelCounts: Table<ChannelCounts>
  readonly channelStats: Table<ChannelStats>
  readonly bookmarks: Table<Table<Bookmark>>
  readonly posts: Table<Post>
  readonly channelPosts: Table<ChannelPosts>
  /** replies of the opened threads, by root, oldest first */
  readonly threadPosts: Table<readonly Id[]>
  readonly threads: Table<Thread>
  readonly teamThreads: Table<TeamThreads>
  /** by post, then by `reactionKey` */
  readonly reactions: Table<Table<Reaction>>
  /** by post and user: when (ms) */
  readonly acknowledgements: Table<Table<number>>
  /** by `preferenceKey` */
  readonly preferences: Table<Preference>
  /** online, away, dnd, ooo or offline, by user. Only my own changes are pushed; those of others are polled. */
  readonly statuses: Table<string>
  readonly categories: Table<Category>
  /** by team */
  readonly categoryOrder: Table<readonly Id[]>
  /** by `draftKey` */
  readonly drafts: Table<Draft>
  readonly scheduledPosts: Table<ScheduledPost>
  /** by name */
  readonly roles: Table<Role>
  readonly emojis: Table<Emoji>
  readonly groups: Table<Group>
  readonly myGroups: readonly Id[]
  /** who is writing, by `draftKey`, then by user: how often he said so. Whoever shows it lets it run out. */
  readonly typing: Table<Table<number>>
  readonly stale: ReadonlySet<StaleKey>
}

export const emptyState: State = {
  me: '',
  connectionId: '',
  serverVersion: '',
  config: {},
  license: {},
  users: {},
  channelUsers: {},
  teams: {},
  teamMembers: {},
  channels: {},
  channelMembers: {},
  channelCounts: {},
  channelStats: {},
  bookmarks: {},
  posts: {},
  channelPosts: {},
  threadPosts: {},
  threads: {},
  teamThreads: {},
  reactions: {},
  acknowledgements: {},
  preferences: {},
  statuses: {},
  categories: {},
  categoryOrder: {},
  drafts: {},
  scheduledPosts: {},
  roles: {},
  emojis: {},
  groups: {},
  myGroups: [],
  typing: {},
  stale: new Set(),
}

/** Where a preference stands in the state. */
export const preferenceKey = (category: string, name: string): string => `${category}--${name}`

/** Where a reaction stands among those of its post. */
export const reactionKey = (userId: Id, emojiName: string): string => `${userId}--${emojiName}`

/** Where a draft stands in the state; `rootId` '' outside threads. */
export const draftKey = (channelId: Id, rootId: Id): string => (rootId ? `${channelId}:${rootId}` : channelId)
