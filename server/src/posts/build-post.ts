import type { App } from '../app.ts'
import type { PermittedChannel } from '../channels/channel-access.ts'
import { attachableFiles } from '../files/attach-files.ts'
import { invalidBody } from '../http/errors.ts'
import { isId, newId } from '../ids.ts'
import type { Session } from '../sessions/session.ts'
import { parseHashtags } from '../text/hashtags.ts'
import { runes } from '../text/slugs.ts'
import { withActionIds } from './attachments.ts'
import { newPost } from './post.ts'
import type { Post } from './post.ts'
import { postError } from './posts.errors.ts'
import type { PostDraft } from './posts.schemas.ts'
import { findServerProps, withServerProps } from './server-props.ts'

/** Characters of JSON that a person's props may have (errors.md, "Limits"). */
const MAX_PROPS = 760_000
export const MAX_FILES = 10
/** Characters of a type: the column holds no more. */
const MAX_TYPE = 26

/** Props that only the server itself writes: a client could otherwise pose as a webhook, a bot or the system. */
export const SERVER_PROPS = [
  'from_webhook',
  'from_bot',
  'from_oauth_app',
  'from_plugin',
  'webhook_display_name',
  'override_username',
  'override_icon_url',
  'override_icon_emoji',
  'add_channel_member',
  'force_notification',
  'deleteBy',
  'previewed_post',
  'channel_mentions',
]

/**
 * Makes the post that a draft asks for, with those of its files that may be attached. Throws 400 for what a post cannot
 * be, 403 for files without the right to upload. Plain text costs no query.
 */
export async function buildPost(
  app: Pick<App, 'access' | 'clientSettings' | 'config' | 'db'>,
  session: Session,
  channel: PermittedChannel,
  draft: PostDraft,
): Promise<Post> {
  const message = draft.message ?? ''
  checkMessage(app, message)
  const type = draft.type ?? ''
  if (!isOwnType(type)) throw postError('model.post.is_valid.type.app_error')
  const fileIds = (draft.file_ids ?? []).filter(isId)
  if (fileIds.length > MAX_FILES) throw postError('model.post.is_valid.file_ids.app_error')
  const now = Date.now()
  const post = newPost({
    id: newId(),
    create_at: app.access.can(session, 'manage_system') ? timeOf(draft, now) : now,
    update_at: now,
    user_id: session.userId,
    channel_id: channel.id,
    root_id: draft.root_id ?? '',
    message,
    type,
    props: await ownProps(app, session, draft.props ?? {}),
    hashtags: parseHashtags(message, app.config.get().ServiceSettings.MinimumHashtagLength),
    file_ids: await attachableFiles(app, session, channel.id, fileIds),
    pending_post_id: draft.pending_post_id ?? '',
    metadata: priorityOf(app, draft),
  })
  return { ...post, props: withServerProps(post.props, await findServerProps(app, session, post)) }
}

/** The time that the sender chose, else now. Throws 400 for a number that no column holds. */
function timeOf(draft: PostDraft, now: number): number {
  const time = draft.create_at || now
  if (!Number.isSafeInteger(time)) throw invalidBody('create_at')
  return time
}

/** Whether callers may send posts of this type; all others are the server's own. */
const isOwnType = (type: string): boolean =>
  type === '' || type === 'me' || (type.startsWith('custom_') && runes(type) <= MAX_TYPE)

/** The priority asked for, checked; only root posts may have one (behaviours of the reference, "Post features"). */
function priorityOf(app: Pick<App, 'config'>, draft: PostDraft): Post['metadata'] {
  const asked = draft.metadata?.priority
  const level = asked?.priority ?? ''
  if (!asked || !app.config.get().ServiceSettings.PostPriority) return {}
  if (level === '' && !asked.requested_ack && !asked.persistent_notifications) return {}
  if (draft.root_id) throw postError('api.post.post_priority.priority_post_only_allowed_for_root_post.request_error')
  if (!['', 'important', 'urgent'].includes(level)) throw invalidBody('metadata.priority')
  if (asked.persistent_notifications && level !== 'urgent') {
    throw postError('api.post.post_priority.urgent_persistent_notification_post.request_error')
  }
  return {
    priority: {
      priority: level,
      ...(asked.requested_ack && { requested_ack: true }),
      ...(asked.persistent_notifications && { persistent_notifications: true }),
    },
  }
}

/** Throws 400 when a message is longer than the database's column. */
export function checkMessage(app: Pick<App, 'clientSettings'>, message: string): void {
  const limit = app.clientSettings.maxPostSize
  if (message.length <= limit) return
  const length = runes(message)
  if (length > limit) {
    throw postError('model.post.is_valid.message_length.app_error', { Length: length, MaxLength: limit })
  }
}

/** A client's props without what only the server may say, and with what it says of the sender. */
export async function ownProps(
  app: Pick<App, 'access'>,
  session: Session,
  props: Readonly<Record<string, unknown>>,
): Promise<Record<string, unknown>> {
  const own = withActionIds({ ...props })
  for (const name of SERVER_PROPS) delete own[name]
  if (JSON.stringify(own).length > MAX_PROPS) throw postError('model.post.is_valid.props.app_error')
  if (session.isOAuth) own.from_oauth_app = 'true'
  if ((await app.access.user(session.userId))?.isBot) own.from_bot = 'true'
  return own
}
