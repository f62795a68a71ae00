import type { App } from '../app.ts'
import { event } from '../realtime/events.ts'
import type { Session } from '../sessions/session.ts'
import * as store from './acknowledgements.store.ts'
import { readablePost } from './post-access.ts'
import { stopRepeating } from './persistent-notifications.ts'
import { postChangeError } from './post-changes.errors.ts'
import { touchPost } from './post-history.store.ts'
import type { AcknowledgementRow } from './post-metadata.store.ts'
import type { Post } from './post.ts'

/** How long an acknowledgement can be taken back (ms). */
const UNDO_WITHIN = 5 * 60_000

/**
 * Says for `userId` that a post has been read and understood. Saying it again changes nothing. Throws 404 or 403 for a
 * post that the caller may not read, 403 in an archived channel.
 */
export async function acknowledgePost(
  app: App,
  session: Session,
  userId: string,
  postId: string,
): Promise<AcknowledgementRow> {
  const post = await readablePost(app, session, postId)
  await refuseArchived(app, post, 'api.acknowledgement.save.archived_channel.app_error')
  const acknowledged = await app.unitOfWork(async (tx) => {
    const at = Date.now()
    const row = { user_id: userId, post_id: postId, acknowledged_at: at, channel_id: post.channel_id, remote_id: '' }
    if (!(await store.insertAcknowledgement(tx.db, row))) {
      return (await store.findAcknowledgement(tx.db, postId, userId)) ?? row
    }
    await touchPost(tx.db, postId, at)
    tx.changed({ kind: 'channelPosts', channelId: post.channel_id, ids: [postId] })
    const acknowledgement = JSON.stringify(row)
    tx.publish(event('post_acknowledgement_added', { channelId: post.channel_id }, { acknowledgement }))
    return row
  })
  await stopRepeating(app, post, session)
  return acknowledged
}

/** Takes an acknowledgement back within five minutes. Throws as `acknowledgePost`, 404 for none, 403 when it is too late. */
export async function withdrawAcknowledgement(
  app: App,
  session: Session,
  userId: string,
  postId: string,
): Promise<void> {
  const post = await readablePost(app, session, postId)
  await refuseArchived(app, post, 'api.acknowledgement.delete.archived_channel.app_error')
  await app.unitOfWork(async (tx) => {
    const row = await store.findAcknowledgement(tx.db, postId, userId)
    if (!row) throw postChangeError('app.acknowledgement.get.app_error')
    const at = Date.now()
    if (at - row.acknowledged_at > UNDO_WITHIN) {
      throw postChangeError('api.acknowledgement.delete.deadline.app_error')
    }
    await store.withdraw(tx.db, postId, userId)
    await touchPost(tx.db, postId, at)
    tx.changed({ kind: 'channelPosts', channelId: post.channel_id, ids: [postId] })
    const acknowledgement = JSON.stringify({ ...row, acknowledged_at: 0 })
    tx.publish(event('post_acknowledgement_removed', { channelId: post.channel_id }, { acknowledgement }))
  })
}

async function refuseArchived(
  app: Pick<App, 'access'>,
  post: Post,
  error: Parameters<typeof postChangeError>[0],
): Promise<void> {
  const channel = await app.access.channel(post.channel_id)
  if (channel && channel.deleteAt > 0) throw postChangeError(error)
}
