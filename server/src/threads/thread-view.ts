import type { App } from '../app.ts'
import type { Post } from '../posts/post.ts'
import { readDeletedPosts, readPosts } from '../posts/read-posts.ts'
import { participantsOf } from '../posts/thread-participants.ts'
import type { Session } from '../sessions/session.ts'
import type { ThreadRow } from './threads.store.ts'

/** A thread as its follower sees it. */
export interface ThreadView {
  readonly id: string
  readonly reply_count: number
  readonly last_reply_at: number
  readonly last_viewed_at: number
  readonly participants: object[]
  readonly post: Post | null
  readonly unread_replies: number
  readonly unread_mentions: number
  readonly is_urgent: boolean
  readonly delete_at: number
}

/**
 * Threads with their root posts, and with people in full where `extended`; those whose root may not be read are left out.
 * Of a deleted thread only that it is gone is shown: clients that were away take it from their lists.
 */
export async function threadViews(
  app: App,
  session: Session,
  threads: readonly ThreadRow[],
  extended: boolean,
): Promise<ThreadView[]> {
  if (threads.length === 0) return []
  const ids = threads.map((thread) => thread.id)
  const live = await readPosts(app, session, ids)
  const gone = threads.some((thread) => thread.deleteAt > 0) ? await readDeletedPosts(app, session, ids) : []
  const posts = new Map([...live, ...gone].map((post) => [post.id, post]))
  const shown = threads.filter((thread) => posts.has(thread.id))
  return Promise.all(
    shown.map(async (thread) => ({
      ...threadNumbers(thread),
      participants: await participantsOf(app, thread.participantIds, extended),
      post: rootView(posts.get(thread.id)!, thread),
    })),
  )
}

/** The numbers of a thread, without people and posts. */
export function threadNumbers(thread: ThreadRow): Omit<ThreadView, 'participants' | 'post'> {
  return {
    id: thread.id,
    reply_count: thread.replyCount,
    last_reply_at: thread.lastReplyAt,
    last_viewed_at: thread.lastViewedAt,
    unread_replies: thread.unreadReplies,
    unread_mentions: thread.unreadMentions,
    is_urgent: thread.isUrgent,
    delete_at: thread.deleteAt,
  }
}

const rootView = (post: Post, thread: ThreadRow): Post => ({
  ...post,
  reply_count: thread.replyCount,
  last_reply_at: thread.lastReplyAt,
  is_following: true,
})
