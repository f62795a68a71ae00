import type { Post } from '../../../store/entities.ts'
import { can } from '../../../store/permissions.ts'
import { isUnsent } from '../../../store/posts.ts'
import type { State } from '../../../store/state.ts'
import { isSystemPost } from '../post/author.ts'

/** What I may do with a post, as far as the client knows. */
export interface Rights {
  /** anything that needs the server to know the post */
  readonly isReal: boolean
  readonly reply: boolean
  readonly react: boolean
  readonly edit: boolean
  readonly remove: boolean
  readonly pin: boolean
  readonly forward: boolean
  readonly history: boolean
  readonly bookmark: boolean
}

const NOTHING: Rights = {
  isReal: false,
  reply: false,
  react: false,
  edit: false,
  remove: false,
  pin: false,
  forward: false,
  history: false,
  bookmark: false,
}

/** What I may do with a post right now; the server decides in the end. */
export function rightsOf(state: State, post: Post): Rights {
  const channel = state.channels[post.channel_id]
  if (isUnsent(post)) return NOTHING
  if (post.type === 'system_ephemeral') return { ...NOTHING, remove: true }
  if (!channel) return { ...NOTHING, isReal: true }
  const may = (permission: string): boolean => can(state, permission, { channelId: channel.id })
  const open = channel.delete_at === 0
  const mine = post.user_id === state.me
  const system = isSystemPost(post) && post.type !== 'system_auto_responder'
  const write = open && !system && may('create_post')
  const bookmark = channel.type === 'P' ? 'add_bookmark_private_channel' : 'add_bookmark_public_channel'
  return {
    isReal: true,
    reply: write,
    react: open && !system && may('add_reaction'),
    edit: open && !system && may(mine ? 'edit_post' : 'edit_others_posts') && isEditable(state, post, mine),
    remove: open && may(mine ? 'delete_post' : 'delete_others_posts'),
    pin: write,
    forward: !system,
    history: mine && post.edit_at > 0 && may('edit_post'),
    bookmark: open && !system && (channel.type === 'D' || channel.type === 'G' || may(bookmark)),
  }
}

/** The time in which posts may be edited, in seconds, is a setting; -1 is for ever. */
function isEditable({ config }: State, post: Post, mine: boolean): boolean {
  const limit = Number(config['PostEditTimeLimit'] ?? -1)
  if (post.type === 'me' || post.props['from_webhook'] === 'true') return mine && limit !== 0
  return limit < 0 || Date.now() - post.create_at < limit * 1000
}
