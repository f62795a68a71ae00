import type { App } from '../app.ts'
import type { ChannelCore } from '../access/access.ts'
import type { NotificationDecision } from '../notifications/decide.ts'
import type { Session } from '../sessions/session.ts'
import type { Announcement } from './announce-post.ts'
import { endRepeating, isRepeating } from './persistent-notifications.store.ts'
import type { Post } from './post.ts'
import { postError } from './posts.errors.ts'

/**
 * Throws unless the author of a post may have its notification repeated: 403 where the server forbids it (to guests),
 * 400 when nobody or too many are mentioned. In a direct channel the other person is always meant.
 */
export function checkRepeating(
  app: Pick<App, 'config'>,
  { session, channel, post }: Announcement,
  decision: NotificationDecision,
): void {
  if (!post.metadata.priority?.persistent_notifications) return
  if (!mayRepeat(app, session)) {
    throw postError('api.post.post_priority.priority_post_not_allowed_for_user.request_error')
  }
  if (channel.type === 'D') return
  const count = recipientsOf(channel, decision).length
  const most = app.config.get().ServiceSettings.PersistentNotificationMaxRecipients
  if (count === 0) throw postError('api.post.post_priority.min_recipients_persistent_notification_post.request_error')
  if (count > most) {
    const params = { MaxRecipients: most }
    throw postError('api.post.post_priority.max_recipients_persistent_notification_post.request_error', params)
  }
}

/** Who is reminded again and again: people and groups named in the post; `@channel` and its like do not count. */
export function recipientsOf(channel: Pick<ChannelCore, 'type'>, decision: NotificationDecision): string[] {
  if (channel.type === 'D') return [...decision.mentions.keys()]
  const named = [...decision.mentions].filter(([, kind]) => kind === 'keyword' || kind === 'group')
  return named.map(([userId]) => userId)
}

/**
 * Ends the repetition of a post's notification for everyone, if the one who acknowledged it, reacted or replied is
 * among those it is repeated for. One look-up by key for posts that do not repeat.
 */
export async function stopRepeating(
  app: Pick<App, 'access' | 'audiences' | 'config' | 'db'>,
  post: Post,
  session: Session,
): Promise<void> {
  const { PostPriority, AllowPersistentNotifications } = app.config.get().ServiceSettings
  if (!PostPriority || !AllowPersistentNotifications || post.root_id || post.user_id === session.userId) return
  if (!mayRepeat(app, session) || !(await isRepeating(app.db, post.id))) return
  const channel = await app.access.channel(post.channel_id)
  if (!channel) return
  const decision = await app.audiences.decide(post, channel, null)
  if (recipientsOf(channel, decision).includes(session.userId)) await endRepeating(app.db, [post.id], Date.now())
}

function mayRepeat(app: Pick<App, 'config'>, session: Pick<Session, 'isGuest'>): boolean {
  const { AllowPersistentNotifications, AllowPersistentNotificationsForGuests } = app.config.get().ServiceSettings
  return AllowPersistentNotifications && (!session.isGuest || AllowPersistentNotificationsForGuests)
}
