import { reader, request } from '../../client/api.ts'
import { getState, update } from '../../client/store.ts'
import { receivedPosts, receivedThreads } from '../../store/load-posts.ts'
import { ReadError } from '../../store/reader.ts'
import type { ServerPost, ServerThread } from '../../store/entities.ts'
import type { Id } from '../../store/state.ts'
import { teamOfThread } from './follow-thread.ts'

/** Root, replies and my place in a thread. Rejects when the root is gone or out of reach. */
export async function loadThread(rootId: Id): Promise<void> {
  if (!getState().posts[rootId]) {
    const root = await request<ServerPost>('GET', `/posts/${rootId}`)
    update((state) => receivedPosts(state, [root]))
  }
  const step = await reader.key(`thread:${rootId}`, getState())
  update(step)
  if (!getState().posts[rootId]) throw new ReadError(rootId, 404, { message: '' })
}

/** I have read a followed thread up to now. The event that follows brings the numbers. */
export async function readThread(rootId: Id): Promise<void> {
  const { threads, posts } = getState()
  if (!threads[rootId]?.following) return
  // The server's clock, not this machine's: what comes later is unread.
  const at = threads[rootId].lastReplyAt || (posts[rootId]?.create_at ?? Date.now())
  try {
    await request('PUT', `/users/me/teams/${teamOfThread(rootId)}/threads/${rootId}/read/${at}`)
  } catch {
    // The next look at the thread makes it good.
  }
}

/** A page of followed threads below the last one that is listed; true while there are more. */
export async function loadMoreThreads(teamId: Id, before: Id, unread: boolean): Promise<readonly Id[]> {
  const query = `per_page=${PAGE}&extended=true&threadsOnly=true${before && `&before=${before}`}${unread ? '&unread=true' : ''}`
  const { threads }: { threads: ServerThread[] } = await reader.ok(`/users/me/teams/${teamId}/threads?${query}`)
  update((state) => receivedThreads(state, threads))
  return threads.map((thread) => thread.id)
}

/** Threads of one page. */
export const PAGE = 30

/** All threads of the team count as read. */
export const readAllThreads = (teamId: Id): Promise<unknown> => request('PUT', `/users/me/teams/${teamId}/threads/read`)
