import { markStale, put, without } from './change.ts'
import type { ServerThread, TeamThreads, Thread, ThreadPlace } from './entities.ts'
import type { Id, StaleKey, State } from './state.ts'

/** The thread into the state; one without replies that nobody follows is none. */
export function putThread(state: State, thread: Thread): State {
  const nothing = thread.replyCount === 0 && !thread.following
  const threads = nothing ? without(state.threads, thread.id) : put(state.threads, thread.id, thread)
  return { ...state, threads }
}

/** A thread that I follow, as the server tells it to me. */
export function followedThread(raw: ServerThread): Thread {
  return {
    id: raw.id,
    replyCount: raw.reply_count,
    lastReplyAt: raw.last_reply_at,
    participants: raw.participants.map((one) => one.id),
    following: true,
    own: {
      lastViewedAt: raw.last_viewed_at,
      unreadReplies: raw.unread_replies,
      unreadMentions: raw.unread_mentions,
      urgent: raw.is_urgent ?? false,
    },
  }
}

/** A reply was written: one more in its thread, if that is known. My own reply also means that I have read the thread. */
export function countReply(state: State, reply: { root_id: Id; user_id: Id; create_at: number }): State {
  const { root_id: id, user_id: author, create_at: at } = reply
  if (!state.posts[id] && !state.threads[id]) return state
  const before: Thread = state.threads[id] ?? { id, replyCount: 0, lastReplyAt: 0, participants: [], following: false }
  const own = before.own && placeAfter(before.own, at, author === state.me)
  const after: Thread = {
    ...before,
    replyCount: before.replyCount + 1,
    lastReplyAt: Math.max(before.lastReplyAt, at),
    participants: [...before.participants.filter((one) => one !== author), author],
    ...(own && { own }),
  }
  const teams = teamsOfThread(state, id, '')
  return putThread(moveCounts(state, teams, shareOf(before), shareOf(after)), after)
}

function placeAfter(place: ThreadPlace, at: number, mine: boolean): ThreadPlace {
  if (!mine) return { ...place, unreadReplies: place.unreadReplies + 1 }
  return { ...place, lastViewedAt: Math.max(place.lastViewedAt, at), unreadReplies: 0, unreadMentions: 0 }
}

/** The teams in whose lists a thread stands: that of its channel, or all of mine for direct messages. */
export function teamsOfThread(state: State, rootId: Id, told: Id): readonly Id[] {
  const channelId = state.posts[rootId]?.channel_id
  const channel = channelId ? state.channels[channelId] : undefined
  const team = channel ? channel.team_id : told
  return (team ? [team] : Object.keys(state.teams)).filter((id) => state.teamThreads[id])
}

/** What a thread adds to the numbers of a team. */
interface Share {
  readonly threads: number
  readonly unreadThreads: number
  readonly unreadMentions: number
  readonly unreadUrgentMentions: number
}

/** What a thread adds to the numbers of a team: nothing unless I follow it. */
export function shareOf({ lastReplyAt, own }: Thread): Share {
  if (!own) return { threads: 0, unreadThreads: 0, unreadMentions: 0, unreadUrgentMentions: 0 }
  return {
    threads: 1,
    unreadThreads: lastReplyAt > own.lastViewedAt ? 1 : 0,
    unreadMentions: own.unreadMentions,
    unreadUrgentMentions: own.urgent ? own.unreadMentions : 0,
  }
}

/** Moves the numbers of the teams by what one thread added before and adds now. */
export function moveCounts(state: State, teams: readonly Id[], before: Share, after: Share): State {
  let { teamThreads } = state
  for (const id of teams) {
    const old = teamThreads[id]
    if (!old) continue
    teamThreads = put(teamThreads, id, {
      ...old,
      total: old.total + after.threads - before.threads,
      unreadThreads: old.unreadThreads + after.unreadThreads - before.unreadThreads,
      unreadMentions: old.unreadMentions + after.unreadMentions - before.unreadMentions,
      unreadUrgentMentions: old.unreadUrgentMentions + after.unreadUrgentMentions - before.unreadUrgentMentions,
    })
  }
  return teamThreads === state.teamThreads ? state : { ...state, teamThreads }
}

/** Puts a followed thread at its place in the lists of the teams, newest reply first. */
export function listThread(state: State, teams: readonly Id[], thread: Thread): State {
  let { teamThreads } = state
  for (const team of teams) {
    const list = teamThreads[team]
    if (!list) continue
    const others = list.ids.filter((id) => id !== thread.id)
    const at = others.findIndex((id) => comesBefore(thread, state.threads[id]))
    // Below the last loaded one only when everything is loaded: otherwise it belongs to a page that is not here.
    const complete = others.length + 1 >= list.total
    if (at < 0 && !complete) teamThreads = put(teamThreads, team, { ...list, ids: others })
    else
      teamThreads = put(teamThreads, team, {
        ...list,
        ids: others.toSpliced(at < 0 ? others.length : at, 0, thread.id),
      })
  }
  return { ...state, teamThreads }
}

function comesBefore(thread: Thread, other: Thread | undefined): boolean {
  if (!other) return true
  if (thread.lastReplyAt !== other.lastReplyAt) return thread.lastReplyAt > other.lastReplyAt
  return thread.id < other.id
}

/** I do not follow the thread any more, or cannot: out of the lists and numbers. */
export function unlistThread(state: State, teams: readonly Id[], thread: Thread): State {
  if (!thread.own) return markStale(state, ...teams.map((team): StaleKey => `threads:${team}`))
  const counted = moveCounts(state, teams, shareOf(thread), shareOf({ ...thread, own: undefined }))
  let { teamThreads } = counted
  for (const team of teams) {
    const list = teamThreads[team] as TeamThreads
    teamThreads = put(teamThreads, team, { ...list, ids: list.ids.filter((id) => id !== thread.id) })
  }
  return { ...counted, teamThreads }
}
