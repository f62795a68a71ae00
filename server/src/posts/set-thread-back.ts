import type { App } from '../app.ts'
import type { Queries } from '../database/pool.ts'
import { findPost } from './posts.store.ts'
import { setMembershipBack } from './set-thread-back.store.ts'
import type { Post } from './post.ts'
import { participantsOf } from './thread-participants.ts'

/**
 * Makes a thread unread from one of its replies on, and followed. Answers the thread as clients know it, for the event;
 * null when its root is gone.
 */
export async function setThreadBack(
  app: Pick<App, 'access' | 'config'>,
  db: Queries,
  reply: Post,
  userId: string,
  unreadMentions: number,
): Promise<object | null> {
  const root = await findPost(db, reply.root_id)
  if (!root) return null
  const state = await setMembershipBack(db, reply, userId, unreadMentions)
  return {
    id: root.id,
    reply_count: state.replyCount,
    last_reply_at: state.lastReplyAt,
    last_viewed_at: reply.create_at - 1,
    participants: await participantsOf(app, state.participantIds, true),
    post: { ...root, reply_count: state.replyCount, is_following: true },
    unread_replies: state.unreadReplies,
    unread_mentions: unreadMentions,
    is_urgent: state.isUrgent,
    delete_at: 0,
  }
}
