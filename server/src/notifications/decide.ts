import { desktopLevel, groupMessageLevel, isMuted, levelAllows, pushLevel, statusAllowsPush } from './levels.ts'
import type { Mentions } from './mention-rules.ts'
import { collapsesThreads, findMentions, isFromWebhook, isSystemPost } from './mention-rules.ts'
import type { NotificationInput, NotificationMember } from './notification-types.ts'
import type { ThreadOutcome } from './thread-rules.ts'
import { followThread } from './thread-rules.ts'

/** Everything a new post means to the people of its channel. The functions decide for one person when asked. */
export type NotificationDecision = Mentions &
  ThreadOutcome & {
    /** People a push may go to; ask `pushTo` for each. */
    pushCandidates(): Set<string>
    /** Whether a push goes to the person at `now` (ms). Devices, and whether the server sends any, are not looked at. */
    pushTo(userId: string, now: number): boolean
    /** People a mail may go to; ask `emailTo` for each. */
    emailCandidates(): Set<string>
    /** Whether a mail goes to the person. Address verification and server switches are not looked at. */
    emailTo(userId: string): boolean
    /** Whether the person's client must acknowledge the `posted` event (`should_ack`). */
    desktopShouldAck(userId: string): boolean
  }

/**
 * Decides who is told of a new post and how. Pure: reads members, groups and presence through `input` and changes
 * nothing. A post that mentions nobody visits no member record except authors and followers of its thread.
 */
export function decideNotifications(input: NotificationInput): NotificationDecision {
  const found = findMentions(input)
  const thread = followThread(input, found.mentions)
  const state = { ...found, ...thread }
  return {
    ...state,
    pushCandidates: () => pushCandidates(input, state),
    pushTo: (userId, now) => pushTo(input, state, userId, now),
    emailCandidates: () => emailCandidates(input, state),
    emailTo: (userId) => emailTo(input, state, userId),
    desktopShouldAck: (userId) => desktopShouldAck(input, state, userId),
  }
}

/**
 * Who is mentioned by the words of a root post, for the followers of its thread: what `thread.rootMentions` takes.
 * `input` is the one the root post would have today.
 */
export function explicitMentions(input: NotificationInput): string[] {
  const explicit: string[] = []
  for (const [userId, kind] of findMentions(input).mentions) {
    if (kind === 'channel' || kind === 'keyword' || kind === 'group') explicit.push(userId)
  }
  return explicit
}

type State = Mentions & ThreadOutcome

function isForced(input: NotificationInput): boolean {
  const { force_notification: force } = input.post.props
  return force === true || (typeof force === 'string' && force !== '' && force !== 'false')
}

/** The member, unless nobody is to be told: no member, a bot, or the author of an ordinary post. */
function receiver(input: NotificationInput, userId: string): NotificationMember | null {
  if (userId === input.post.userId && !isFromWebhook(input.post.props)) return null
  const member = input.members.member(userId)
  return member && !member.isBot ? member : null
}

/** A reply, for someone who collapses threads: the rules of followers hold in place of the ordinary ones. */
function isThreadCase(input: NotificationInput, member: NotificationMember): boolean {
  return input.post.rootId !== '' && collapsesThreads(input, member.collapsedThreads)
}

function pushCandidates(input: NotificationInput, state: State): Set<string> {
  if (isForced(input)) return new Set(input.members.userIds())
  if (isSystemPost(input.post.type)) return new Set()
  return new Set([...state.mentions.keys(), ...input.members.pushAll, ...state.notifyFollowers.push])
}

function pushTo(input: NotificationInput, state: State, userId: string, now: number): boolean {
  const member = receiver(input, userId)
  if (!member) return false
  if (isForced(input)) return true
  if (isMuted(member) || isSystemPost(input.post.type)) return false
  const inThread = isThreadCase(input, member)
  if (inThread) {
    if (!state.notifyFollowers.push.has(userId)) return false
  } else {
    const level = input.channel.type === 'G' ? groupMessageLevel(member, 'push') : pushLevel(member)
    if (!levelAllows(level, state.mentions.get(userId))) return false
  }
  return statusAllowsPush(member, input.statusOf(userId), input.channel.id, now, inThread)
}

function emailCandidates(input: NotificationInput, state: State): Set<string> {
  if (input.post.type === 'system_auto_responder') return new Set()
  return new Set([...state.mentions.keys(), ...state.notifyFollowers.email])
}

function emailTo(input: NotificationInput, state: State, userId: string): boolean {
  const member = receiver(input, userId)
  if (!member || isMuted(member) || input.post.type === 'system_auto_responder') return false
  if (isThreadCase(input, member)) {
    if (!state.notifyFollowers.email.has(userId)) return false
  } else {
    const own = member.channelNotifyProps.email ?? 'default'
    const wants = own === 'default' ? (member.notifyProps.email ?? 'true') : own
    if (wants === 'false' || !state.mentions.has(userId)) return false
  }
  const { status } = input.statusOf(userId)
  return status === 'away' || status === 'offline'
}

function desktopShouldAck(input: NotificationInput, state: State, userId: string): boolean {
  const member = receiver(input, userId)
  if (!member) return false
  const level = desktopLevel(member)
  return level === 'all' || (input.channel.type === 'G' && level === 'mention' && state.mentions.has(userId))
}
