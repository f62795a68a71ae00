import type { App } from '../app.ts'
import type { Queries } from '../database/pool.ts'
import { attachFiles } from '../files/attach-files.ts'
import type { Session } from '../sessions/session.ts'
import type { Post } from './post.ts'
import { insertPriority } from './priority.store.ts'
import { preparePosts } from './prepare-posts.ts'

/** A message with one of these may hold a link, a custom emoji or a permalink, and needs a look at its metadata. */
const MAY_HOLD_METADATA = /:[\w+-]+:|https?:|www\.|!\[/i

/** Whether a new post needs no rows and no metadata beside its own row: the common case, which costs no query. */
export function isComplete(post: Post): boolean {
  const { priority } = post.metadata
  if (post.file_ids.length > 0 || priority || post.props.attachments !== undefined) return false
  return !MAY_HOLD_METADATA.test(post.message)
}

/** Writes a new post's files and priority in its transaction and fills its metadata. */
export async function completePost(app: App, db: Queries, session: Session, post: Post): Promise<void> {
  if (post.file_ids.length > 0) await attachFiles(db, post.id, post.channel_id, post.user_id, post.file_ids)
  const { priority } = post.metadata
  if (priority) await insertPriority(db, post, priority)
  const [prepared] = await preparePosts({ ...app, db }, session, [post])
  if (prepared) post.metadata = prepared.metadata
}
