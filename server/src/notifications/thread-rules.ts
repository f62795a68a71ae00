import { followerWants, isMuted } from './levels.ts'
import { collapsesThreads, isFromWebhook } from './mention-rules.ts'
import type { MentionKind, NotificationInput, NotificationMember } from './notification-types.ts'

/** Why someone is to follow a thread. `refollow`: also if they unfollowed it before. */
export type ThreadFollow = { reason: 'author' | 'root' | 'mention' | 'root_mention' | 'auto'; refollow: boolean }

/** What a reply means for those who follow its thread. */
export type ThreadOutcome = {
  /** Memberships to create; with `refollow`, also to switch on again. Existing followers are not repeated. */
  threadFollowersToAdd: Map<string, ThreadFollow>
  /** Followers whose unread mentions of the thread go up by one. */
  threadMentions: Set<string>
  /** Followers with collapsed threads who are told of the reply: `desktop` is the event's `followers`. */
  notifyFollowers: { desktop: Set<string>; push: Set<string>; email: Set<string> }
}

/** Applies the rules of collapsed threads to a reply; empty for a root post and where threads are switched off. */
export function followThread(input: NotificationInput, mentions: ReadonlyMap<string, MentionKind>): ThreadOutcome {
  const outcome: ThreadOutcome = {
    threadFollowersToAdd: new Map(),
    threadMentions: new Set(),
    notifyFollowers: { desktop: new Set(), push: new Set(), email: new Set() },
  }
  const { post, thread, settings } = input
  if (post.rootId === '' || !thread || settings.collapsedThreads === 'disabled') return outcome
  const followers = new Set<string>()
  const unfollowed = new Set<string>()
  for (const { userId, following } of thread.followers) (following === false ? unfollowed : followers).add(userId)
  if (settings.threadAutoFollow) {
    for (const [userId, follow] of newFollowers(input, mentions)) {
      if (!followers.has(userId) && (follow.refollow || !unfollowed.has(userId))) {
        outcome.threadFollowersToAdd.set(userId, follow)
      }
    }
  }
  const all = new Set([...followers, ...outcome.threadFollowersToAdd.keys()])
  for (const userId of mentions.keys()) if (all.has(userId)) outcome.threadMentions.add(userId)
  notify(outcome, input, mentions, all)
  return outcome
}

/** The strongest reason wins, because only a mention undoes an unfollowing. */
function newFollowers(
  { post, thread, members }: NotificationInput,
  mentions: ReadonlyMap<string, MentionKind>,
): Map<string, ThreadFollow> {
  const found = new Map<string, ThreadFollow>()
  const add = (userId: string, reason: ThreadFollow['reason'], refollow = false) => {
    const known = found.get(userId)
    if (!known || (refollow && !known.refollow)) found.set(userId, { reason, refollow })
  }
  for (const [userId, kind] of mentions) {
    if (isExplicit(kind)) add(userId, 'mention', kind !== 'channel')
  }
  add(post.userId, 'author')
  if (!thread!.rootFromWebhook && members.has(thread!.rootUserId)) add(thread!.rootUserId, 'root')
  for (const userId of thread!.rootMentions) if (members.has(userId)) add(userId, 'root_mention')
  for (const userId of members.autoFollow) {
    members.visits++
    add(userId, 'auto')
  }
  return found
}

function notify(
  { notifyFollowers }: ThreadOutcome,
  input: NotificationInput,
  mentions: ReadonlyMap<string, MentionKind>,
  followers: ReadonlySet<string>,
): void {
  const told = new Set(followers)
  for (const [userId, kind] of mentions) if (isExplicit(kind)) told.add(userId)
  if (!isFromWebhook(input.post.props)) told.delete(input.post.userId)
  for (const userId of told) {
    const member = input.members.member(userId)
    if (!member || !collapsesThreads(input, member.collapsedThreads)) continue
    const kind = mentions.get(userId)
    const mentioned = kind !== undefined && kind !== 'gm'
    if (followerWants(member, 'desktop', mentioned)) notifyFollowers.desktop.add(userId)
    if (!member.isBot && !isMuted(member) && followerWants(member, 'push', mentioned)) notifyFollowers.push.add(userId)
    if (wantsThreadEmail(member, mentioned)) notifyFollowers.email.add(userId)
  }
}

function wantsThreadEmail(member: NotificationMember, mentioned: boolean): boolean {
  if (member.isBot || isMuted(member) || member.notifyProps.email === 'false') return false
  return mentioned || (member.notifyProps.email_threads ?? 'all') === 'all'
}

/** Kinds that come from what the reply says (or from a direct message), not from earlier posts. */
function isExplicit(kind: MentionKind): boolean {
  return kind === 'channel' || kind === 'dm' || kind === 'keyword' || kind === 'group'
}
