import type { App } from '../app.ts'
import type { UserCore } from '../access/access.ts'
import { newId } from '../ids.ts'
import type { Session } from '../sessions/session.ts'
import { announcePost } from './announce-post.ts'
import { newPost } from './post.ts'
import type { Post } from './post.ts'
import { writtenTogether } from './post-writer.ts'
import type { Together } from './post-writer.ts'
import { postError } from './posts.errors.ts'
import { findPost } from './posts.store.ts'

export interface SystemPostDraft {
  /** in whose name the server speaks: who joined, who changed the header … */
  readonly userId: string
  readonly channelId: string
  /** already in the language of the server */
  readonly message: string
  /** `system_…`, or '' and `reminder` for what a bot says */
  readonly type: string
  readonly props?: Readonly<Record<string, unknown>>
  /** stands in the thread of this post of the channel; if it is gone, outside threads */
  readonly rootId?: string
}

/**
 * The server itself posts in a channel. No permission is checked and archived channels accept it (their last post
 * says that they were archived). Resolves when the post is durable; throws 404 when the channel is gone.
 *
 * It opens a transaction of its own: call it after your unit of work has ended, never inside an open one. Inside, it
 * would wait for a second connection while holding the first, and the post would stand even if you rolled back. What is
 * to be written together with it comes as `together`.
 */
export async function createSystemPost(app: App, draft: SystemPostDraft, together?: Together): Promise<Post> {
  const channel = await app.access.channel(draft.channelId)
  if (!channel) throw postError('app.post.get.app_error', {}, `channel ${draft.channelId}`)
  const root = draft.rootId ? await threadRoot(app, channel.id, draft.rootId) : null
  const post = newPost({
    id: newId(),
    user_id: draft.userId,
    channel_id: draft.channelId,
    root_id: root?.id ?? '',
    message: draft.message,
    type: draft.type,
    props: { ...draft.props },
  })
  const session = authorSession(draft.userId, await app.access.user(draft.userId))
  const write = await announcePost(app, { session, channel, post, root })
  await app.postWriter.write(together ? writtenTogether(write, together) : write)
  return post
}

/** The root of the thread that a post stands in. */
async function threadRoot(app: Pick<App, 'db'>, channelId: string, postId: string): Promise<Post | null> {
  const post = await findPost(app.db, postId)
  const root = post?.root_id ? await findPost(app.db, post.root_id) : post
  return root?.channel_id === channelId ? root : null
}

/** What announcing needs to know of an author who is not signed in: who he is and his system roles. */
export function authorSession(userId: string, user: UserCore | null): Session {
  return {
    id: '',
    token: '',
    userId,
    createAt: 0,
    expiresAt: 0,
    lastActivityAt: 0,
    deviceId: '',
    roles: user?.roles ?? [],
    isOAuth: false,
    props: {},
    local: false,
    isGuest: user?.isGuest ?? false,
    mfaPending: false,
  }
}
