import { openDirectChannel } from '../channels/open-direct.ts'
import { newId } from '../ids.ts'
import { Periodic } from '../periodic.ts'
import { announcePost } from '../posts/announce-post.ts'
import { readablePost } from '../posts/post-access.ts'
import { newPost } from '../posts/post.ts'
import type { Post } from '../posts/post.ts'
import { authorSession } from '../posts/system-post.ts'
import { LOCAL_SESSION } from '../sessions/session.ts'
import { findDue, takeReminder } from './reminders.store.ts'
import type { Reminder } from './reminders.store.ts'
import { reminderText } from './reminders.texts.ts'
import { aboutPost } from './set-reminder.ts'
import { systemBot } from './system-bot.ts'

/** Checks happen every five minutes of the clock (behaviours of the reference, "Reminders"). */
const INTERVAL = 5 * 60_000
const AT_ONCE = 100

/** Another process sent the reminder in the meantime, or its user changed the time. */
class GoneError extends Error {}

/**
 * Sends due reminders as direct messages of the system bot. A reminder and its message are one transaction: it is
 * neither lost nor sent twice, also with several processes. A post that is gone, or that its user may no longer read,
 * is not reminded of.
 */
export class ReminderSender extends Periodic {
  protected readonly failure = 'reminders could not be read; trying again later'

  protected every(): number {
    return INTERVAL
  }

  /** Sends what is due at `now` (ms). One that fails is logged and tried again with the next check. */
  protected async work(now: number): Promise<void> {
    for (;;) {
      const due = await findDue(this.app.db, Math.floor(now / 1000), AT_ONCE)
      let sent = 0
      for (const reminder of due) if (await this.#trySend(reminder)) sent++
      if (this.stopped) return
      if (sent === 0 || due.length < AT_ONCE) return
    }
  }

  async #trySend(reminder: Reminder): Promise<boolean> {
    try {
      await this.#send(reminder)
      return true
    } catch (err) {
      if (err instanceof GoneError) return true
      this.app.log.warn({ err, postId: reminder.postId }, 'a reminder could not be sent; trying again later')
      return false
    }
  }

  async #send(reminder: Reminder): Promise<void> {
    const app = this.app
    const user = await app.access.user(reminder.userId)
    const reader = authorSession(reminder.userId, user)
    const post = user && user.deleteAt === 0 ? await readablePost(app, reader, reminder.postId).catch(() => null) : null
    if (!user || !post) {
      await app.unitOfWork((tx) => takeReminder(tx.db, reminder))
      return
    }
    const bot = await systemBot(app)
    const channel = await openDirectChannel(app, LOCAL_SESSION, [bot.id, reminder.userId])
    const core = await app.access.channel(channel.id)
    if (!core) throw new Error(`the direct channel ${channel.id} is gone`)
    const message = await this.#message(post, bot.id, channel.id, user.locale)
    const session = authorSession(bot.id, bot)
    const write = await announcePost(app, { session, channel: core, post: message, root: null })
    const also: typeof write.also = async (db) => {
      if (!(await takeReminder(db, reminder))) throw new GoneError()
      return write.also?.(db)
    }
    await app.postWriter.write({ ...write, also })
  }

  async #message(post: Post, botId: string, channelId: string, locale: string): Promise<Post> {
    const about = await aboutPost(this.app, post)
    const site = this.app.config.get().ServiceSettings.SiteURL.replace(/\/+$/, '')
    const link = `${site}/${about.team_name}/pl/${post.id}`
    return newPost({
      id: newId(),
      user_id: botId,
      channel_id: channelId,
      type: 'reminder',
      message: reminderText('due', locale, { username: about.username, link }),
      props: { ...about, from_bot: 'true' },
    })
  }
}
