import type { ReactNode } from 'react'
import type { Post } from '../../../store/entities.ts'
import { Avatar } from '../../../ui/Avatar.tsx'
import { Icon } from '../../../ui/Icon.tsx'
import { Info } from '../../../ui/icons.ts'
import { openProfile } from '../../people/profile-card.ts'
import { imageSource } from './message-context.tsx'
import { useAuthor } from './author.ts'
import css from './Post.module.css'

/** The picture of who wrote a post. */
export function PostAvatar({ post, size = 36 }: { post: Post; size?: 20 | 24 | 36 }): ReactNode {
  const { name, picture, isSystem, hasCard } = useAuthor(post, '')
  if (isSystem) return <Icon icon={Info} className={css['systemIcon']} />
  const avatar = <Avatar name={name} src={picture && imageSource(picture)} size={size} />
  if (!hasCard) return avatar
  // The name beside it is the same button: one stop for the keyboard is enough.
  return (
    <button
      type="button"
      tabIndex={-1}
      aria-hidden
      className={css['picture']}
      onClick={(event) => openProfile(post.user_id, event.currentTarget)}
    >
      {avatar}
    </button>
  )
}
