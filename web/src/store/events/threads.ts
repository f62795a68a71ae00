import { markStale, needUsers, put } from '../change.ts'
import type { ServerThread, Thread } from '../entities.ts'
import { storePost } from '../posts.ts'
import type { Id, StaleKey, State } from '../state.ts'
import { followedThread, listThread, moveCounts, putThread, shareOf, teamsOfThread, unlistThread } from '../threads.ts'
import { parse } from './reducer.ts'
import type { Reducers } from './reducer.ts'

export const threadReducers: Reducers<'thread_updated' | 'thread_follow_changed' | 'thread_read_changed'> = {
  thread_updated: (state, data, { team_id }) => {
    const raw = parse<ServerThread>(data.thread)
    // The root in it may lack what the server adds to posts; the one that is here is kept up by its own events.
    const rooted = raw.post && !state.posts[raw.id] ? storePost(state, raw.post) : state
    return updateThread(rooted, raw, team_id)
  },
  thread_follow_changed: (state, data, { team_id }) => {
    const teams = teamsOfThread(state, data.thread_id, team_id)
    const thread = state.threads[data.thread_id]
    if (data.state) {
      if (thread?.own) return state
      return markStale(state, `thread:${data.thread_id}`, ...keysOf('threads', teams))
    }
    if (!thread?.following) return state
    const { own: _, ...rest } = thread
    return putThread(unlistThread(state, teams, thread), { ...rest, following: false })
  },
  thread_read_changed: (state, data, broadcast) => {
    if (data.thread_id) return readOne(state, { ...data, thread_id: data.thread_id }, broadcast.team_id)
    if (broadcast.channel_id)
      return readAll(state, (id) => state.posts[id]?.channel_id === broadcast.channel_id, data.timestamp)
    return readAll(state, (id) => teamsOfThread(state, id, broadcast.team_id).includes(broadcast.team_id))
  },
}

const keysOf = (kind: 'threads' | 'threadCounts', teams: readonly Id[]) =>
  teams.map((team): StaleKey => `${kind}:${team}`)

/** A thread that I was not known to follow may be a new one or one of a page that was never loaded: the totals are fetched. */
function updateThread(state: State, raw: ServerThread, told: Id): State {
  const teams = teamsOfThread(state, raw.id, told)
  const before = state.threads[raw.id]
  const thread = followedThread(raw)
  const stored = needUsers(putThread(state, thread), ...thread.participants)
  if (!before?.own) return markStale(listThread(stored, teams, thread), ...keysOf('threadCounts', teams))
  return listThread(moveCounts(stored, teams, shareOf(before), shareOf(thread)), teams, thread)
}

interface OneRead {
  readonly thread_id: Id
  readonly timestamp?: number
  readonly unread_mentions?: number
  readonly unread_replies?: number
}

function readOne(state: State, data: OneRead, told: Id): State {
  const teams = teamsOfThread(state, data.thread_id, told)
  const thread = state.threads[data.thread_id]
  if (!thread?.own) return markStale(state, `thread:${data.thread_id}`, ...keysOf('threads', teams))
  const own = {
    ...thread.own,
    lastViewedAt: data.timestamp ?? thread.own.lastViewedAt,
    unreadMentions: data.unread_mentions ?? 0,
    unreadReplies: data.unread_replies ?? 0,
  }
  const read: Thread = { ...thread, own }
  return putThread(moveCounts(state, teams, shareOf(thread), shareOf(read)), read)
}

/**
 * Many threads were read. Those that are here show it at once; up to when, and whether others are still unread that
 * are not here, has to be fetched.
 */
function readAll(state: State, fits: (id: Id) => boolean, at?: number): State {
  let { threads } = state
  let counted = state
  for (const thread of Object.values(state.threads)) {
    if (!thread.own || !fits(thread.id)) continue
    const own = {
      ...thread.own,
      unreadReplies: 0,
      unreadMentions: 0,
      lastViewedAt: at ?? Math.max(thread.lastReplyAt, thread.own.lastViewedAt),
    }
    const read = { ...thread, own }
    threads = put(threads, thread.id, read)
    counted = moveCounts(counted, teamsOfThread(state, thread.id, ''), shareOf(thread), shareOf(read))
  }
  return markStale({ ...counted, threads }, ...keysOf('threads', Object.keys(state.teamThreads)))
}
