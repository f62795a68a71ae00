import { Periodic } from '../periodic.ts'
import { event } from '../realtime/events.ts'
import { failOldPosts, findDuePosts } from './scheduled-posts.store.ts'
import { sendScheduledPost } from './send-scheduled-post.ts'

const EVERY = 5 * 60_000
const EVERY_IN_TESTS = 2_000
const PAGE = 100
/** After so long a stop nobody expects the post any more: its author decides anew. */
const TOO_OLD = 24 * 60 * 60_000

/** Sends scheduled posts when their time comes: every five minutes, aligned to the clock as clients show it. */
export class ScheduledPostSender extends Periodic {
  protected readonly failure = 'scheduled posts were not sent'

  protected every(): number {
    return this.app.config.get().ServiceSettings.EnableTesting ? EVERY_IN_TESTS : EVERY
  }

  protected async work(now: number): Promise<void> {
    const app = this.app
    if (!app.config.get().ServiceSettings.ScheduledPosts) return
    await app.unitOfWork(async (tx) => {
      for (const post of await failOldPosts(tx.db, now - TOO_OLD, 'unable_to_send', now)) {
        tx.publish(event('scheduled_post_updated', { userId: post.user_id }, { scheduledPost: JSON.stringify(post) }))
      }
    })
    let last: { scheduled_at: number; id: string } | null = null
    for (;;) {
      const range = { from: now - TOO_OLD, until: now }
      const page = await findDuePosts(app.db, range, last, PAGE)
      for (const post of page) {
        if (this.stopped) return
        await sendScheduledPost(app, post.id, now)
      }
      if (page.length < PAGE) return
      last = page.at(-1)!
    }
  }
}
