import type { App } from '../app.ts'
import { invalidBody, noPermission } from '../http/errors.ts'
import { newId } from '../ids.ts'
import { withActionCookies } from '../integrations/actions/action-cookies.ts'
import { event } from '../realtime/events.ts'
import type { ServerEvent } from '../realtime/events.ts'
import type { Session } from '../sessions/session.ts'
import { checkMessage, ownProps } from './build-post.ts'
import { newPost } from './post.ts'
import type { Post } from './post.ts'

/** A post that only one person sees and that nobody keeps: it is gone when his client reloads. */
export function ephemeralPost(from: {
  authorId: string
  channelId: string
  message: string
  rootId?: string
  props?: Record<string, unknown>
}): Post {
  return newPost({
    id: newId(),
    user_id: from.authorId,
    channel_id: from.channelId,
    root_id: from.rootId ?? '',
    message: from.message,
    type: 'system_ephemeral',
    props: from.props ?? {},
  })
}

/** The event that shows an ephemeral post to its reader. */
export function ephemeralMessage(readerId: string, post: Post): ServerEvent {
  const to = { userId: readerId, channelId: post.channel_id }
  return event('ephemeral_message', to, { post: JSON.stringify(post) })
}

/** Shows `readerId` a message in a channel, for integrations. Throws 403 without create_post_ephemeral, 400 for nobody or nowhere. */
export async function sendEphemeral(
  app: App,
  session: Session,
  readerId: string,
  draft: { channel_id?: string | null; message?: string | null; root_id?: string | null; props?: object | null },
): Promise<Post> {
  if (!app.access.can(session, 'create_post_ephemeral')) throw noPermission('create_post_ephemeral')
  if (!(await app.access.user(readerId))) throw invalidBody('user_id')
  const channelId = draft.channel_id ?? ''
  if (!(await app.access.channel(channelId))) throw invalidBody('channel_id')
  const message = draft.message ?? ''
  checkMessage(app, message)
  const props = await ownProps(app, session, { ...draft.props })
  const rootId = draft.root_id ?? ''
  const made = ephemeralPost({ authorId: session.userId, channelId, message, rootId, props })
  const post = await withActionCookies(app, made)
  await app.unitOfWork.single(async (tx) => tx.publish(ephemeralMessage(readerId, post)))
  return post
}
