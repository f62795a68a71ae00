import { useEffect, useState } from 'react'
import { onEvent } from '../../../client/live.ts'
import { getState } from '../../../client/store.ts'
import type { Id, State } from '../../../store/state.ts'
import type { Row } from './rows.ts'

/** A post that others deleted while the list was open. */
export interface Deleted {
  readonly id: Id
  /** ms */
  readonly at: number
}

/** Posts of others that were deleted in a channel while it is shown. My own vanish at once: I know why. */
export function useDeletedPosts(channelId: Id, rootId: Id): readonly Deleted[] {
  const [deleted, setDeleted] = useState<readonly Deleted[]>([])
  useEffect(() => {
    setDeleted([])
    return onEvent('post_deleted', (message) => {
      const post: { id: Id; channel_id: Id; root_id: Id; user_id: Id; create_at: number } = JSON.parse(
        message.data.post,
      )
      if (post.channel_id !== channelId || post.root_id !== rootId || post.user_id === getState().me) return
      setDeleted((before) => [...before, { id: post.id, at: post.create_at }])
    })
  }, [channelId, rootId])
  return deleted
}

/** The rows with a line for each deleted post, where it stood. Posts from before the first row are left out. */
export function withDeleted(state: State, rows: readonly Row[], deleted: readonly Deleted[]): readonly Row[] {
  let result = rows
  for (const { id, at } of deleted) {
    const next = result.findIndex(({ key }) => (state.posts[key]?.create_at ?? 0) > at)
    if (next === 0) continue
    result = result.toSpliced(next < 0 ? result.length : next, 0, { key: id, first: true, deleted: true })
  }
  return result
}
