import type { App } from '../app.ts'
import type { Tx } from '../database/unit-of-work.ts'
import { checkedFields, withFiles } from '../drafts/draft-fields.ts'
import type { DraftFields, SentFields } from '../drafts/draft-fields.ts'
import { attachableFiles } from '../files/attach-files.ts'
import { newId } from '../ids.ts'
import { postableChannel, rootOfReply } from '../posts/post-access.ts'
import { event } from '../realtime/events.ts'
import type { Session } from '../sessions/session.ts'
import type { ScheduledPost, SentNewPost, SentPost } from './scheduled-post.ts'
import { scheduledPostError } from './scheduled-posts.errors.ts'
import {
  deleteScheduledPost,
  findScheduledPost,
  insertScheduledPost,
  updateScheduledPost,
} from './scheduled-posts.store.ts'

/** Clients' clocks differ a little: so far in the past still counts as now. */
const LATE_BY = 5_000

/**
 * Keeps a post until its time. The same rules hold as for a post of now: 403 without the right to post (or to upload,
 * with files), 400 in an archived channel, for a reply to nothing, an empty post or a time that has passed.
 */
export async function schedulePost(
  app: App,
  session: Session,
  sent: SentNewPost,
  connectionId: string,
): Promise<ScheduledPost> {
  checkSwitchedOn(app)
  const channel = await postableChannel(app, session, sent.channel_id)
  const root = await rootOfReply(app, channel, sent.root_id ?? '')
  const now = Date.now()
  const post: ScheduledPost = {
    id: newId(),
    create_at: now,
    update_at: now,
    delete_at: 0,
    user_id: session.userId,
    channel_id: channel.id,
    root_id: root?.id ?? '',
    type: '',
    scheduled_at: checkedTime(sent.scheduled_at, now),
    processed_at: 0,
    error_code: '',
    ...(await ownFields(app, session, channel.id, sent)),
  }
  return app.unitOfWork(async (tx) => {
    await insertScheduledPost(tx.db, post)
    return announce(tx, 'scheduled_post_created', post, connectionId)
  })
}

/** Changes what is to be sent and when; its place stays. One that has failed gets another chance. */
export async function changeScheduledPost(
  app: App,
  session: Session,
  id: string,
  sent: SentPost,
  connectionId: string,
): Promise<ScheduledPost> {
  checkSwitchedOn(app)
  const before = await findScheduledPost(app.db, id)
  if (!before || sent.id !== id) throw scheduledPostError('app.update_scheduled_post.existing_scheduled_post.not_exist')
  if (before.user_id !== session.userId) throw scheduledPostError('app.update_scheduled_post.update_permission.error')
  const channel = await postableChannel(app, session, before.channel_id)
  const { message: _, props: __, file_ids: ___, priority: ____, ...place } = before
  const now = Date.now()
  const post: ScheduledPost = {
    ...place,
    update_at: now,
    scheduled_at: checkedTime(sent.scheduled_at, now),
    processed_at: 0,
    error_code: '',
    ...(await ownFields(app, session, channel.id, sent)),
  }
  return app.unitOfWork(async (tx) => {
    const found = await updateScheduledPost(tx.db, post)
    if (!found) throw scheduledPostError('app.update_scheduled_post.existing_scheduled_post.not_exist')
    return announce(tx, 'scheduled_post_updated', post, connectionId)
  })
}

/** Takes a scheduled post back. Throws 404 when it is gone (it may just have been sent), 403 for those of others. */
export async function unschedulePost(
  app: App,
  session: Session,
  id: string,
  connectionId: string,
): Promise<ScheduledPost> {
  checkSwitchedOn(app)
  const post = await findScheduledPost(app.db, id)
  if (!post) throw scheduledPostError('app.delete_scheduled_post.existing_scheduled_post.not_exist')
  if (post.user_id !== session.userId) throw scheduledPostError('app.delete_scheduled_post.delete_permission.error')
  return app.unitOfWork(async (tx) => {
    const found = await deleteScheduledPost(tx.db, id)
    if (!found) throw scheduledPostError('app.delete_scheduled_post.existing_scheduled_post.not_exist')
    return announce(tx, 'scheduled_post_deleted', post, connectionId)
  })
}

/** Throws 400 while scheduled posts are switched off. */
export function checkSwitchedOn(app: Pick<App, 'config'>): void {
  if (!app.config.get().ServiceSettings.ScheduledPosts) throw scheduledPostError('api.scheduled_posts.feature_disabled')
}

function checkedTime(time: number, now: number): number {
  const tooLate = !Number.isSafeInteger(time) || time < now - LATE_BY
  if (tooLate) throw scheduledPostError('model.scheduled_post.is_valid.scheduled_at.app_error')
  return time
}

async function ownFields(app: App, session: Session, channelId: string, sent: SentFields): Promise<DraftFields> {
  const { file_ids: asked, ...fields } = checkedFields(app, sent)
  const fileIds = await attachableFiles(app, session, channelId, asked ?? [])
  if (fields.message === '' && fileIds.length === 0) {
    throw scheduledPostError('model.scheduled_post.is_valid.empty_post.app_error')
  }
  return fileIds.length > 0 ? { ...fields, file_ids: fileIds } : fields
}

async function announce(
  tx: Tx,
  name: 'scheduled_post_created' | 'scheduled_post_updated' | 'scheduled_post_deleted',
  post: ScheduledPost,
  connectionId: string,
): Promise<ScheduledPost> {
  const [full] = await withFiles(tx.db, [post])
  const to = { userId: post.user_id, omitConnectionId: connectionId }
  tx.publish(event(name, to, { scheduledPost: JSON.stringify(full) }))
  return full!
}
