import type { App } from '../app.ts'
import { channelError } from '../channels/channels.errors.ts'
import { ChannelKeywords } from '../notifications/keywords.ts'
import { matchMentions, mentionTexts } from '../notifications/match-mentions.ts'
import type { NotificationMember } from '../notifications/notification-types.ts'
import { event } from '../realtime/events.ts'
import type { Session } from '../sessions/session.ts'
import * as store from './mark-unread.store.ts'
import type { ChannelUnreadAt, Mentions, UnreadPost } from './mark-unread.store.ts'
import { readablePost } from './post-access.ts'
import { setThreadBack, threadSetBackEvent } from './set-thread-back.ts'

/**
 * Makes a post, and everything after it, unread for a member of its channel. A reply sets back its thread too; for
 * people who collapse threads the channel itself then keeps its count of roots. Throws 404 for a missing post or someone
 * outside the channel, 403 for a post that the caller may not read.
 */
export async function markUnread(
  app: App,
  session: Session,
  userId: string,
  postId: string,
  collapsedSupported: boolean,
): Promise<ChannelUnreadAt> {
  const post = await readablePost(app, session, postId)
  const channel = await app.access.channel(post.channel_id)
  const member = (await app.audiences.membersOf(post.channel_id)).member(userId)
  if (!channel || !member) throw channelError('app.channel.get_member.missing.app_error')
  const unread = await store.findUnreadPosts(app.db, post, userId)
  const all = channel.type === 'D' || channel.type === 'G'
  const mentions = countMentions(unread, member, all)
  const keepsRoots = post.root_id !== '' && collapsedSupported && collapses(app, member)
  return app.unitOfWork(async (tx) => {
    const counts = await store.setChannelBack(tx.db, post, userId, mentions, keepsRoots)
    if (!counts) throw channelError('app.channel.get_member.missing.app_error')
    const answer = { ...counts, team_id: channel.teamId, user_id: userId, channel_id: channel.id }
    if (post.root_id) {
      const inThread = unread.filter((one) => one.rootId === post.root_id)
      const thread = await setThreadBack(tx.db, post, userId, countMentions(inThread, member, all).all)
      if (thread && collapses(app, member)) {
        const to = { teamId: channel.teamId, userId }
        tx.publish(await threadSetBackEvent(app, tx.db, thread, to))
      }
    }
    const to = { teamId: channel.teamId, channelId: channel.id, userId }
    tx.publish(event('post_unread', to, { ...counts, post_id: postId }))
    return answer
  })
}

function collapses(app: Pick<App, 'config'>, member: NotificationMember): boolean {
  const mode = app.config.get().ServiceSettings.CollapsedThreads
  return mode === 'always_on' || (mode !== 'disabled' && member.collapsedThreads)
}

/** Which of the unread posts mention the member, by the rules of the channel. In direct and group channels all do. */
function countMentions(posts: readonly UnreadPost[], member: NotificationMember, all: boolean): Mentions {
  const mentioning = all ? posts : posts.filter(mentions(member))
  return {
    all: mentioning.length,
    roots: mentioning.filter((post) => post.rootId === '').length,
    urgent: mentioning.filter((post) => post.urgent).length,
  }
}

function mentions(member: NotificationMember): (post: UnreadPost) => boolean {
  const keywords = new ChannelKeywords([member])
  return ({ message, props }) => {
    const hits = matchMentions(mentionTexts(message, props), keywords, new Map())
    // Whether he was online for an @here then is not known any more: it does not count.
    const everyone = hits.channelWide.has('all') || hits.channelWide.has('channel')
    return hits.users.has(member.userId) || (everyone && keywords.channelWide.has(member.userId))
  }
}
