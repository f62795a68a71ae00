import type { App } from '../app.ts'
import type { ChannelCore } from '../access/access.ts'
import type { Queries } from '../database/pool.ts'
import type { NotificationDecision } from '../notifications/decide.ts'
import { restrictedForm } from '../posts/channel-mentions.ts'
import { withMetadata } from '../posts/complete-post.ts'
import type { Post } from '../posts/post.ts'
import { postError } from '../posts/posts.errors.ts'
import type { PrepareParts } from '../posts/prepare-posts.ts'
import { participantsOf } from '../posts/thread-participants.ts'
import { event } from '../realtime/events.ts'
import type { ServerEvent } from '../realtime/events.ts'
import * as store from './reply-effects.store.ts'

type Parts = Pick<App, 'audiences'> & PrepareParts

export interface Reply {
  readonly post: Post
  readonly root: Post
  readonly channel: ChannelCore
  readonly decision: NotificationDecision
}

/**
 * Writes what a reply means for its thread, in the transaction of the reply: counts, followers, unread mentions
 * (schema-notes of the reference, "threads"). Fills in `reply_count` of the reply, which is the thread's. Returns the
 * events for the followers who collapse threads. Throws 400 when the root has just been deleted.
 */
export async function writeReply(app: Parts, db: Queries, reply: Reply): Promise<ServerEvent[]> {
  const { post, root, channel, decision } = reply
  const row = {
    rootId: root.id,
    channelId: channel.id,
    teamId: channel.teamId,
    userId: post.user_id,
    at: post.create_at,
  }
  const count = await store.countReply(db, row)
  if (count === null) throw postError('api.post.create_post.root_id.app_error')
  // Clients take the number of replies for the thread's button from its newest reply.
  post.reply_count = count
  const members = await app.audiences.membersOf(channel.id)
  const touched = new Set([...decision.threadFollowersToAdd.keys(), ...decision.threadMentions])
  const authorFollows = decision.threadFollowersToAdd.has(post.user_id)
  touched.add(post.user_id)
  const changes = [...touched].flatMap((userid): store.FollowChange[] => {
    const isAuthor = userid === post.user_id
    const viewed = isAuthor && (members.member(userid)?.collapsedThreads ?? false)
    if (isAuthor && !authorFollows && !viewed) return []
    const refollow = decision.threadFollowersToAdd.get(userid)?.refollow ?? false
    return [{ userid, refollow, viewed, mentions: decision.threadMentions.has(userid) ? 1 : 0 }]
  })
  await store.followThread(db, root.id, post.create_at, changes)
  return threadUpdated(app, db, reply, decision.threadMentions)
}

/** `thread_updated` for each follower who collapses threads, with his own unread counts. */
async function threadUpdated(
  app: Parts,
  db: Queries,
  { root: bare, channel, post }: Reply,
  mentioned: ReadonlySet<string>,
): Promise<ServerEvent[]> {
  const members = await app.audiences.membersOf(channel.id)
  const states = await store.findFollowerStates(db, bare.id)
  const followers = states.filter(({ userId }) => members.member(userId)?.collapsedThreads)
  if (followers.length === 0) return []
  const thread = await store.findThread(db, bare.id)
  const root = await withMetadata(app, db, bare, thread.marked)
  const participants = await participantsOf(app, thread.participantIds, true)
  // Nobody must learn from the root what is said in a channel that he cannot read, nor a guest which channels there are.
  const form = await restrictedForm({ access: app.access, db }, root)
  return followers.map((follower) => {
    const own = follower.userId === post.user_id
    const view = {
      id: root.id,
      reply_count: thread.replyCount,
      last_reply_at: thread.lastReplyAt,
      last_viewed_at: follower.lastViewed,
      participants,
      post: {
        ...root,
        update_at: post.create_at,
        reply_count: thread.replyCount,
        is_following: true,
        participants: null,
      },
      unread_replies: follower.unreadReplies,
      unread_mentions: follower.unreadMentions,
      is_urgent: thread.isUrgent,
      delete_at: 0,
    }
    const closed = form && { ...view, post: { ...view.post, props: form.post.props, metadata: form.post.metadata } }
    return event(
      'thread_updated',
      { teamId: channel.teamId, userId: follower.userId },
      {
        thread: JSON.stringify(view),
        previous_unread_mentions: follower.unreadMentions - (mentioned.has(follower.userId) ? 1 : 0),
        previous_unread_replies: Math.max(0, follower.unreadReplies - (own ? 0 : 1)),
      },
      form && { restricted: { channelIds: form.channelIds, data: { thread: JSON.stringify(closed) } } },
    )
  })
}
