import { request } from '../../../client/api.ts'
import { update } from '../../../client/store.ts'
import { put, without } from '../../../store/change.ts'
import type { ScheduledPost } from '../../../store/entities.ts'
import type { Id } from '../../../store/state.ts'
import { sentFields } from '../../drafts/content.ts'
import type { Content } from '../../drafts/content.ts'
import type { Place } from '../../drafts/drafts.ts'

const keep = (post: ScheduledPost): void =>
  update((state) => ({ ...state, scheduledPosts: put(state.scheduledPosts, post.id, post) }))

/** Gives a message to the server to be sent at a time (ms). Rejects with an ApiError. */
export async function schedule({ channelId, rootId }: Place, content: Content, at: number): Promise<void> {
  const body = { channel_id: channelId, root_id: rootId, scheduled_at: at, ...sentFields(content) }
  keep(await request<ScheduledPost>('POST', '/posts/schedule', body))
}

/** Changes what is sent, or when. Rejects with an ApiError. */
export async function changeScheduled(post: ScheduledPost, content: Content, at: number): Promise<void> {
  const body = { id: post.id, scheduled_at: at, ...sentFields(content) }
  keep(await request<ScheduledPost>('PUT', `/posts/schedule/${post.id}`, body))
}

/** Takes a scheduled message back. Rejects with an ApiError. */
export async function unschedule(id: Id): Promise<void> {
  await request('DELETE', `/posts/schedule/${id}`)
  update((state) => ({ ...state, scheduledPosts: without(state.scheduledPosts, id) }))
}
