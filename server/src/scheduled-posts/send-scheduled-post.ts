import type { App } from '../app.ts'
import type { Queries } from '../database/pool.ts'
import { attachableFiles } from '../files/attach-files.ts'
import { AppError } from '../http/errors.ts'
import { createPost } from '../posts/create-post.ts'
import type { PostDraft } from '../posts/posts.schemas.ts'
import { postableChannel, rootOfReply } from '../posts/post-access.ts'
import { authorSession } from '../posts/system-post.ts'
import { event } from '../realtime/events.ts'
import type { Session } from '../sessions/session.ts'
import type { ScheduledPost, SendError } from './scheduled-post.ts'
import { failScheduledPost, findScheduledPost, shareTeam, takeScheduledPost } from './scheduled-posts.store.ts'

/** Thrown inside the post's transaction: somebody else has sent it, or its author deleted or changed it meanwhile. */
const GONE = new Error('the scheduled post is gone')

/**
 * Sends a post whose time has come at `now` (ms), in its author's name and with his rights of now. It is taken off the
 * list in the transaction that writes the post, so that it is sent once, whatever crashes. What stands in the way is kept
 * with it. Its author may have changed it while others were sent: what he wants last counts.
 */
export async function sendScheduledPost(app: App, id: string, now: number): Promise<void> {
  const post = await findScheduledPost(app.db, id)
  if (!post || post.scheduled_at > now || post.error_code !== '') return
  let error: SendError | null
  try {
    error = await whyNot(app, post)
    if (!error) return await send(app, post)
  } catch (thrown) {
    if (thrown === GONE) return
    error = errorCodeOf(thrown)
    if (error === 'unknown') app.log.error({ err: thrown, scheduledPost: post.id }, 'a scheduled post was not sent')
  }
  const at = Date.now()
  const failed: ScheduledPost = { ...post, update_at: at, processed_at: at, error_code: error }
  await app.unitOfWork(async (tx) => {
    if (!(await failScheduledPost(tx.db, post, error, at))) return
    tx.publish(event('scheduled_post_updated', { userId: post.user_id }, { scheduledPost: JSON.stringify(failed) }))
  })
}

async function send(app: App, post: ScheduledPost): Promise<void> {
  const session = await authorOf(app, post)
  const also = async (db: Queries) => {
    if (!(await takeScheduledPost(db, post))) throw GONE
    const scheduledPost = JSON.stringify(post)
    return [event('scheduled_post_deleted', { userId: post.user_id }, { scheduledPost })]
  }
  await createPost(app, session, draftOf(post), { together: { also }, setOnline: false })
}

const authorOf = async (app: App, post: ScheduledPost): Promise<Session> =>
  authorSession(post.user_id, await app.access.user(post.user_id))

function draftOf(post: ScheduledPost): PostDraft {
  const { priority, requested_ack, persistent_notifications } = post.priority ?? {}
  const flag = (value: unknown) => (typeof value === 'boolean' ? value : null)
  const asked = {
    priority: typeof priority === 'string' ? priority : '',
    requested_ack: flag(requested_ack),
    persistent_notifications: flag(persistent_notifications),
  }
  return {
    channel_id: post.channel_id,
    root_id: post.root_id,
    message: post.message,
    props: { ...post.props },
    file_ids: [...(post.file_ids ?? [])],
    ...(post.priority && { metadata: { priority: asked } }),
  }
}

/** What has changed since the post was scheduled that forbids it now; null when nothing has. */
async function whyNot(app: App, post: ScheduledPost): Promise<SendError | null> {
  const { access } = app
  const user = await access.user(post.user_id)
  if (!user) return 'user_missing'
  if (user.deleteAt > 0) return 'user_deleted'
  const channel = await access.channel(post.channel_id)
  if (!channel) return 'channel_not_found'
  if (channel.deleteAt > 0) return 'channel_archived'
  if (!(await access.channelMember(channel.id, user.id))) return 'no_channel_member'
  const session = authorSession(user.id, user)
  if (!(await access.canInChannel(session, channel.id, 'create_post'))) return 'no_channel_permission'
  if (channel.type === 'D' && (await outOfReach(app, channel.name, user.id))) return 'restricted_dm'
  const permitted = await postableChannel(app, session, channel.id)
  const rootGone = await rootOfReply(app, permitted, post.root_id).then(
    () => false,
    () => true,
  )
  if (rootGone) return 'thread_deleted'
  if (post.message !== '') return null
  // Its files may have gone out with another post: nothing is left to say.
  const files = await attachableFiles(app, session, channel.id, post.file_ids ?? [])
  return files.length === 0 ? 'invalid_post' : null
}

/** Servers can limit direct messages to people of a common team. */
async function outOfReach(app: App, channelName: string, userId: string): Promise<boolean> {
  if (app.config.get().TeamSettings.RestrictDirectMessage !== 'team') return false
  const otherId = channelName.split('__').find((id) => id !== userId)
  if (!otherId || (await app.access.user(otherId))?.isBot) return false
  return !(await shareTeam(app.db, userId, otherId))
}

function errorCodeOf(thrown: unknown): SendError {
  if (!(thrown instanceof AppError) || thrown.status >= 500) return 'unknown'
  return thrown.status === 403 ? 'no_channel_permission' : 'invalid_post'
}
