import { useEffect, useState } from 'react'
import { onEvent } from '../../../client/live.ts'
import { getState } from '../../../client/store.ts'
import type { Id } from '../../../store/state.ts'
import type { Deleted } from './rows.ts'

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
