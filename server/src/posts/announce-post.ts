import type { App } from '../app.ts'
import type { ChannelCore } from '../access/access.ts'
import type { Queries } from '../database/pool.ts'
import type { NotificationDecision } from '../notifications/decide.ts'
import { event } from '../realtime/events.ts'
import type { ServerEvent } from '../realtime/events.ts'
import type { Session } from '../sessions/session.ts'
import { writeReply } from '../threads/reply-effects.ts'
import { restricted, restrictedForm } from './channel-mentions.ts'
import type { RestrictedForm } from './channel-mentions.ts'
import { completePost, isComplete } from './complete-post.ts'
import { isSystemPost } from './post.ts'
import type { Post } from './post.ts'
import type { PostWrite } from './post-writer.ts'

export interface Announcement {
  readonly session: Session
  readonly channel: ChannelCore
  readonly post: Post
  readonly root: Post | null
  /** false: the post came from a program, and its author is not there (`set_online` of the event); true if not given */
  readonly setOnline?: boolean
}

/** What is written for a post, with what was found out about its readers. */
export interface AnnouncedPost extends PostWrite {
  readonly decision: NotificationDecision
}

/** Works out who is to be told what of a new post, and what else has to be written with it. */
export async function announcePost(app: App, announcement: Announcement): Promise<AnnouncedPost> {
  const { session, channel, post, root } = announcement
  const decision = await app.audiences.decide(post, channel, root, session)
  const urgent = post.metadata.priority?.priority === 'urgent'
  const authorViews = await viewsChannel(app, post)
  const write = {
    decision,
    post,
    authorViews,
    mentions: [...decision.mentions.keys()].map((userId) => ({ userId, urgent })),
  }
  const sender = await app.access.user(post.user_id)
  const said = async (db: Queries) => {
    const form = await restrictedForm({ access: app.access, db }, post)
    return saidOf(app, announcement, { decision, form, sender: `@${sender?.username ?? ''}` })
  }
  const viewed = authorViews ? viewedEvents(app, post) : []
  if (!root && isComplete(post)) return { ...write, events: [await said(app.db), ...viewed] }
  const also = async (db: Queries) => {
    await completePost(app, db, post)
    const threadEvents = root ? await writeReply(app, db, { post, root, channel, decision }) : []
    return [await said(db), ...threadEvents, ...viewed]
  }
  return { ...write, also, events: [] }
}

/** Writing means having read the channel, except for machines, system messages and replies in collapsed threads. */
async function viewsChannel(app: Pick<App, 'audiences'>, post: Post): Promise<boolean> {
  if (isSystemPost(post) || post.props.from_webhook === 'true' || post.props.from_bot === 'true') return false
  if (post.root_id === '') return true
  const members = await app.audiences.membersOf(post.channel_id)
  return !members.member(post.user_id)?.collapsedThreads
}

function viewedEvents(app: Pick<App, 'config'>, post: Post): ServerEvent[] {
  if (!app.config.get().ServiceSettings.EnableChannelViewedMessages) return []
  const channel_times = { [post.channel_id]: post.create_at }
  return [event('multiple_channels_viewed', { userId: post.user_id }, { channel_times })]
}

/** The `posted` event. Single recipients learn from it that they are mentioned, or follow the thread. */
function saidOf(
  app: Pick<App, 'hub'>,
  { channel, post, setOnline = true }: Announcement,
  { decision, form, sender }: { decision: NotificationDecision; form: RestrictedForm | undefined; sender: string },
): ServerEvent {
  const files = post.metadata.files ?? []
  const channelName = channel.type === 'D' ? sender : channel.displayName
  return event(
    'posted',
    { channelId: channel.id },
    {
      channel_display_name: channelName,
      channel_name: channel.name,
      channel_type: channel.type,
      post: JSON.stringify(post),
      sender_name: sender,
      set_online: setOnline,
      team_id: channel.teamId,
      ...(files.length > 0 && { otherFile: 'true' }),
      ...(files.some((file) => file.mime_type.startsWith('image/')) && { image: 'true' }),
    },
    { perUser: perUser(app, channel, decision), ...restricted(form) },
  )
}

const ACK_ONLY = { should_ack: true } as const

function perUser(app: Pick<App, 'hub'>, channel: ChannelCore, decision: NotificationDecision): Record<string, object> {
  const own: Record<string, object> = {}
  for (const userId of app.hub.acknowledgingUsers(channel.id)) {
    if (decision.desktopShouldAck(userId)) own[userId] = ACK_ONLY
  }
  for (const userId of decision.mentions.keys()) own[userId] = { ...own[userId], mentions: JSON.stringify([userId]) }
  for (const userId of decision.notifyFollowers.desktop) {
    own[userId] = { ...own[userId], followers: JSON.stringify([userId]) }
  }
  return own
}
