import type { ScheduledPost } from '../../../store/entities.ts'
import { contentOf, hasPriority } from '../../drafts/content.ts'
import { sendPost } from '../../posts/send-post.ts'
import { unschedule } from './scheduled-posts.ts'

/** Sends a scheduled message now. It is taken off the list first, so that it cannot go twice; rejects with an ApiError when that fails. */
export async function sendScheduled(post: ScheduledPost): Promise<void> {
  const { message, files, priority } = contentOf(post)
  await unschedule(post.id)
  void sendPost({
    channelId: post.channel_id,
    rootId: post.root_id,
    message,
    fileIds: files.map(({ id }) => id),
    metadata: { ...(hasPriority(priority) && !post.root_id && { priority }), ...(files.length > 0 && { files }) },
  })
}
