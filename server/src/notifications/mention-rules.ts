import type { MentionHits } from './match-mentions.ts'
import { matchMentions, mentionTexts } from './match-mentions.ts'
import type { ChannelWideOutcome, GroupMention, MentionKind, NotificationInput } from './notification-types.ts'
import { MENTION_KINDS } from './notification-types.ts'

/** Who is mentioned by a post and how strongly, and what of the text could not be honoured. */
export type Mentions = {
  /** The strongest kind per mentioned member; never the author, unless the post came through a webhook. */
  mentions: Map<string, MentionKind>
  /** Names after `@` that are no member's: for the notice to the author. Team channels only. */
  potentialMentions: string[]
  hereUsed: boolean
  channelUsed: boolean
  allUsed: boolean
  channelWide: ChannelWideOutcome
  groupMentions: GroupMention[]
  /** Groups were named, but the author may not mention groups. */
  groupsForbidden: boolean
}

/** Whether people who collapse threads are treated so: the server may force the one or the other. */
export function collapsesThreads(input: NotificationInput, ownChoice: boolean): boolean {
  const mode = input.settings.collapsedThreads
  return mode === 'always_on' || (mode !== 'disabled' && ownChoice)
}

/** Whether a post came through an incoming webhook: then its owner did not write it and may be told of it. */
export function isFromWebhook(props: Readonly<Record<string, unknown>>): boolean {
  return props.from_webhook === 'true' || props.from_webhook === true
}

/** Applies the mention rules to a new post. Visits members only where the post gives reason to. */
export function findMentions(input: NotificationInput): Mentions {
  const { post, channel, members } = input
  const result = emptyMentions()
  if (channel.type === 'D') {
    for (const userId of members.userIds()) result.mentions.set(userId, 'dm')
  } else {
    const hits = matchMentions(mentionTexts(post.message, post.props), members, input.groups)
    addHits(result, hits, input)
    addAddedUser(result, input)
    addThreadAuthors(result, input)
    if (channel.type === 'G') for (const userId of members.userIds()) strengthen(result.mentions, userId, 'gm')
    else if (!isSystemPost(post.type)) result.potentialMentions = [...hits.unknown]
  }
  if (!isFromWebhook(post.props)) result.mentions.delete(post.userId)
  return result
}

/** Whether the server wrote a post to report an event. */
export function isSystemPost(type: string): boolean {
  return type.startsWith('system_')
}

function emptyMentions(): Mentions {
  return {
    mentions: new Map(),
    potentialMentions: [],
    hereUsed: false,
    channelUsed: false,
    allUsed: false,
    channelWide: 'unused',
    groupMentions: [],
    groupsForbidden: false,
  }
}

function addHits(result: Mentions, hits: MentionHits, input: NotificationInput): void {
  result.hereUsed = hits.channelWide.has('here')
  result.channelUsed = hits.channelWide.has('channel')
  result.allUsed = hits.channelWide.has('all')
  for (const userId of hits.users) strengthen(result.mentions, userId, 'keyword')
  if (hits.channelWide.size > 0) {
    result.channelWide = channelWideOutcome(input)
    if (result.channelWide === 'applied') addChannelWide(result, input)
  }
  if (hits.groups.size === 0) return
  if (!input.author.useGroupMentions) {
    result.groupsForbidden = true
    return
  }
  for (const [name, group] of hits.groups) {
    const mention: GroupMention = { id: group.id, name, memberIds: [], outsideIds: [] }
    for (const userId of group.memberIds) {
      if (input.members.has(userId)) {
        mention.memberIds.push(userId)
        strengthen(result.mentions, userId, 'group')
      } else mention.outsideIds.push(userId)
    }
    result.groupMentions.push(mention)
  }
}

function channelWideOutcome({ author, post, members, settings }: NotificationInput): ChannelWideOutcome {
  if (post.type === 'system_header_change' || post.type === 'system_purpose_change') return 'system_post'
  if (!author.useChannelMentions) return 'forbidden'
  return members.size < settings.maxNotificationsPerChannel ? 'applied' : 'too_many_members'
}

function addChannelWide(result: Mentions, { members, statusOf }: NotificationInput): void {
  const everyone = result.channelUsed || result.allUsed
  for (const userId of members.channelWide) {
    members.visits++
    if (everyone || statusOf(userId).status === 'online') strengthen(result.mentions, userId, 'channel')
  }
}

function addAddedUser(result: Mentions, { post, members }: NotificationInput): void {
  const { addedUserId } = post.props
  if (post.type !== 'system_add_to_channel' || typeof addedUserId !== 'string') return
  if (members.has(addedUserId)) strengthen(result.mentions, addedUserId, 'keyword')
}

/** Earlier authors of the thread who asked for it; people who collapse threads follow the thread instead. */
function addThreadAuthors(result: Mentions, input: NotificationInput): void {
  const { post, thread, members } = input
  if (post.rootId === '' || !thread) return
  for (const userId of new Set([thread.rootUserId, ...thread.participantIds])) {
    const member = members.member(userId)
    if (!member || collapsesThreads(input, member.collapsedThreads)) continue
    const wants = member.notifyProps.comments ?? 'never'
    const isRootAuthor = userId === thread.rootUserId
    if (isRootAuthor && (wants === 'root' || wants === 'any')) strengthen(result.mentions, userId, 'root')
    else if (wants === 'any') strengthen(result.mentions, userId, 'thread')
  }
}

function strengthen(mentions: Map<string, MentionKind>, userId: string, kind: MentionKind): void {
  const now = mentions.get(userId)
  if (now === undefined || rank(kind) > rank(now)) mentions.set(userId, kind)
}

function rank(kind: MentionKind): number {
  return MENTION_KINDS.indexOf(kind)
}
