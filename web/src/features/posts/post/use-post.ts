import { useEffect } from 'react'
import { request } from '../../../client/api.ts'
import { update, useStore } from '../../../client/store.ts'
import type { Post, ServerPost } from '../../../store/entities.ts'
import { receivedPosts } from '../../../store/load-posts.ts'
import type { Id } from '../../../store/state.ts'

const asked = new Set<Id>()
let wanted: Id[] = []

/** A post by its id, asked for when it is not here; undefined until then, and when I may not read it. */
export function usePost(id: Id): Post | undefined {
  const post = useStore((state) => state.posts[id])
  useEffect(() => {
    if (!id || post || asked.has(id)) return
    asked.add(id)
    if (wanted.length === 0) setTimeout(ask, 30)
    wanted.push(id)
  }, [id, post])
  return post
}

async function ask(): Promise<void> {
  const ids = wanted
  wanted = []
  try {
    const posts = await request<ServerPost[]>('POST', '/posts/ids', ids)
    update((state) => receivedPosts(state, posts))
  } catch {
    for (const id of ids) asked.delete(id)
  }
}
