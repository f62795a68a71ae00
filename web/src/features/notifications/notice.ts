import { api } from '../../client/api.ts'
import { currentText } from '../../shell/i18n.tsx'
import { postPath } from '../../shell/navigate.ts'
import { channelName, displayName } from '../../store/names.ts'
import type { State } from '../../store/state.ts'
import { plainText } from '../markdown/plain-text.ts'
import { isReplyAside } from './decide.ts'
import type { Posted } from './decide.ts'

/** What a notification shows, and where it leads. */
export interface Notice {
  readonly postId: string
  readonly title: string
  readonly body: string
  /** address of a picture of who wrote it */
  readonly icon: string
  /** path of this site, without its base */
  readonly path: string
  /** stays until it is seen */
  readonly urgent: boolean
}

/** Longer texts are cut by every system anyway, some of them badly. */
const LONGEST = 200

/** The words of a notification. `senderName`: as the event says, for people this client has not met. */
export function noticeOf(state: State, posted: Posted, senderName: string): Notice {
  const t = currentText()
  const { post } = posted
  const channel = state.channels[post.channel_id]
  const name = channelName(state, post.channel_id)
  const sender = senderOf(state, posted, senderName)
  const urgent = post.metadata?.priority?.priority === 'urgent'
  const place = isReplyAside(state, post) ? t('notifications.reply_in', 'Reply in {channel}', { channel: name }) : name
  const text = textOf(posted)
  return {
    postId: post.id,
    title: urgent ? t('notifications.urgent', 'Urgent: {place}', { place }) : place,
    body: channel?.type === 'D' && !post.root_id ? text : t('notifications.said', '{sender}: {text}', { sender, text }),
    icon: api.getProfilePictureUrl(post.user_id, state.users[post.user_id]?.last_picture_update ?? 0),
    path: postPath(post.id, channel?.team_id),
    urgent,
  }
}

function senderOf(state: State, { post }: Posted, told: string): string {
  const override = post.props['override_username']
  const mayOverride = state.config['EnablePostUsernameOverride'] === 'true' && post.props['from_webhook'] === 'true'
  if (mayOverride && typeof override === 'string' && override) return override
  return displayName(state, post.user_id) || told.replace(/^@/, '')
}

/** The words of the post, else what is in it. */
function textOf({ post }: Posted): string {
  const t = currentText()
  const words = plainText(post.message).replaceAll(/\s+/g, ' ').trim() || attachmentText(post.props['attachments'])
  if (words) return words.length > LONGEST ? `${words.slice(0, LONGEST - 1)}…` : words
  const files = post.metadata?.files ?? []
  const count = Math.max(files.length, post.file_ids?.length ?? 0)
  if (files.length > 0 && files.every((file) => file.mime_type.startsWith('image/'))) {
    return t('notifications.sent_images', '{count, plural, one {sent a picture} other {sent # pictures}}', { count })
  }
  if (count > 0)
    return t('notifications.sent_files', '{count, plural, one {sent a file} other {sent # files}}', { count })
  return t('notifications.did_something', 'sent a message')
}

function attachmentText(attachments: unknown): string {
  if (!Array.isArray(attachments)) return ''
  const first = (attachments as Record<string, unknown>[])[0] ?? {}
  const texts = ['fallback', 'pretext', 'title', 'text'].map((key) => first[key])
  const text = texts.find((one): one is string => typeof one === 'string' && one.trim() !== '') ?? ''
  return plainText(text).replaceAll(/\s+/g, ' ').trim()
}
