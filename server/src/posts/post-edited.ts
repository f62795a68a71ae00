import { event } from '../realtime/events.ts'
import type { ServerEvent } from '../realtime/events.ts'
import { restricted, restrictedForm } from './channel-mentions.ts'
import { withReplies } from './complete-list.ts'
import type { PrepareParts } from './prepare-posts.ts'
import type { Post } from './post.ts'

/**
 * The event that tells a channel that a post is now as given. Call it in the transaction of the change, with its `db`.
 * Recipients who may not read what this one shows or names get it without.
 */
export async function postEdited(parts: PrepareParts, post: Post): Promise<ServerEvent> {
  const [prepared] = await withReplies(parts, null, [post])
  const form = await restrictedForm(parts, prepared!)
  return event('post_edited', { channelId: post.channel_id }, { post: JSON.stringify(prepared) }, restricted(form))
}
