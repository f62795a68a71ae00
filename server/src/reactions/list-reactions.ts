import type { App } from '../app.ts'
import { invalidBody, noPermission } from '../http/errors.ts'
import { readablePosts } from '../posts/post-access.ts'
import type { Session } from '../sessions/session.ts'
import type { Reaction } from './reaction.ts'
import { findReactions } from './reactions.store.ts'

const MAX_IDS = 1000

/**
 * The reactions on posts, oldest first, by post id; a post without any has an empty list. Throws 403 when one of the posts
 * is missing or may not be read, 400 for none or more than a thousand ids.
 */
export async function listReactions(
  app: Pick<App, 'access' | 'db'>,
  session: Session,
  postIds: readonly string[],
): Promise<Record<string, Reaction[]>> {
  if (postIds.length === 0 || postIds.length > MAX_IDS) throw invalidBody('post_ids')
  const posts = await readablePosts(app, session, postIds)
  if (posts.length < postIds.length) throw noPermission('read_channel_content')
  const found: Record<string, Reaction[]> = Object.fromEntries(postIds.map((id) => [id, []]))
  for (const reaction of await findReactions(app.db, postIds)) found[reaction.post_id]?.push(reaction)
  return found
}
