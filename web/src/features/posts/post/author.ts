import { api } from '../../../client/api.ts'
import { useUser } from '../../../client/people.ts'
import { useStore } from '../../../client/store.ts'
import type { Post } from '../../../store/entities.ts'
import { displayName } from '../../../store/names.ts'
import { isGuest } from '../../../store/permissions.ts'

/** Who a post seems to be from: its author, or the name and picture that a webhook gave itself. */
export interface Author {
  readonly name: string
  readonly picture: string | undefined
  readonly isBot: boolean
  readonly isGuest: boolean
  /** the server itself speaks */
  readonly isSystem: boolean
  /** there is a person behind it whose card can be opened */
  readonly hasCard: boolean
}

const text = (value: unknown): string => (typeof value === 'string' ? value : '')

/** Props of machines are told as text or, by some, as a value of its own. */
const isTrue = (value: unknown): boolean => value === 'true' || value === true

/** Whether the server wrote a post itself, without being anybody. */
export const isSystemPost = (post: Pick<Post, 'type'>): boolean => post.type.startsWith('system_')

/** Who a post seems to be from. `systemName` is what the server is called. */
export function useAuthor(post: Post, systemName: string): Author {
  const user = useUser(post.user_id)
  const own = useStore((state) => displayName(state, post.user_id))
  const nameable = useStore((state) => state.config['EnablePostUsernameOverride'] === 'true')
  const picturable = useStore((state) => state.config['EnablePostIconOverride'] === 'true')
  const fromWebhook = isTrue(post.props['from_webhook'])
  const overriding = fromWebhook && !isTrue(post.props['use_user_icon'])
  const isSystem = isSystemPost(post) && post.type !== 'system_auto_responder'
  const name = (fromWebhook && nameable && text(post.props['override_username'])) || own
  const icon = overriding && picturable ? text(post.props['override_icon_url']) : ''
  const picture = icon || (user && api.getProfilePictureUrl(user.id, user.last_picture_update))
  return {
    name: isSystem ? systemName : name,
    picture: isSystem ? undefined : picture,
    isBot: Boolean(user?.is_bot) || fromWebhook || isTrue(post.props['from_bot']),
    isGuest: isGuest(user),
    isSystem,
    hasCard: !isSystem && name === own,
  }
}
