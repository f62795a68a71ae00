import { request } from '../../client/api.ts'
import { getState, update } from '../../client/store.ts'
import type { ServerPost } from '../../store/entities.ts'
import { storePost } from '../../store/posts.ts'
import type { Id } from '../../store/state.ts'
import { EMPTY } from '../drafts/content.ts'
import type { Content } from '../drafts/content.ts'
import { memoryWriting } from '../drafts/memory-writing.ts'
import type { Writing } from '../drafts/writing.ts'

const edits = new Map<Id, Writing>()
const storageKey = (postId: Id): string => `outpost.edit.${getState().me}.${postId}`

/** A post as something to write on: as it is, or as far as its author had changed it before a reload. */
export function editOf(postId: Id): Writing {
  const known = edits.get(postId)
  if (known) return known
  const post = getState().posts[postId] ?? { channel_id: '', root_id: '' }
  const begun = stored(postId) ?? original(postId)
  const writing = memoryWriting(`edit ${postId}`, post, begun, (content) => store(postId, content))
  edits.set(postId, writing)
  return writing
}

function original(postId: Id): Content {
  const post = getState().posts[postId]
  return post ? { message: post.message, files: post.metadata.files ?? EMPTY.files } : EMPTY
}

function store(postId: Id, content: Content): void {
  try {
    localStorage.setItem(storageKey(postId), JSON.stringify(content))
  } catch {
    // A full or closed storage: the edit lives as long as the page.
  }
}

function stored(postId: Id): Content | null {
  try {
    const content: Content | null = JSON.parse(localStorage.getItem(storageKey(postId)) ?? 'null')
    return content && typeof content.message === 'string' && Array.isArray(content.files) ? content : null
  } catch {
    return null
  }
}

const idsOf = ({ files }: Content): readonly Id[] => files.map(({ id }) => id)

/** Whether there is anything to save. */
export function isChanged(postId: Id): boolean {
  const { read } = editOf(postId)
  const [now, before] = [read(), original(postId)]
  return now.message !== before.message || idsOf(now).join() !== idsOf(before).join()
}

/** Saves what was changed. Rejects with an ApiError; what was typed is still there then. */
export async function saveEdit(postId: Id): Promise<void> {
  const content = editOf(postId).read()
  const before = original(postId)
  const body = {
    message: content.message.trimEnd(),
    ...(idsOf(content).join() !== idsOf(before).join() && { file_ids: idsOf(content) }),
  }
  const post = await request<ServerPost>('PUT', `/posts/${postId}/patch`, body)
  update((state) => (state.posts[postId] ? storePost(state, post) : state))
}

/** The edit was saved or given up. */
export function forgetEdit(postId: Id): void {
  edits.delete(postId)
  localStorage.removeItem(storageKey(postId))
}
