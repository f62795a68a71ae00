import type { App } from '../app.ts'
import { event } from '../realtime/events.ts'
import type { ServerEvent } from '../realtime/events.ts'
import type { Post } from '../posts/post.ts'
import { readablePost } from '../posts/post-access.ts'
import type { Session } from '../sessions/session.ts'
import { permittedThread, permittedThreads } from './thread-access.ts'
import { threadViews } from './thread-view.ts'
import type { ThreadView } from './thread-view.ts'
import { threadError } from './threads.errors.ts'
import { findFollowedThread, findRepliesAfter, markAllRead, saveMembership } from './threads.store.ts'
import type { ThreadRow } from './threads.store.ts'

export interface ThreadOfUser {
  readonly userId: string
  readonly teamId: string
  readonly rootId: string
}

/** One thread that the user follows. Throws 404 when he does not, and while nobody has replied. */
export async function readThread(
  app: App,
  session: Session,
  { userId, rootId }: ThreadOfUser,
  extended: boolean,
): Promise<ThreadView> {
  await permittedThread(app, session, userId, rootId)
  const thread = await findFollowedThread(app.db, userId, rootId)
  if (!thread) throw threadError('app.user.get_thread_membership_for_user.not_found')
  if (thread.replyCount === 0) throw threadError('app.user.get_threads_for_user.not_found')
  return (await threadViews(app, session, [thread], extended))[0]!
}

/** The thread has been read up to `at` (ms); what is newer counts as unread, mentions included. */
export async function markThreadRead(app: App, session: Session, which: ThreadOfUser, at: number): Promise<ThreadView> {
  const root = await permittedThread(app, session, which.userId, which.rootId)
  const before = await findFollowedThread(app.db, which.userId, which.rootId)
  if (!before) throw threadError('app.user.get_thread_membership_for_user.not_found')
  const unreadMentions = await countMentionsAfter(app, root, which.userId, at)
  const read = await app.unitOfWork(async (tx) => {
    await saveMembership(tx.db, which.userId, which.rootId, { lastViewed: at, unreadMentions }, Date.now())
    const after = (await findFollowedThread(tx.db, which.userId, which.rootId))!
    tx.publish(readChanged(which, root, at, before, after))
    return after
  })
  return (await threadViews(app, session, [read], true))[0]!
}

/** The thread is unread from one of its posts on. A thread that was not followed is followed from then on. */
export async function markThreadUnread(
  app: App,
  session: Session,
  which: ThreadOfUser,
  postId: string,
): Promise<ThreadView> {
  await permittedThread(app, session, which.userId, which.rootId)
  const post = await readablePost(app, session, postId)
  if (post.id !== which.rootId && post.root_id !== which.rootId) {
    throw threadError('app.user.get_threads_for_user.not_found')
  }
  if (!(await findFollowedThread(app.db, which.userId, which.rootId))) {
    await app.unitOfWork((tx) => saveMembership(tx.db, which.userId, which.rootId, { following: true }, Date.now()))
  }
  return markThreadRead(app, session, which, post.create_at - 1)
}

/** Every thread of a team, and of direct messages, has been read. */
export async function markThreadsRead(app: App, session: Session, userId: string, teamId: string): Promise<void> {
  await permittedThreads(app, session, userId, teamId)
  await app.unitOfWork(async (tx) => {
    await markAllRead(tx.db, { userId, teamId, excludeDirect: false, deleted: true }, Date.now())
    tx.publish(event('thread_read_changed', { teamId, userId }, {}))
  })
}

function readChanged(
  { userId, teamId, rootId }: ThreadOfUser,
  root: Post,
  timestamp: number,
  before: ThreadRow,
  after: ThreadRow,
): ServerEvent {
  const data = {
    thread_id: rootId,
    timestamp,
    unread_mentions: after.unreadMentions,
    unread_replies: after.unreadReplies,
    previous_unread_mentions: before.unreadMentions,
    previous_unread_replies: before.unreadReplies,
    channel_id: root.channel_id,
  }
  return event('thread_read_changed', { teamId, userId }, data)
}

/** How many replies after `at` mention the user; all do in direct and group channels, as when they were written. */
async function countMentionsAfter(app: App, root: Post, userId: string, at: number): Promise<number> {
  const channel = await app.access.channel(root.channel_id)
  const all = channel?.type === 'D' || channel?.type === 'G'
  const replies = await findRepliesAfter(app.db, root.id, at)
  let mentions = 0
  for (const reply of replies) {
    if (reply.userId === userId || !channel) continue
    const post = { ...root, user_id: reply.userId, message: reply.message, props: reply.props, type: reply.type }
    if (all || (await app.audiences.explicitlyMentions(post, channel, userId))) mentions++
  }
  return mentions
}
