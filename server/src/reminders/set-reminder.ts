import type { App } from '../app.ts'
import type { UserCore } from '../access/access.ts'
import { invalidBody } from '../http/errors.ts'
import { ephemeralMessage, ephemeralPost } from '../posts/ephemeral-post.ts'
import { readablePost } from '../posts/post-access.ts'
import type { Post } from '../posts/post.ts'
import type { Session } from '../sessions/session.ts'
import { saveReminder } from './reminders.store.ts'
import { reminderText } from './reminders.texts.ts'

/** The last second that JavaScript's dates know. */
const MAX_TIME = 8.64e12

/**
 * Reminds a user of a post at a time (seconds); a second reminder of the same post replaces the first. He sees a note
 * that it is set. Throws 404 or 403 for a post that the caller may not read, 400 for an impossible time.
 */
export async function setReminder(
  app: App,
  session: Session,
  userId: string,
  postId: string,
  targetTime: number,
): Promise<void> {
  if (targetTime <= 0 || targetTime > MAX_TIME) throw invalidBody('target_time')
  const post = await readablePost(app, session, postId)
  const about = await aboutPost(app, post)
  const user = await app.access.user(userId)
  const time = timeFor(user, targetTime)
  const note = ephemeralPost({
    authorId: userId,
    channelId: post.channel_id,
    rootId: post.root_id,
    message: reminderText('confirmed', user?.locale ?? 'en', { username: about.username, time }),
    props: { target_time: targetTime, type: 'reminder', ...about },
  })
  await app.unitOfWork(async (tx) => {
    await saveReminder(tx.db, { userId, postId, targetTime })
    tx.publish(ephemeralMessage(userId, note))
  })
}

/** What clients need to show a post in a reminder. Direct channels have no team: `_redirect` lets the client find one. */
export async function aboutPost(
  app: Pick<App, 'access'>,
  post: Post,
): Promise<{ team_name: string; post_id: string; username: string }> {
  const channel = await app.access.channel(post.channel_id)
  const team = channel?.teamId ? await app.access.team(channel.teamId) : null
  const author = await app.access.user(post.user_id)
  return { team_name: team?.name ?? '_redirect', post_id: post.id, username: author?.username ?? '' }
}

function timeFor(user: UserCore | null, seconds: number): string {
  const { useAutomaticTimezone, automaticTimezone, manualTimezone } = user?.timezone ?? {}
  const timeZone = (useAutomaticTimezone === 'false' ? manualTimezone : automaticTimezone) || 'UTC'
  const at = new Date(seconds * 1000)
  try {
    const options = { dateStyle: 'medium', timeStyle: 'short', timeZone } as const
    return new Intl.DateTimeFormat(user?.locale || 'en', options).format(at)
  } catch {
    // Locale and time zone are what clients once sent.
    return at.toISOString()
  }
}
