import type { App } from '../app.ts'
import type { Queries } from '../database/pool.ts'
import { attachFiles } from '../files/attach-files.ts'
import { event } from '../realtime/events.ts'
import type { Session } from '../sessions/session.ts'
import { restricted, restrictedForm } from './channel-mentions.ts'
import { restrictedPost } from './permalink-previews.ts'
import type { Post } from './post.ts'
import { setFileIds } from './posts.store.ts'
import { insertPriority } from './priority.store.ts'
import { preparePosts, warmPreviews } from './prepare-posts.ts'
import type { PrepareParts } from './prepare-posts.ts'

/** A message with one of these may hold a link, a custom emoji or a permalink, and needs a look at its metadata. */
const MAY_HOLD_METADATA = /:[\w+-]+:|https?:|www\.|!\[/i
const MAY_HOLD_LINK = /https?:|www\./i

/** Whether a new post needs no rows and no metadata beside its own row: the common case, which costs no query. */
export function isComplete(post: Post): boolean {
  const { priority } = post.metadata
  if (post.file_ids.length > 0 || priority || post.props.attachments !== undefined) return false
  return !MAY_HOLD_METADATA.test(post.message)
}

/**
 * Writes a new post's files and priority in its transaction and fills its metadata as far as it is at hand. Previews
 * of other posts are shown in full: what goes out must pass `restrictedForm`.
 */
export async function completePost(app: App, db: Queries, post: Post): Promise<void> {
  if (post.file_ids.length > 0) {
    const attached = await attachFiles(db, post.id, post.channel_id, post.user_id, post.file_ids)
    // Another post, sent at the same time, may have got one of them.
    if (attached.length < post.file_ids.length) {
      post.file_ids = attached.map((file) => file.id)
      await setFileIds(db, post.id, post.file_ids)
    }
  }
  const { priority } = post.metadata
  if (priority) await insertPriority(db, post, priority)
  if (isComplete(post)) return
  const [prepared] = await preparePosts({ ...app, db }, null, [post])
  if (prepared) Object.assign(post, { metadata: prepared.metadata, props: prepared.props })
}

/**
 * A stored post with its metadata, for an event: as `completePost`, what goes out must pass `restrictedForm`. `marked`
 * says whether it has a priority or acknowledgements; a post without anything of that kind costs no query.
 */
export async function withMetadata(app: PrepareParts, db: Queries, post: Post, marked: boolean): Promise<Post> {
  if (!marked && !post.has_reactions && isComplete(post)) return post
  const [prepared] = await preparePosts({ ...app, db }, null, [post])
  return prepared ?? post
}

/** The post as its author may see it: without previews of posts that he cannot read himself. */
export async function ownView(app: Pick<App, 'access'>, session: Session, post: Post): Promise<Post> {
  const shown = restrictedPost(post)
  for (const channelId of shown?.channelIds ?? []) {
    if (!(await app.access.canReadChannel(session, channelId))) return shown!.post
  }
  return post
}

/**
 * Fetches what the links of a new post show and tells the channel when there is something to see. Runs after the
 * answer: nobody waits for a foreign web server to send a message.
 */
export async function addPreviews(app: App, post: Post): Promise<void> {
  if (!MAY_HOLD_LINK.test(post.message) || !app.config.get().ServiceSettings.EnableLinkPreviews) return
  const before = JSON.stringify(post.metadata)
  await warmPreviews(app, post)
  const [prepared] = await preparePosts(app, null, [post])
  if (!prepared || JSON.stringify(prepared.metadata) === before) return
  const form = await restrictedForm(app, prepared)
  const data = { post: JSON.stringify(prepared) }
  await app.delivery.deliver([], [event('post_edited', { channelId: post.channel_id }, data, restricted(form))])
}
