import type { App } from '../app.ts'
import { isId } from '../ids.ts'
import { readablePost } from '../posts/post-access.ts'
import type { Session } from '../sessions/session.ts'
import { systemError } from './system.errors.ts'

/** What a phone says when a notification has arrived; every field may be missing. */
export interface PushAcknowledgement {
  readonly id?: string | null
  readonly type?: string | null
  readonly platform?: string | null
  readonly post_id?: string | null
  readonly is_id_loaded?: boolean | null
}

/**
 * Takes note that a phone got a notification. One that was sent without its contents gets them now, if the phone's
 * owner may read the post. Throws 501 while push notifications are off, 404 and 403 for the post.
 */
export async function acknowledgePush(
  app: Pick<App, 'access' | 'config' | 'db'>,
  session: Session,
  ack: PushAcknowledgement,
): Promise<object | null> {
  if (!app.config.get().EmailSettings.SendPushNotifications)
    throw systemError('api.push_notification.disabled.app_error')
  if (!ack.is_id_loaded || !isId(ack.post_id)) return null
  const post = await readablePost(app, session, ack.post_id)
  const [sender, channel] = await Promise.all([app.access.user(post.user_id), app.access.channel(post.channel_id)])
  return {
    ack_id: ack.id ?? '',
    platform: ack.platform ?? '',
    server_id: '',
    device_id: '',
    post_id: post.id,
    category: 'CAN_REPLY',
    message: `${sender?.username ?? ''}: ${post.message}`.slice(0, 1024),
    team_id: channel?.teamId ?? '',
    channel_id: post.channel_id,
    root_id: post.root_id,
    channel_name: channel?.displayName ?? '',
    type: 'message',
    sender_id: post.user_id,
    sender_name: sender?.username ?? '',
    version: 'v2',
    is_crt_enabled: false,
    is_id_loaded: true,
    signature: '',
  }
}
