import type { App } from '../app.ts'
import { noPermission } from '../http/errors.ts'
import { event } from '../realtime/events.ts'
import type { Tx } from '../database/unit-of-work.ts'
import type { Session } from '../sessions/session.ts'
import * as store from './delete-post.store.ts'
import { lockPost } from './post-history.store.ts'
import { postChangeError } from './post-changes.errors.ts'
import { postError } from './posts.errors.ts'
import { findAnyPost, findPost } from './posts.store.ts'
import { withRoot } from './post.ts'
import type { Post } from './post.ts'

/**
 * Deletes a post, and with a root its replies. The rows stay, marked as deleted; counters do not go down. Throws 404 for
 * a missing post, 403 without the right to delete it, 400 in an archived channel.
 */
export async function deletePost(app: App, session: Session, postId: string): Promise<void> {
  const post = await findPost(app.db, postId)
  if (!post) throw postError('app.post.get.app_error')
  await checkMayDelete(app, session, post)
  await app.unitOfWork(async (tx) => {
    const locked = await lockPost(tx.db, postId)
    if (!locked) return
    const at = Math.max(Date.now(), locked.update_at + 1)
    const ids = await store.markDeleted(tx.db, locked, session.userId, at)
    await store.deleteFiles(tx.db, ids, at)
    if (locked.root_id) await store.recountThread(tx.db, locked, at)
    else await store.closeThread(tx.db, postId, at)
    await forget(tx, locked, ids)
    tx.changed({ kind: 'posts', ids })
    tx.changed({ kind: 'channelPosts', channelId: locked.channel_id, ids: [...ids, ...withRoot(locked)] })
    announce(tx, { ...locked, delete_at: at, update_at: at }, session.userId)
  })
}

async function checkMayDelete(app: Pick<App, 'access'>, session: Session, post: Post): Promise<void> {
  const permission = post.user_id === session.userId ? 'delete_post' : 'delete_others_posts'
  if (!(await app.access.canInChannel(session, post.channel_id, permission))) throw noPermission(permission)
  const channel = await app.access.channel(post.channel_id)
  if (channel && channel.deleteAt > 0) {
    throw postChangeError('api.post.delete_post.can_not_delete_post_in_deleted.error')
  }
}

/**
 * Removes a post for good, deleted or not, with its replies, versions and files. Throws 501 unless
 * ServiceSettings.EnableAPIPostDeletion is on, 403 for all but system administrators, 404 for a missing post.
 */
export async function erasePost(app: App, session: Session, postId: string): Promise<void> {
  if (!app.config.get().ServiceSettings.EnableAPIPostDeletion) {
    throw postChangeError('api.post.delete_post.not_enabled.app_error')
  }
  if (!app.access.can(session, 'manage_system')) throw noPermission('manage_system')
  const post = await findAnyPost(app.db, postId)
  if (!post) throw postError('app.post.get.app_error')
  await app.unitOfWork(async (tx) => {
    const ids = await store.findWhole(tx.db, postId)
    await forget(tx, post, ids)
    const paths = await store.eraseRows(tx.db, ids)
    tx.changed({ kind: 'posts', ids })
    tx.changed({ kind: 'channelPosts', channelId: post.channel_id, ids: [...ids, ...withRoot(post)] })
    if (post.root_id) await store.recountThread(tx.db, post, Date.now())
    if (post.delete_at === 0) announce(tx, { ...post, delete_at: Date.now() }, session.userId)
    // The rows are gone: bytes that cannot be removed now are only lost space.
    tx.afterCommit(() => {
      for (const path of paths) app.files.remove(path).catch((err) => app.log.warn({ err, path }, 'a file stays'))
    })
  })
}

/** Drops what points at deleted posts: drafts of replies, reminders, saved-post marks, repeated notifications. */
async function forget(tx: Tx, post: Post, ids: readonly string[]): Promise<void> {
  await store.deletePointers(tx.db, ids, Date.now())
  if (!post.root_id) await store.deleteDrafts(tx.db, post.id)
  const userIds = await store.deleteSavedMarks(tx.db, ids)
  for (const userId of userIds) tx.changed({ kind: 'preferences', userId })
}

/** Two forms of one event: only administrators learn who deleted the post. */
function announce(tx: Tx, { props, ...post }: Post, deletedBy: string): void {
  const { deleteBy: _by, ...own } = props
  const json = JSON.stringify({ ...post, props: own })
  const to = { channelId: post.channel_id }
  tx.publish(event('post_deleted', { ...to, sanitized: true }, { post: json }))
  tx.publish(event('post_deleted', { ...to, sensitive: true }, { post: json, delete_by: deletedBy }))
}
