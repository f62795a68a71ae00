import type { App } from '../app.ts'
import type { Session } from '../sessions/session.ts'
import { announcePost } from './announce-post.ts'
import { buildPost } from './build-post.ts'
import { addPreviews, ownView } from './complete-post.ts'
import { postableChannel, rootOfReply } from './post-access.ts'
import type { Post } from './post.ts'
import type { PostWrite } from './post-writer.ts'
import type { PostDraft } from './posts.schemas.ts'

/**
 * A person posts a message. Resolves when the post is durable and on its way to everyone who may read it. Sending
 * the same pending id again within 30 seconds answers with the first post. Throws 403 without the right to post, 400
 * for an archived channel, a reply to nothing, or a post that is too long. `together` runs in the post's transaction: what
 * it throws undoes the post.
 */
export async function createPost(
  app: App,
  session: Session,
  draft: PostDraft,
  together?: NonNullable<PostWrite['also']>,
): Promise<Post> {
  const channel = await postableChannel(app, session, draft.channel_id)
  return app.pendingPosts.once(session.userId, draft.pending_post_id ?? '', async () => {
    const post = await buildPost(app, session, channel, draft)
    const root = await rootOfReply(app, channel, post.root_id)
    const announcement = await announcePost(app, { session, channel, post, root })
    await app.postWriter.write(together ? writtenTogether(announcement, together) : announcement)
    app.background(addPreviews(app, post))
    return ownView(app, session, post)
  })
}

function writtenTogether(write: PostWrite, together: NonNullable<PostWrite['also']>): PostWrite {
  const also: NonNullable<PostWrite['also']> = async (db) => {
    const events = (await write.also?.(db)) ?? []
    return [...events, ...((await together(db)) ?? [])]
  }
  return { ...write, also }
}
