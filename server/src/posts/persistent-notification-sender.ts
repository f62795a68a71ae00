import type { App } from '../app.ts'
import type { ChannelCore } from '../access/access.ts'
import { Periodic } from '../periodic.ts'
import { event } from '../realtime/events.ts'
import type { ServerEvent } from '../realtime/events.ts'
import { restricted, restrictedForm } from './channel-mentions.ts'
import { recipientsOf } from './persistent-notifications.ts'
import { countSent, endRepeating, findDueRepetitions } from './persistent-notifications.store.ts'
import type { Repetition } from './persistent-notifications.store.ts'
import type { Post } from './post.ts'
import { findPost } from './posts.store.ts'
import { preparePosts } from './prepare-posts.ts'
import { authorSession } from './system-post.ts'

const MINUTE = 60_000
const PAGE = 100

/**
 * Reminds people of urgent posts that mention them until one of them reacts, replies or acknowledges, or the server's
 * limit is reached. Each sending is counted in the transaction that says it: several processes do not send it twice.
 */
export class PersistentNotificationSender extends Periodic {
  protected readonly failure = 'persistent notifications were not sent'

  protected every(): number {
    return this.#interval / 2
  }

  get #interval(): number {
    return this.app.config.get().ServiceSettings.PersistentNotificationIntervalMinutes * MINUTE
  }

  protected async work(now: number): Promise<void> {
    const { PostPriority, AllowPersistentNotifications } = this.app.config.get().ServiceSettings
    if (!PostPriority || !AllowPersistentNotifications) return
    let last: Repetition | null = null
    for (;;) {
      const page: Repetition[] = await findDueRepetitions(this.app.db, now - this.#interval, last, PAGE)
      for (const due of page) {
        if (this.stopped) return
        await this.#repeat(due, now).catch((err: unknown) => {
          this.app.log.warn({ err, postId: due.postId }, 'a persistent notification was not sent')
        })
      }
      if (page.length < PAGE) return
      last = page.at(-1)!
    }
  }

  async #repeat(due: Repetition, now: number): Promise<void> {
    const app = this.app
    const post = await findPost(app.db, due.postId)
    const channel = post ? await app.access.channel(post.channel_id) : null
    const author = post ? await app.access.user(post.user_id) : null
    const most = app.config.get().ServiceSettings.PersistentNotificationMaxCount
    const isOver = due.sentCount >= most || !channel || channel.deleteAt > 0
    if (!post || !author || isOver) return endRepeating(app.db, [due.postId], now)
    const session = authorSession(author.id, author)
    const decision = await app.audiences.decide(post, channel, null, session)
    const events = await reminders(app, { post, channel, sender: author.username }, recipientsOf(channel, decision))
    const ends = due.sentCount + 1 >= most
    await app.unitOfWork.single(async (tx) => {
      if (!(await countSent(tx.db, due, now, ends))) return
      for (const reminder of events) tx.publish(reminder)
    })
  }
}

/** The event for each recipient. It has the form of `posted`, because clients show it as one. */
async function reminders(
  app: App,
  { post, channel, sender }: { post: Post; channel: ChannelCore; sender: string },
  userIds: readonly string[],
): Promise<ServerEvent[]> {
  const prepared = (await preparePosts(app, null, [post]))[0]!
  const form = restricted(await restrictedForm(app, prepared))
  const files = prepared.metadata.files ?? []
  const data = {
    channel_display_name: channel.type === 'D' ? `@${sender}` : channel.displayName,
    channel_name: channel.name,
    channel_type: channel.type,
    post: JSON.stringify(prepared),
    sender_name: `@${sender}`,
    team_id: channel.teamId,
    ...(files.length > 0 && { otherFile: 'true' }),
    ...(files.some((file) => file.mime_type.startsWith('image/')) && { image: 'true' }),
  }
  return userIds.map((userId) => {
    const to = { userId, channelId: channel.id, teamId: channel.teamId }
    return event('persistent_notification_triggered', to, { ...data, mentions: JSON.stringify([userId]) }, form)
  })
}
