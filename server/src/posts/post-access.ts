import type { App } from '../app.ts'
import type { PermittedChannel } from '../channels/channel-access.ts'
import { noPermission } from '../http/errors.ts'
import type { Session } from '../sessions/session.ts'
import { isSystemPost } from './post.ts'
import type { Post } from './post.ts'
import { postChangeError } from './post-changes.errors.ts'
import { postError } from './posts.errors.ts'
import { findAnyPosts, findPost } from './posts.store.ts'

/** The channel, if the caller may post in it and it is not archived. Throws 403, or 400 for an archived one. */
export async function postableChannel(
  app: Pick<App, 'access'>,
  session: Session,
  channelId: string,
): Promise<PermittedChannel> {
  const channel = await app.access.channel(channelId)
  const allowed = channel && (await mayPost(app, session, channel))
  if (!allowed) throw noPermission('create_post')
  if (channel.deleteAt > 0) throw postError('api.post.create_post.can_not_post_to_deleted.error')
  return channel as PermittedChannel
}

/** Whether the caller may write in a channel. */
export async function mayPost(
  app: Pick<App, 'access'>,
  session: Session,
  channel: { id: string; type: string; teamId: string },
): Promise<boolean> {
  if (await app.access.canInChannel(session, channel.id, 'create_post')) return true
  return channel.type === 'O' && app.access.canInTeam(session, channel.teamId, 'create_post_public')
}

/** The root that a reply in `channel` belongs to; null for a root post. Throws 400 for anything that is no root there. */
export async function rootOfReply(
  app: Pick<App, 'db'>,
  channel: PermittedChannel,
  rootId: string,
): Promise<Post | null> {
  if (rootId === '') return null
  const root = await findPost(app.db, rootId)
  if (!root || root.channel_id !== channel.id || root.root_id !== '') {
    throw postError('api.post.create_post.root_id.app_error')
  }
  return root
}

/** A live post that the caller may read, with its channel's rights. Throws 404 for a missing one, 403 otherwise. */
export async function readablePost(app: Pick<App, 'access' | 'db'>, session: Session, postId: string): Promise<Post> {
  const post = await findPost(app.db, postId)
  if (!post) throw postError('app.post.get.app_error')
  if (!(await app.access.canReadChannel(session, post.channel_id))) throw noPermission('read_channel_content')
  return post
}

/**
 * A post that the caller may read and that can be changed. Throws as `readablePost` does, and 400 in an archived channel
 * (everything there stays as it is) and for messages of the system.
 */
export async function changeablePost(app: Pick<App, 'access' | 'db'>, session: Session, postId: string): Promise<Post> {
  const post = await readablePost(app, session, postId)
  const channel = await app.access.channel(post.channel_id)
  if (channel && channel.deleteAt > 0) {
    throw postChangeError('api.post.update_post.can_not_update_post_in_deleted.error')
  }
  if (isSystemPost(post)) throw postChangeError('api.post.update_post.system_message.app_error')
  return post
}

/**
 * Throws 403 unless the caller may edit this post: his own while he is in the channel and may still write there, or
 * anybody's with the right to edit others' posts.
 */
export async function checkMayEdit(app: Pick<App, 'access'>, session: Session, post: Post): Promise<void> {
  const own = post.user_id === session.userId
  const permission = own ? 'edit_post' : 'edit_others_posts'
  if (!(await app.access.canInChannel(session, post.channel_id, permission))) throw noPermission(permission)
  const channel = await app.access.channel(post.channel_id)
  if (!channel || !(await mayPost(app, session, channel))) throw noPermission('create_post')
  // Someone who was removed must not go on writing there through his old posts, whatever his team role allows.
  const inside = (await app.access.channelMember(post.channel_id, session.userId)) !== null
  if (own && !inside && !app.access.can(session, 'manage_system')) throw noPermission(permission)
}

/** Those of `posts` that the caller may read; asks once for each channel. */
export async function readableOf(app: Pick<App, 'access'>, session: Session, posts: readonly Post[]): Promise<Post[]> {
  const readable = new Set<string>()
  for (const channelId of new Set(posts.map((post) => post.channel_id))) {
    if (await app.access.canReadChannel(session, channelId)) readable.add(channelId)
  }
  return posts.filter((post) => readable.has(post.channel_id))
}

/** Posts by id, deleted ones too, of channels that the caller may read; the others are left out without a word. */
export async function readableAnyPosts(
  app: Pick<App, 'access' | 'db'>,
  session: Session,
  ids: readonly string[],
): Promise<Post[]> {
  return readableOf(app, session, await findAnyPosts(app.db, ids))
}
