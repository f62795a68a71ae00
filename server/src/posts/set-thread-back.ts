import type { Queries } from '../database/pool.ts'
import { event } from '../realtime/events.ts'
import type { Audience, ServerEvent } from '../realtime/events.ts'
import { restrictedForm } from './channel-mentions.ts'
import { withMetadata } from './complete-post.ts'
import { findPost } from './posts.store.ts'
import type { PrepareParts } from './prepare-posts.ts'
import { setMembershipBack } from './set-thread-back.store.ts'
import type { ThreadState } from './set-thread-back.store.ts'
import type { Post } from './post.ts'
import { participantsOf } from './thread-participants.ts'

export interface ThreadSetBack {
  readonly root: Post
  readonly reply: Post
  readonly unreadMentions: number
  readonly state: ThreadState
}

/** Makes a thread unread from one of its replies on, and followed. Null when its root is gone. */
export async function setThreadBack(
  db: Queries,
  reply: Post,
  userId: string,
  unreadMentions: number,
): Promise<ThreadSetBack | null> {
  const root = await findPost(db, reply.root_id)
  if (!root) return null
  return { root, reply, unreadMentions, state: await setMembershipBack(db, reply, userId, unreadMentions) }
}

/** The event for a person who collapses threads: the thread as clients know it, with what he may read of its root. */
export async function threadSetBackEvent(
  app: PrepareParts,
  db: Queries,
  { root, reply, unreadMentions, state }: ThreadSetBack,
  to: Audience,
): Promise<ServerEvent> {
  const prepared = await withMetadata(app, db, root, state.marked)
  const participants = await participantsOf(app, state.participantIds, true)
  const shown = (post: Post) =>
    JSON.stringify({
      id: root.id,
      reply_count: state.replyCount,
      last_reply_at: state.lastReplyAt,
      last_viewed_at: reply.create_at - 1,
      participants,
      post: { ...post, reply_count: state.replyCount, is_following: true },
      unread_replies: state.unreadReplies,
      unread_mentions: unreadMentions,
      is_urgent: state.isUrgent,
      delete_at: 0,
    })
  const form = await restrictedForm({ access: app.access, db }, prepared)
  const restricted = form && { channelIds: form.channelIds, data: { thread: shown(form.post) } }
  return event('thread_updated', to, { thread: shown(prepared) }, restricted && { restricted })
}
