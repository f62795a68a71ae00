import { put, without } from '../change.ts'
import type { Draft, ScheduledPost } from '../entities.ts'
import { draftKey } from '../state.ts'
import type { State } from '../state.ts'
import { parse } from './reducer.ts'
import type { Reducers } from './reducer.ts'

export const draftReducers: Reducers<
  'draft_created' | 'draft_deleted' | 'scheduled_post_created' | 'scheduled_post_updated' | 'scheduled_post_deleted'
> = {
  draft_created: (state, data) => {
    const draft = parse<Draft>(data.draft)
    return { ...state, drafts: put(state.drafts, draftKey(draft.channel_id, draft.root_id), draft) }
  },
  draft_deleted: (state, data) => {
    const { channel_id, root_id } = parse<Draft>(data.draft)
    return { ...state, drafts: without(state.drafts, draftKey(channel_id, root_id)) }
  },
  scheduled_post_created: saveScheduled,
  scheduled_post_updated: saveScheduled,
  scheduled_post_deleted: (state, data) => {
    const { id } = parse<ScheduledPost>(data.scheduledPost)
    return { ...state, scheduledPosts: without(state.scheduledPosts, id) }
  },
}

function saveScheduled(state: State, data: { scheduledPost: string }): State {
  const post = parse<ScheduledPost>(data.scheduledPost)
  return { ...state, scheduledPosts: put(state.scheduledPosts, post.id, post) }
}
