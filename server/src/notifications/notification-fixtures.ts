import { ChannelKeywords } from './keywords.ts'
import type {
  NotificationInput,
  NotificationMember,
  NotificationPost,
  NotificationSettings,
  NotificationStatus,
  NotificationThread,
} from './notification-types.ts'

/** A member as a new account in a new channel has it; the id is the username. For tests. */
export function member(
  username: string,
  changes: Partial<NotificationMember> & { user?: Record<string, string>; inChannel?: Record<string, string> } = {},
): NotificationMember {
  const { user, inChannel, ...rest } = changes
  return {
    userId: username,
    username,
    firstName: '',
    isBot: false,
    deleteAt: 0,
    collapsedThreads: false,
    ...rest,
    notifyProps: {
      email: 'true',
      push: 'mention',
      desktop: 'mention',
      mention_keys: '',
      channel: 'true',
      push_status: 'online',
      comments: 'never',
      first_name: 'false',
      desktop_threads: 'all',
      email_threads: 'all',
      push_threads: 'all',
      ...user,
    },
    channelNotifyProps: {
      desktop: 'default',
      push: 'default',
      email: 'default',
      mark_unread: 'all',
      ignore_channel_mentions: 'default',
      channel_auto_follow_threads: 'off',
      ...inChannel,
    },
  }
}

type Scene = Partial<Omit<NotificationInput, 'post' | 'members' | 'thread' | 'settings' | 'statusOf'>> & {
  post?: Partial<NotificationPost>
  members?: NotificationMember[] | ChannelKeywords
  thread?: Partial<NotificationThread>
  settings?: Partial<NotificationSettings>
  statuses?: Record<string, NotificationStatus>
}

/** A post by `author` in a public channel, everyone offline, ordinary settings; `scene` changes what matters. */
export function input(message: string, scene: Scene = {}): NotificationInput {
  const { post, members = [], thread, settings, statuses = {}, ...rest } = scene
  return {
    channel: { id: 'c1', type: 'O' },
    author: { useChannelMentions: true, useGroupMentions: true },
    groups: new Map(),
    ...rest,
    post: { userId: 'author', message, rootId: thread ? 'r1' : '', type: '', props: {}, ...post },
    members: Array.isArray(members) ? new ChannelKeywords([member('author'), ...members]) : members,
    thread: thread && {
      rootUserId: 'rooter',
      rootFromWebhook: false,
      participantIds: [],
      followers: [],
      rootMentions: [],
      ...thread,
    },
    settings: {
      maxNotificationsPerChannel: 1000,
      threadAutoFollow: true,
      collapsedThreads: 'default_off',
      ...settings,
    },
    statusOf: (userId) => statuses[userId] ?? { status: 'offline' },
  }
}
