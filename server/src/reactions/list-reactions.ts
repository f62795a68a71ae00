import type { App } from '../app.ts'
import { invalidBody, noPermission } from '../http/errors.ts'
import { readableAnyPosts } from '../posts/post-access.ts'
import type { Session } from '../sessions/session.ts'
import type { Reaction } from './reaction.ts'
import { findReactions } from './reactions.store.ts'

const MAX_IDS = 1000

/**
 * The reactions on posts, oldest first, by post id; a post without any has an empty list, and so has a deleted one: a
 * client asks for what it shows and may not have heard yet. Throws 403 when one of the posts is missing or may not be
 * read, 400 for none or more than a thousand ids.
 */
export async function listReactions(
  app: Pick<App, 'access' | 'db'>,
  session: Session,
  postIds: readonly string[],
): Promise<Record<string, Reaction[]>> {
  if (postIds.length === 0 || postIds.length > MAX_IDS) throw invalidBody('post_ids')
  const posts = await readableAnyPosts(app, session, postIds)
  if (posts.length < postIds.length) throw noPermission('read_channel_content')
  const found: Record<string, Reaction[]> = Object.fromEntries(postIds.map((id) => [id, []]))
  const live = posts.filter((post) => post.delete_at === 0).map((post) => post.id)
  for (const reaction of await findReactions(app.db, live)) found[reaction.post_id]?.push(reaction)
  return found
}
