import type { App } from '../app.ts'
import type { Session } from '../sessions/session.ts'
import { announcePost } from './announce-post.ts'
import { answerForAbsent } from './answer-for-absent.ts'
import { buildPost } from './build-post.ts'
import { addPreviews, ownView } from './complete-post.ts'
import { checkRepeating, stopRepeating } from './persistent-notifications.ts'
import { postableChannel, rootOfReply } from './post-access.ts'
import type { Post } from './post.ts'
import { writtenTogether } from './post-writer.ts'
import type { Together } from './post-writer.ts'
import type { PostDraft } from './posts.schemas.ts'
import { tellAuthor } from './tell-author.ts'

export interface CreateOptions {
  readonly together?: Together | undefined
  /** false: a program posts, its user is not there; true if not given */
  readonly setOnline?: boolean
}

/**
 * A person posts a message. Resolves when the post is durable and on its way to everyone who may read it. Sending
 * the same pending id again within 30 seconds answers with the first post. Throws 403 without the right to post, 400
 * for an archived channel, a reply to nothing, or a post that is too long.
 */
export async function createPost(
  app: App,
  session: Session,
  draft: PostDraft,
  { together, setOnline = true }: CreateOptions = {},
): Promise<Post> {
  const channel = await postableChannel(app, session, draft.channel_id)
  return app.pendingPosts.once(session.userId, draft.pending_post_id ?? '', async () => {
    const post = await buildPost(app, session, channel, draft)
    const root = await rootOfReply(app, channel, post.root_id)
    const announcement = { session, channel, post, root, setOnline }
    const announced = await announcePost(app, announcement)
    checkRepeating(app, announcement, announced.decision)
    await app.postWriter.write(together ? writtenTogether(announced, together) : announced)
    app.background(addPreviews(app, post))
    app.background(tellAuthor(app, announcement, announced.decision))
    app.background(answerForAbsent(app, announcement))
    if (root) app.background(stopRepeating(app, root, session))
    return ownView(app, session, post)
  })
}
