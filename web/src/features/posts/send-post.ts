import { isUnreachable, reader, request } from '../../client/api.ts'
import type { ApiError } from '../../client/api.ts'
import { useConnection } from '../../client/live.ts'
import { getState, update } from '../../client/store.ts'
import type { ServerPost } from '../../store/entities.ts'
import type { PostList } from '../../store/load-posts.ts'
import { applyPosted, beginPost, discardPost as dropPending, failPost } from '../../store/optimistic.ts'
import type { NewPost } from '../../store/optimistic.ts'
import type { Id } from '../../store/state.ts'
import { forgetUnsent, keepUnsent, onForgottenElsewhere, unsentPosts } from './unsent-posts.ts'
import type { UnsentPost } from './unsent-posts.ts'

/** What is sent; the rest of a post is made here or by the server. */
export interface Outgoing extends Omit<NewPost, 'pendingId' | 'at' | 'metadata'> {
  /** `priority` goes to the server; `files` is only shown until the server has said its own */
  readonly metadata?: { readonly priority?: object; readonly files?: readonly object[] }
}

/** ms after which a request counts as lost; the server keeps a pending id for 30 seconds. */
const PATIENCE = 25_000
/** What was written longer ago than this (ms) is not sent without being asked to: its moment may have passed. */
const STILL_CURRENT = 10 * 60_000

/**
 * Shows a post at once and sends it. Never rejects: a post that could not be sent stays, marked, also over a reload, and can be
 * retried or discarded. Resolves when it arrived or failed.
 */
export function sendPost({ metadata, ...outgoing }: Outgoing): Promise<void> {
  const at = Date.now()
  const pendingId = `${getState().me}:${at}${String(++counter % 1000).padStart(3, '0')}`
  const after = getState().channels[outgoing.channelId]?.last_post_at ?? 0
  const sentMetadata = metadata?.priority ? { priority: metadata.priority } : undefined
  return send({ ...outgoing, pendingId, at, after, metadata, sentMetadata }, false)
}

let counter = Math.floor(Math.random() * 1000)

/** Sends again what failed, under the same pending id: one that had arrived after all is found, not doubled. */
export async function retryPost(pendingId: Id): Promise<void> {
  const post = unsentPosts().find((one) => one.pendingId === pendingId)
  if (post) await send(post, true)
}

/** Gives up a post that was not sent. */
export function discardPost(pendingId: Id): void {
  forgetUnsent(pendingId)
  update((state) => dropPending(state, pendingId))
}

/** The last post under way in each place: the next one waits for it, so that they arrive in the order they were written. */
const queues = new Map<Id, Promise<void>>()

function send(post: UnsentPost, again: boolean): Promise<void> {
  const { error: _, ...clean } = post
  keepUnsent(clean)
  update((state) => beginPost(state, post))
  const place = post.rootId || post.channelId
  const work = (queues.get(place) ?? Promise.resolve()).then(() => deliver(clean, again))
  queues.set(place, work)
  return work.finally(() => {
    if (queues.get(place) === work) queues.delete(place)
  })
}

async function deliver(post: UnsentPost, again: boolean): Promise<void> {
  try {
    const arrived = (again && (await findArrived(post))) || (await postOnce(post))
    forgetUnsent(post.pendingId)
    update((state) => applyPosted(state, { ...arrived, pending_post_id: post.pendingId }))
  } catch (failure) {
    const error = isUnreachable(failure) ? '' : (failure as ApiError).message
    if (unsentPosts().some((one) => one.pendingId === post.pendingId)) keepUnsent({ ...post, error })
    update((state) => failPost(state, post.pendingId))
  }
}

function postOnce(post: UnsentPost): Promise<ServerPost> {
  const body = {
    channel_id: post.channelId,
    root_id: post.rootId,
    message: post.message,
    file_ids: post.fileIds ?? [],
    props: post.props ?? {},
    metadata: post.sentMetadata ?? {},
    pending_post_id: post.pendingId,
    create_at: 0,
  }
  const lost = new Promise<never>((_, reject) => setTimeout(reject, PATIENCE, new Error('no answer')))
  return Promise.race([request<ServerPost>('POST', '/posts', body), lost])
}

/** Posts that were found to be an unsent one: two of the same words are two. */
const claimed = new Set<Id>()

/** The post as the server has it, if an earlier attempt reached it and only the answer was lost. */
async function findArrived(post: UnsentPost): Promise<ServerPost | undefined> {
  const list: PostList = await reader.ok(`/channels/${post.channelId}/posts?since=${Math.max(1, post.after)}`)
  const found = Object.values(list.posts).find(
    (one) =>
      one.user_id === getState().me &&
      one.create_at > post.after &&
      one.delete_at === 0 &&
      one.message === post.message.trim() &&
      one.root_id === post.rootId &&
      (one.file_ids ?? []).join() === (post.fileIds ?? []).join() &&
      !claimed.has(one.id),
  )
  if (found) claimed.add(found.id)
  return found
}

let restoredFor = ''

/** Shows what an earlier page could not send, and sends it again when the server is reached. Once a person; later calls do nothing. */
export function restoreUnsent(): void {
  const { me } = getState()
  if (!me || restoredFor === me) return
  restoredFor = me
  for (const post of unsentPosts()) update((state) => failPost(beginPost(state, post), post.pendingId))
  onForgottenElsewhere((id) => update((state) => dropPending(state, id)))
  useConnection.subscribe(({ state }, before) => {
    if (state === 'open' && before.state !== 'open') void retryUnreached()
  })
  if (useConnection.getState().state === 'open') void retryUnreached()
}

async function retryUnreached(): Promise<void> {
  const { posts } = getState()
  const waiting = unsentPosts().filter((one) => !one.error && posts[one.pendingId]?.failed)
  for (const post of waiting) {
    if (Date.now() - post.at < STILL_CURRENT) await retryPost(post.pendingId)
  }
}
