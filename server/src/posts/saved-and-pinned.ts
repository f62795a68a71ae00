import type { ReadableChannel } from '../channels/channel-access.ts'
import type { Session } from '../sessions/session.ts'
import { postList, withReplies } from './complete-list.ts'
import { findPinned, findSaved } from './post-lists.store.ts'
import type { PrepareParts } from './prepare-posts.ts'
import type { Post, PostList } from './post.ts'
import { readableOf } from './post-access.ts'

/** The pinned posts of a channel, oldest first. */
export async function listPinned(app: PrepareParts, session: Session, channel: ReadableChannel): Promise<PostList> {
  return listOf(app, session, await findPinned(app.db, channel.id))
}

/**
 * A page of the posts that a user saved, newest first: those in channels that he is still in and that the caller may
 * read. '' as team or channel is any; direct channels belong to every team.
 */
export async function listSaved(
  app: PrepareParts,
  session: Session,
  query: { userId: string; teamId: string; channelId: string; offset: number; limit: number },
): Promise<PostList> {
  return listOf(app, session, await readableOf(app, session, await findSaved(app.db, query)))
}

async function listOf(app: PrepareParts, session: Session, posts: readonly Post[]): Promise<PostList> {
  const prepared = await withReplies(app, session, posts)
  return postList(
    posts.map((post) => post.id),
    prepared,
  )
}
