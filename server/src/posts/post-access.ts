import type { App } from '../app.ts'
import type { PermittedChannel } from '../channels/channel-access.ts'
import { noPermission } from '../http/errors.ts'
import type { Session } from '../sessions/session.ts'
import type { Post } from './post.ts'
import { postError } from './posts.errors.ts'
import { findPost } from './posts.store.ts'

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

async function mayPost(
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
